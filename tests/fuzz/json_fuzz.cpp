// What is read as JSON is written as JSON that means the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "shared/core/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto json = sampan::parse_json({reinterpret_cast<const char*>(data), size});
  if (!json) return 0;
  const std::string written = sampan::json_text(*json);
  const auto again = sampan::parse_json(written);
  if (!again || sampan::json_text(*again) != written) std::abort();
  return 0;
}
