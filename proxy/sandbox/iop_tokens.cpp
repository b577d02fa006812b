// The token of the simulated Taobao Global: one that does not end, so that a renewal gives the same again.
//
// Limits  the real one ends the old refresh token with each renewal
// Source  upstream.md 3.2
#include "proxy/sandbox/iop_api.hpp"
#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr int64_t access_seconds = 30 * 24 * 3600;
constexpr int64_t refresh_seconds = 60 * 24 * 3600;

Result<Json> refresh(const IopScene& call) {
  const IopAccount& account = call.account;
  if (call.parameters.text("refresh_token") != account.refresh_token)
    return fail(ErrorCode::auth, "The specified refresh token is invalid or expired", "IllegalRefreshToken");
  return json_object({
      {"access_token", json_string(account.access_token)},
      {"refresh_token", json_string(account.refresh_token)},
      {"expires_in", json_integer(access_seconds)},
      {"refresh_expires_in", json_integer(refresh_seconds)},
      {"account", json_string(account.account)},
      {"country", json_string("cn")},
  });
}

}  // namespace

std::vector<IopApi> iop_token_apis() {
  return {{"/auth/token/refresh", false, false, IopShape::bare, {"refresh_token"}, refresh, nullptr}};
}

}  // namespace sampan
