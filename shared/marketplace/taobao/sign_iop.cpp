#include "shared/marketplace/taobao/sign_iop.hpp"

namespace sampan {

std::string iop_canonical(std::string_view path, std::span<const Parameter> parameters, std::string_view json_body) {
  // 1. All parameters but `sign`, without empty ones, sorted by key.
  // 2. Joined as key1value1key2value2.
  // 3. The path before it.
  // 4. A JSON body behind it, byte for byte.
  return joined(path, signed_by_key(parameters, "sign"), json_body);
}

std::string iop_push_canonical(std::string_view app_key, std::string_view body) {
  std::string text;
  text.reserve(app_key.size() + body.size());
  text += app_key;
  text += body;
  return text;
}

}  // namespace sampan
