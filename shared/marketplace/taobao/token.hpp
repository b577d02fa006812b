// The token of Taobao Global: how it is asked for, renewed and read.
//
// Shape   /auth/token/create takes the code of the authorisation, /auth/token/refresh the refresh token; both are signed, without
//         a token; {access_token, refresh_token, expires_in, refresh_expires_in, account, account_id, user_id, country}
// Unit    lifetimes in seconds, from now
// Errors  auth and the like, as Taobao says (errors.hpp); bad_reply with the JSON pointer
// Trap    a new refresh token ends the old one: one holder for all that call with it
// Source  upstream.md 3.2
#pragma once

#include <string>
#include <string_view>

#include "shared/core/json.hpp"
#include "shared/marketplace/taobao/call.hpp"

namespace sampan::taobao {

IopCall create_token_call(std::string_view code);
IopCall refresh_token_call(std::string_view refresh_token);

struct IopToken {
  std::string access_token;
  std::string refresh_token;
  Instant expires_at;
  Instant refresh_expires_at;
  std::string account;
};
FIELDS(IopToken, access_token, refresh_token, expires_at, refresh_expires_at, account)

Result<IopToken> parse_token(const Json& reply, Instant now);

}  // namespace sampan::taobao
