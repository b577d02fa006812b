#include "shared/marketplace/taobao/token.hpp"

#include <algorithm>

#include "shared/marketplace/taobao/errors.hpp"

namespace sampan::taobao {
namespace {

// At most ten years: beyond that a lifetime is no lifetime.
Instant after_seconds(Instant now, const Reply& lifetime) {
  constexpr int64_t longest = int64_t{10} * 365 * 24 * 60 * 60;
  return now + seconds(std::clamp<int64_t>(lifetime.whole().value_or(0), 0, longest));
}

}  // namespace

IopCall create_token_call(std::string_view code) { return {"/auth/token/create", {{"code", std::string(code)}}}; }

IopCall refresh_token_call(std::string_view refresh_token) {
  return {"/auth/token/refresh", {{"refresh_token", std::string(refresh_token)}}};
}

Result<IopToken> parse_token(const Json& reply, Instant now) {
  TRY(const Reply found, payload(Reply(reply), {"access_token"}));
  IopToken token;
  TRY(token.access_token, found["access_token"].required_text());
  token.refresh_token = found["refresh_token"].text();
  token.expires_at = after_seconds(now, found["expires_in"]);
  token.refresh_expires_at = after_seconds(now, found["refresh_expires_in"]);
  token.account = found["account"].text();
  return token;
}

}  // namespace sampan::taobao
