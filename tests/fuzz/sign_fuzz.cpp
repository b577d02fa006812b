// Any parameters have a canonical string, whatever the order in which they come. Bytes 0xFF part keys and values.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/marketplace/alibaba1688/sign_aop.hpp"
#include "shared/marketplace/jd/sign_jd.hpp"
#include "shared/marketplace/taobao/sign_iop.hpp"
#include "shared/marketplace/taobao/sign_top.hpp"

namespace {

using Parameters = std::vector<sampan::Parameter>;

std::string next_field(std::string_view& text) {
  const size_t end = std::min(text.find('\xFF'), text.size());
  std::string field(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return field;
}

std::vector<std::string> canonical_strings(const Parameters& parameters) {
  return {sampan::top_md5_canonical("secret", parameters),  sampan::top_hmac_canonical(parameters),
          sampan::iop_canonical("/path", parameters, "{}"), sampan::aop_canonical("param2", parameters),
          sampan::jos_canonical("secret", parameters),      sampan::sp_canonical("secret", parameters)};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Parameters parameters;
  while (!text.empty()) {
    std::string key = next_field(text);
    parameters.push_back({std::move(key), next_field(text)});
  }
  const auto forward = canonical_strings(parameters);
  std::reverse(parameters.begin(), parameters.end());
  if (canonical_strings(parameters) != forward) std::abort();
  return 0;
}
