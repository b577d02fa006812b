#include "proxy/marketplace/token_keeper.hpp"

namespace sampan {
namespace {

constexpr Duration ahead = minutes(30);  // of ten hours
constexpr Duration between_failures = seconds(10);
// A token that is refused so soon after it was handed out is not refused for its age.
constexpr Duration surely_fresh = minutes(1);

bool is_alive(const alibaba1688::Tokens& tokens, Instant now) {
  return !tokens.access_token.empty() && (!tokens.access_ends_at || now < *tokens.access_ends_at);
}

bool ends_soon(const alibaba1688::Tokens& tokens, Instant now) {
  return tokens.access_ends_at && *tokens.access_ends_at <= now + ahead;
}

tl::unexpected<Error> needs_a_person(const char* why) {
  return fail(ErrorCode::auth,
              "1688 does not take the shop's access token. The operator must authorise the app anew at auth.1688.com "
              "and put its refresh_token into gateway.aop.",
              why);
}

}  // namespace

Result<std::string> TokenKeeper::access_token(const std::string& refused) {
  const std::lock_guard lock(mutex_);
  const Instant now = now_();
  if (!refused.empty() && refused == tokens_.access_token) {
    if (tokens_.refresh_token.empty()) return needs_a_person("the token was refused, and there is no refresh token");
    if (refreshed_at_ && now < *refreshed_at_ + surely_fresh) return needs_a_person("a new token was refused");
    tokens_.access_token.clear();
  }
  if (!is_alive(tokens_, now) || ends_soon(tokens_, now)) {
    const auto refreshed = refresh(now);
    if (!refreshed && !is_alive(tokens_, now)) return tl::unexpected(refreshed.error());
  }
  TRY_DO(keep());
  return tokens_.access_token;
}

Result<void> TokenKeeper::refresh(Instant now) {
  if (tokens_.refresh_token.empty()) return needs_a_person("there is no refresh token");
  if (failure_ && now < failed_at_ + between_failures) return tl::unexpected(*failure_);
  auto answer = refresh_(tokens_.refresh_token);
  if (!answer) {
    failure_ = answer.error();
    failed_at_ = now;
    return tl::unexpected(*failure_);
  }
  failure_.reset();
  if (answer->refresh_token.empty()) answer->refresh_token = tokens_.refresh_token;
  tokens_ = *std::move(answer);
  refreshed_at_ = now;
  is_kept_ = false;
  return done();
}

Result<void> TokenKeeper::keep() {
  if (is_kept_) return done();
  TRY_DO(keep_(tokens_));
  is_kept_ = true;
  return done();
}

}  // namespace sampan
