// The token of VOP: how it is asked for, renewed and read.
//
// Shape   POST /oauth2/accessToken and /oauth2/refreshToken, forms; {uid, access_token, refresh_token, time (ms), expires_in
//         (s, from time), refresh_token_expires (ms, absolute)}
// Errors  auth and the like, as VOP says (errors.hpp); bad_reply with the JSON pointer
// Trap    asking for a new token ends the old one: one holder for all that buy with it
// Source  upstream.md 5.3; the signature is MD5 of vop_token_canonical (sign_jd.hpp)
#pragma once

#include <string>
#include <string_view>

#include "shared/marketplace/jd/call.hpp"
#include "shared/marketplace/jd/errors.hpp"
#include "shared/marketplace/jd/sign_jd.hpp"

namespace sampan::jd {

// `signature` in upper hex. The client's secret is signed, not sent.
HttpRequest token_request(const VopTokenRequest& request, std::string_view signature);

HttpRequest refresh_request(std::string_view refresh_token, std::string_view client_id, std::string_view client_secret);

struct VopToken {
  std::string access_token;
  std::string refresh_token;
  Instant expires_at;
  Instant refresh_expires_at;
};
FIELDS(VopToken, access_token, refresh_token, expires_at, refresh_expires_at)

Result<VopToken> parse_token(const Json& reply);

}  // namespace sampan::jd
