// The canonical strings of IOP, the gateway of Taobao Global (Lazada's and AliExpress's too): calls and pushes.
//
// Source  Taobao Global documents 119387 (calls) and "Receive messages by HTTP" (pushes); Lazada Open Platform SDK
// Test    tests/unit/marketplace/sign_test.cpp (vectors I1 to IP3), tests/contract/sign_test.mjs
//         (lazada-open-platform-sdk)
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "shared/marketplace/parameter.hpp"

namespace sampan {

// The signature is HMAC-SHA256 of this, in upper case. `path` is "/product/get", without "/rest"; empty for methods
// with dots, which are a parameter. `json_body` is the body as sent, when it is JSON.
std::string iop_canonical(std::string_view path, std::span<const Parameter> parameters, std::string_view json_body);

// The signature, in the header Authorization, is HMAC-SHA256 of this, in lower case.
std::string iop_push_canonical(std::string_view app_key, std::string_view body);

}  // namespace sampan
