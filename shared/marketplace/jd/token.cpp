#include "shared/marketplace/jd/token.hpp"

namespace sampan::jd {
namespace {

constexpr int64_t longest_life_s = 366 * 24 * 3600;
constexpr int64_t latest_ms = 253'402'300'799'000;  // the end of the year 9999

Result<Instant> instant_at(const Reply& at) {
  TRY(const int64_t ms, at.required_whole());
  if (ms < 0 || ms > latest_ms) return at.unreadable("a time in milliseconds");
  return Instant{ms};
}

}  // namespace

HttpRequest token_request(const VopTokenRequest& request, std::string_view signature) {
  return form_request("/oauth2/accessToken", {{"grant_type", request.grant_type},
                                              {"client_id", request.client_id},
                                              {"timestamp", request.timestamp},
                                              {"username", request.username},
                                              {"password", request.password_md5},
                                              {"scope", request.scope},
                                              {"sign", std::string(signature)}});
}

HttpRequest refresh_request(std::string_view refresh_token, std::string_view client_id,
                            std::string_view client_secret) {
  return form_request("/oauth2/refreshToken", {{"refresh_token", std::string(refresh_token)},
                                               {"client_id", std::string(client_id)},
                                               {"client_secret", std::string(client_secret)}});
}

Result<VopToken> parse_token(const Json& reply) {
  TRY(const Reply result, vop_result(Reply(reply)));
  VopToken token;
  TRY(token.access_token, result["access_token"].required_text());
  TRY(token.refresh_token, result["refresh_token"].required_text());
  TRY(const Instant issued, instant_at(result["time"]));
  TRY(const int64_t life_s, result["expires_in"].required_whole());
  if (life_s < 0 || life_s > longest_life_s) return result["expires_in"].unreadable("a number of seconds");
  token.expires_at = issued + seconds(life_s);
  TRY(token.refresh_expires_at, instant_at(result["refresh_token_expires"]));
  return token;
}

}  // namespace sampan::jd
