// The digest that the proxy's main hands to what may not see it.
#pragma once

#include <string>
#include <string_view>

#include "proxy/marketplace/digest.hpp"

namespace sampan {

inline std::string test_hmac(std::string_view key, std::string_view text) { return lower_hex(hmac_sha256(key, text)); }

}  // namespace sampan
