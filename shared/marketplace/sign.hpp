// What is signed and by which method: the values between whoever asks for a signature and the signer, which needs a
// secret and a digest and lives in the proxy.
//
// Source  upstream.md 2.3, 3.1, 3.5, 4.1, 4.6, 5
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/marketplace/parameter.hpp"

namespace sampan {

enum class SignMethod { top_md5, top_hmac, top_hmac_sha256, iop_sha256, iop_push, aop_sha1, jd_md5, jd_sp, vop_token };

// "top-hmac-sha256"
std::optional<SignMethod> parse_sign_method(std::string_view name);

// Each method reads what it needs.
struct SignRequest {
  std::string secret;
  std::vector<Parameter> parameters;
  std::string path;     // iop_sha256, aop_sha1
  std::string body;     // iop_sha256: when it is JSON; iop_push; jd_sp
  std::string app_key;  // iop_push
  // vop_token
  std::string timestamp;
  std::string client_id;
  std::string username;
  std::string password;
  std::string grant_type = "access_token";
  std::string scope;
};

struct Signed {
  std::string canonical;
  std::string signature;
};

using Sign = std::function<Signed(SignMethod, const SignRequest&)>;

}  // namespace sampan
