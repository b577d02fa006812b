#include "proxy/sandbox/vop_tokens.hpp"

#include <algorithm>

#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr std::string_view access_kind = "N00";
constexpr std::string_view refresh_kind = "A00";
constexpr Duration access_life = hours(24);
constexpr Duration refresh_life = days(182);
constexpr Duration timestamp_tolerance = minutes(10);
constexpr size_t digits_of_ms = 13;  // until the year 2286

// When the token says that it was handed out; 0 where it says nothing.
int64_t issued_ms_of(std::string_view token, std::string_view kind) {
  if (token.size() < kind.size() + digits_of_ms || token.substr(0, kind.size()) != kind) return 0;
  const Json number = json_id(token.substr(kind.size(), digits_of_ms));
  return number.kind == JsonKind::number ? std::stoll(number.text) : 0;
}

}  // namespace

std::string VopTokens::token_text(std::string_view kind, int64_t issued_ms) const {
  const std::string issued = std::to_string(issued_ms);
  SignRequest request;
  request.secret = account_.client_secret;
  request.parameters = {{std::string(kind), issued}};
  return std::string(kind) + issued + sign_(SignMethod::jd_md5, request).signature;
}

VopResult<void> VopTokens::check(std::string_view kind, std::string_view token, Duration life, Instant now) {
  const int64_t issued_ms = issued_ms_of(token, kind);
  if (issued_ms == 0 || token_text(kind, issued_ms) != token) return vop_refuse("2004", "token不正确");
  {
    const std::lock_guard lock(mutex_);
    if (issued_ms < latest_ms_) return vop_refuse("2004", "token已失效");
  }
  if (Instant{issued_ms} + life <= now) return vop_refuse("2007", "accessToken已过期");
  return {};
}

VopResult<void> VopTokens::check(std::string_view token, Instant now) {
  if (token.empty()) return vop_refuse("2003", "token不能为空");
  return check(access_kind, token, access_life, now);
}

VopResult<VopReply> VopTokens::hand_out(Instant now) {
  int64_t issued_ms = 0;
  {
    const std::lock_guard lock(mutex_);
    issued_ms = latest_ms_ = std::max(now.ms, latest_ms_ + 1);
  }
  return VopReply{json_object({
      {"uid", json_string(account_.uid)},
      {"refresh_token_expires", json_integer((Instant{issued_ms} + refresh_life).ms)},
      {"time", json_integer(issued_ms)},
      {"expires_in", json_integer(access_life.ms / 1000)},
      {"refresh_token", json_string(token_text(refresh_kind, issued_ms))},
      {"access_token", json_string(token_text(access_kind, issued_ms))},
  })};
}

VopResult<VopReply> VopTokens::access_token(const std::vector<HttpField>& form, Instant now) {
  for (const std::string_view name : {"grant_type", "client_id", "timestamp", "username", "password", "sign"})
    if (field_of(form, name).empty()) return vop_malformed(name);
  if (field_of(form, "grant_type") != "access_token") return vop_malformed("grant_type");

  SignRequest request;
  request.secret = account_.client_secret;
  request.timestamp = std::string(field_of(form, "timestamp"));
  request.client_id = account_.client_id;
  request.username = account_.username;
  request.password = account_.password;
  request.scope = std::string(field_of(form, "scope"));
  const Signed expected = sign_(SignMethod::vop_token, request);

  // secret + timestamp + client_id + username stand before the password's MD5 in what is signed.
  const size_t before =
      request.secret.size() + request.timestamp.size() + request.client_id.size() + request.username.size();
  constexpr size_t md5_digits = 32;
  const bool is_known = field_of(form, "client_id") == account_.client_id &&
                        field_of(form, "username") == account_.username &&
                        field_of(form, "password") == expected.canonical.substr(before, md5_digits);
  if (!is_known) return vop_refuse("2001", "获取token失败：client_id、用户名或密码不正确");
  if (field_of(form, "sign") != expected.signature) return vop_refuse("2002", "获取token失败：无效签名");
  const auto sent = parse_aop_time(request.timestamp);
  const int64_t apart_ms = sent ? (now - *sent).ms : timestamp_tolerance.ms + 1;
  if (std::max(apart_ms, -apart_ms) > timestamp_tolerance.ms) return vop_malformed("timestamp");
  return hand_out(now);
}

VopResult<VopReply> VopTokens::refresh_token(const std::vector<HttpField>& form, Instant now) {
  const bool is_known =
      field_of(form, "client_id") == account_.client_id && field_of(form, "client_secret") == account_.client_secret;
  if (!is_known) return vop_refuse("2001", "刷新token失败：client_id或client_secret不正确");
  TRY_DO(check(refresh_kind, field_of(form, "refresh_token"), refresh_life, now));
  return hand_out(now);
}

}  // namespace sampan
