#include "proxy/sandbox/aop_tokens.hpp"

#include <algorithm>

#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr Duration code_life = minutes(2);
constexpr Duration access_life = seconds(36'000);
constexpr Duration refresh_life = days(180);

// Shaped like a UUID, and different each time: a signature over the count.
std::string next_token(AopTokens& tokens, const AopAccount& account, const Sign& sign) {
  SignRequest request;
  request.secret = account.app_secret;
  request.parameters = {{"token", std::to_string(++tokens.handed_out)}};
  std::string hex = sign(SignMethod::aop_sha1, request).signature;
  std::transform(hex.begin(), hex.end(), hex.begin(),
                 [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20, 12);
}

bool is_alive(const std::vector<AopToken>& tokens, std::string_view text, Instant now) {
  return std::any_of(tokens.begin(), tokens.end(),
                     [&](const AopToken& token) { return token.text == text && now < token.ends_at; });
}

void forget_ended(std::vector<AopToken>& tokens, Instant now) {
  tokens.erase(std::remove_if(tokens.begin(), tokens.end(), [&](const AopToken& t) { return t.ends_at <= now; }),
               tokens.end());
}

HttpReply answer(int32_t status, const Json& body) {
  return {status, {{"Content-Type", "application/json;charset=UTF-8"}}, json_text(body)};
}

HttpReply refused(std::string_view error, std::string_view description) {
  return answer(400, json_object({{"error", json_string(error)}, {"error_description", json_string(description)}}));
}

HttpReply hand_out(AopTokens& tokens, const AopAccount& account, const Sign& sign, std::string refresh, Instant now) {
  const std::string access = next_token(tokens, account, sign);
  tokens.access.push_back({access, now + access_life});
  if (refresh.empty()) {
    refresh = next_token(tokens, account, sign);
    tokens.refresh.push_back({refresh, now + refresh_life});
  }
  const std::string ali_id = account.member_id.substr(account.member_id.find('-') + 1);
  return answer(200, json_object({
                         {"access_token", json_string(access)},
                         {"refresh_token", json_string(refresh)},
                         {"expires_in", json_string(std::to_string(access_life.ms / 1000 - 1))},
                         {"refresh_token_timeout", json_string(aop_time(now + refresh_life))},
                         {"resource_owner", json_string(account.member_id)},
                         {"memberId", json_string(account.member_id)},
                         {"aliId", json_string(ali_id)},
                         {"uid", json_string(ali_id)},
                     }));
}

}  // namespace

bool is_known_access_token(const AopTokens& tokens, const AopAccount& account, std::string_view token, Instant now) {
  return token == account.access_token || is_alive(tokens.access, token, now);
}

HttpReply authorise(AopTokens& tokens, const AopAccount& account, const Sign& sign, const std::string& query,
                    Instant now) {
  const std::vector<HttpField> asked = parse_form(query);
  const std::string back(field_of(asked, "redirect_uri"));
  if (field_of(asked, "client_id") != account.app_key || back.empty())
    return refused("invalid_client", "client_id or redirect_uri is not right");
  const std::string code = next_token(tokens, account, sign);
  tokens.codes.push_back({code, now + code_life});
  const std::string answer_query = form_text({{"code", code}, {"state", std::string(field_of(asked, "state"))}});
  return {302, {{"Location", back + (back.find('?') == std::string::npos ? "?" : "&") + answer_query}}, {}};
}

HttpReply get_token(AopTokens& tokens, const AopAccount& account, const Sign& sign, const std::vector<HttpField>& form,
                    Instant now) {
  for (std::vector<AopToken>* each : {&tokens.codes, &tokens.access, &tokens.refresh}) forget_ended(*each, now);
  if (field_of(form, "client_id") != account.app_key || field_of(form, "client_secret") != account.app_secret)
    return refused("invalid_client", "client_id or client_secret is not right");
  const std::string_view grant = field_of(form, "grant_type");
  if (grant == "authorization_code") {
    const std::string_view code = field_of(form, "code");
    if (!is_alive(tokens.codes, code, now)) return refused("invalid_grant", "the code is used or too old");
    tokens.codes.erase(std::remove_if(tokens.codes.begin(), tokens.codes.end(),
                                      [&](const AopToken& token) { return token.text == code; }),
                       tokens.codes.end());
    return hand_out(tokens, account, sign, {}, now);
  }
  // An old refresh token stays valid after it was used.
  const std::string refresh(field_of(form, "refresh_token"));
  if (grant == "refresh_token" && is_alive(tokens.refresh, refresh, now))
    return hand_out(tokens, account, sign, refresh, now);
  return refused("invalid_grant", "the grant or the refresh token is not known");
}

}  // namespace sampan
