#include "shared/marketplace/alibaba1688/token.hpp"

#include "shared/marketplace/alibaba1688/errors.hpp"

namespace sampan::alibaba1688 {
namespace {

constexpr int64_t longest_life_seconds = 366 * 86'400;  // beyond it, it is no life but a word for "it does not end"

// The platform's description may repeat what was sent: only its code is kept.
tl::unexpected<Error> refused(const HttpReply& reply) {
  const auto json = parse_json(reply.body);
  std::string code;
  if (json && reply.status < 500) {
    const Reply root(*json);
    code = root["error"].text().empty() ? root["error_code"].text() : root["error"].text();
  }
  const std::string context = "HTTP " + std::to_string(reply.status) + (code.empty() ? "" : ", " + code.substr(0, 60));
  if (is_quota_answer(reply)) return fail(ErrorCode::quota, "1688 takes no more calls for now.", context);
  if (code.empty() || error_code_of(code, {}) == ErrorCode::outcome_unknown)
    return fail(ErrorCode::retry_later, "1688 gives no new token at the moment; it is asked again.", context);
  return fail(ErrorCode::auth,
              "1688 gives the shop no new token. The operator must authorise the app anew at auth.1688.com and put its "
              "refresh_token into gateway.aop.",
              context);
}

}  // namespace

HttpRequest refresh_request(const std::string& app_key, const std::string& app_secret,
                            const std::string& refresh_token) {
  HttpRequest request;
  request.method = "POST";
  request.path = "/openapi/http/1/system.oauth2/getToken/" + app_key;
  request.fields = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  request.body = form_text({{"grant_type", "refresh_token"},
                            {"client_id", app_key},
                            {"client_secret", app_secret},
                            {"refresh_token", refresh_token}});
  return request;
}

Result<Tokens> parse_tokens(const HttpReply& reply, Instant asked_at) {
  const auto json = parse_json(reply.body);
  if (!json || Reply(*json)["access_token"].text().empty()) return refused(reply);
  const Reply root(*json);
  Tokens tokens;
  tokens.access_token = root["access_token"].text();
  tokens.refresh_token = root["refresh_token"].text();
  const auto lives = root["expires_in"].whole();
  if (lives && *lives > 0 && *lives <= longest_life_seconds) tokens.access_ends_at = asked_at + seconds(*lives);
  return tokens;
}

}  // namespace sampan::alibaba1688
