// The canonical strings of JD's three worlds: JOS with the union, SP-API, and the token of VOP.
//
// Source  JD open platform development guide 2643; SP-API request signing; VOP OAuth guide
// Test    tests/unit/marketplace/sign_test.cpp (vectors J1 to V3), tests/contract/sign_test.mjs (a signer in Node)
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "shared/marketplace/parameter.hpp"

namespace sampan {

// The signature is MD5 of this, in upper case. Every parameter that is sent is signed, `format` and `sign_method` too.
std::string jos_canonical(std::string_view secret, std::span<const Parameter> parameters);

// The signature is MD5 of this, in upper case. The parameters are the headers X-JOS-… in their exact case, those of the
// query and of the path, and the raw JSON under the key "body".
std::string sp_canonical(std::string_view secret, std::span<const Parameter> parameters);

struct VopTokenRequest {
  std::string timestamp;  // "2026-11-24 16:00:00", China time
  std::string client_id;
  std::string username;
  std::string password_md5;  // in lower-case hex
  std::string grant_type = "access_token";
  std::string scope;
};

// The signature is MD5 of this, in upper case.
std::string vop_token_canonical(std::string_view secret, const VopTokenRequest& request);

}  // namespace sampan
