// The canonical strings of TOP (Taobao Open Platform): what the signature of a call is over.
//
// Source  TOP document 101617, "API call method"; the Java SDK's rule of leaving empty values out (the Node SDKs put
//         the bare key in: a call without empty values is right under both)
// Test    tests/unit/marketplace/sign_test.cpp (vectors T1 to T12)
//         tests/contract/sign_test.mjs (node-taobao-topclient)
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "shared/marketplace/parameter.hpp"

namespace sampan {

// sign_method=md5: the signature is MD5 of this.
std::string top_md5_canonical(std::string_view secret, std::span<const Parameter> parameters);

// sign_method=hmac and hmac-sha256: the signature is HMAC-MD5 or HMAC-SHA256 of this, keyed by the secret.
std::string top_hmac_canonical(std::span<const Parameter> parameters);

}  // namespace sampan
