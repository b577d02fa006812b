#include "proxy/marketplace/quota.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace sampan {
namespace {

constexpr int64_t us_per_second = 1'000'000;
constexpr int64_t us_per_ms = 1000;

tl::unexpected<Error> wait(int64_t ms) {
  return fail(ErrorCode::quota, "The marketplace takes no more calls for a moment.",
              "wait " + std::to_string(ms) + " ms");
}

}  // namespace

Quota::Quota(const QuotaRule& rule, MonotonicClock clock)
    : rule_(rule), clock_(std::move(clock)), next_silence_(rule.first_silence) {
  assert(rule.calls_per_second > 0 && rule.burst > 0);
}

Result<void> Quota::take() {
  const std::lock_guard lock(mutex_);
  const Duration now = clock_();
  if (now < silent_until_) return wait(silent_until_.ms - now.ms);

  const int64_t now_us = now.ms * us_per_ms;
  const int64_t each_us = us_per_second / rule_.calls_per_second;
  const int64_t full_again_us = std::max(full_again_us_, now_us) + each_us;
  const int64_t early_us = full_again_us - each_us * rule_.burst - now_us;
  if (early_us > 0) return wait((early_us + us_per_ms - 1) / us_per_ms);
  full_again_us_ = full_again_us;
  return done();
}

void Quota::was_answered() {
  const std::lock_guard lock(mutex_);
  if (silent_until_.ms <= clock_().ms) next_silence_ = rule_.first_silence;
}

// Several calls that were under way together are refused together: that is one refusal.
void Quota::was_refused() {
  const std::lock_guard lock(mutex_);
  const Duration now = clock_();
  if (now < silent_until_) return;
  silent_until_ = {now.ms + next_silence_.ms};
  next_silence_ = {std::min(next_silence_.ms * 2, rule_.longest_silence.ms)};
}

HttpSend within_quota(HttpSend send, std::shared_ptr<Quota> quota,
                      std::function<bool(const HttpReply&)> is_quota_answer) {
  return [send = std::move(send), quota = std::move(quota),
          is_quota_answer = std::move(is_quota_answer)](const HttpRequest& request) -> Result<HttpReply> {
    TRY_DO(quota->take());
    auto reply = send(request);
    if (!reply) return reply;
    if (is_quota_answer(*reply))
      quota->was_refused();
    else
      quota->was_answered();
    return reply;
  };
}

}  // namespace sampan
