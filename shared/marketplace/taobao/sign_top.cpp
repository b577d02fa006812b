#include "shared/marketplace/taobao/sign_top.hpp"

namespace sampan {
namespace {

// 1. All parameters, the public and the business ones, but `sign`; those with an empty key or value are dropped.
// 2. Sorted by key, by bytes.
std::vector<const Parameter*> top_signed(std::span<const Parameter> parameters) {
  return signed_by_key(parameters, "sign");
}

}  // namespace

std::string top_md5_canonical(std::string_view secret, std::span<const Parameter> parameters) {
  // 3. Joined as key1value1key2value2, the secret before and behind.
  return joined(secret, top_signed(parameters), secret);
}

std::string top_hmac_canonical(std::span<const Parameter> parameters) {
  // 3. Joined as key1value1key2value2; the secret is the key of the HMAC and not in the text.
  return joined({}, top_signed(parameters), {});
}

}  // namespace sampan
