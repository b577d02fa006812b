#include "proxy/marketplace/vop_tokens.hpp"

#include "proxy/marketplace/digest.hpp"
#include "proxy/marketplace/sign.hpp"
#include "shared/marketplace/jd/token.hpp"

namespace sampan {
namespace {

constexpr Duration just_now = seconds(10);
constexpr Duration ahead = minutes(10);  // of a day

}  // namespace

std::string VopTokens::token() {
  const std::lock_guard lock(mutex_);
  const bool asked_just_now = asked_at_ && now_() < *asked_at_ + just_now;
  if ((token_.empty() || ends_at_ <= now_() + ahead) && !asked_just_now && !ask()) return {};
  return token_;
}

Result<void> VopTokens::renew() {
  const std::lock_guard lock(mutex_);
  if (asked_at_ && now_() < *asked_at_ + just_now) return done();
  return ask();
}

Result<void> VopTokens::ask() {
  asked_at_ = now_();
  VopTokenRequest request;
  request.timestamp = jd::china_time(*asked_at_);
  request.client_id = login_.client_id;
  request.username = login_.username;
  request.password_md5 = lower_hex(md5(login_.password));
  SignRequest to_sign;
  to_sign.secret = login_.client_secret;
  to_sign.timestamp = request.timestamp;
  to_sign.client_id = request.client_id;
  to_sign.username = request.username;
  to_sign.password = login_.password;  // sign() hashes it
  TRY(const HttpReply reply, send_(jd::token_request(request, sign(SignMethod::vop_token, to_sign).signature)));
  TRY(const Json json, jd::read_vop_reply(reply));
  TRY(const jd::VopToken token, jd::parse_token(json));
  token_ = token.access_token;
  ends_at_ = token.expires_at;
  return done();
}

}  // namespace sampan
