// The canonical string of AOP, the gateway of 1688: calls, pushes and the authorise page.
//
// Source  1688 open platform, "API signature rules"; message pushes
// Test    tests/unit/marketplace/sign_test.cpp (vectors A1 to AP3), tests/contract/sign_test.mjs (a signer in Node)
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "shared/marketplace/parameter.hpp"

namespace sampan {

// The signature is HMAC-SHA1 of this, in upper case. `path` is "param2/1/system/currentTime/1000000", without a leading
// slash and without "openapi/"; empty for a push (its one parameter is `message`) and for the authorise page.
std::string aop_canonical(std::string_view path, std::span<const Parameter> parameters);

}  // namespace sampan
