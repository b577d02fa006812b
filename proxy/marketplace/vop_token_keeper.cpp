#include "proxy/marketplace/vop_token_keeper.hpp"

#include "proxy/marketplace/digest.hpp"
#include "proxy/marketplace/sign.hpp"
#include "shared/marketplace/jd/token.hpp"

namespace sampan {
namespace {

constexpr Duration just_now = seconds(10);
constexpr Duration ahead = minutes(10);  // of a day

}  // namespace

Result<std::string> VopTokenKeeper::token() {
  const std::lock_guard lock(mutex_);
  if (token_.empty() || ends_at_ <= now_() + ahead) TRY_DO(ask_unless_just_now());
  return token_;
}

Result<void> VopTokenKeeper::renew() {
  const std::lock_guard lock(mutex_);
  return ask_unless_just_now();
}

Result<void> VopTokenKeeper::ask_unless_just_now() {
  if (asked_at_ && now_() < *asked_at_ + just_now) {
    if (failure_) return tl::unexpected(*failure_);
    return done();
  }
  asked_at_ = now_();
  failure_.reset();
  const Result<void> asked = ask(*asked_at_);
  if (asked) return done();
  failure_ = asked.error();
  if (failure_->code != ErrorCode::auth && failure_->code != ErrorCode::quota) failure_->code = ErrorCode::retry_later;
  return tl::unexpected(*failure_);
}

Result<void> VopTokenKeeper::ask(Instant now) {
  VopTokenRequest request;
  request.timestamp = jd::china_time(now);
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
