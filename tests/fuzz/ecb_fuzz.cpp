// Any bytes: the reader of the ECB's rates answers with rates above zero or an error, and never reads past the end.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "shared/rates/ecb.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto days = sampan::parse_ecb({reinterpret_cast<const char*>(data), size});
  if (!days) {
    if (days.error().code != sampan::ErrorCode::bad_reply) std::abort();
    return 0;
  }
  if (days->empty()) std::abort();
  for (const sampan::EcbDay& day : *days) {
    if (day.rates.empty()) std::abort();
    for (const sampan::EcbRate& rate : day.rates)
      if (rate.per_euro <= 0) std::abort();
  }
  return 0;
}
