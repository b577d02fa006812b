#include "proxy/marketplace/quota.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace sampan {
namespace {

constexpr int64_t us_per_second = 1'000'000;
constexpr int64_t us_per_ms = 1000;

tl::unexpected<Error> wait(const std::string& name, int64_t ms) {
  return fail(ErrorCode::quota, "The marketplace takes no more calls for a moment.",
              name + ", wait " + std::to_string(ms) + " ms");
}

}  // namespace

Quota::Quota(const QuotaRule& rule, MonotonicClock clock) : rule_(rule), clock_(std::move(clock)) {
  assert(rule.calls_per_second > 0 && rule.burst > 0);
}

Quota::Bucket& Quota::bucket(const std::string& name) {
  const auto [found, is_new] = buckets_.try_emplace(name);
  if (is_new) found->second.next_silence = rule_.first_silence;
  return found->second;
}

Result<void> Quota::take(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const Duration now = clock_();
  Bucket& calls = bucket(name);
  if (now < calls.silent_until) return wait(name, calls.silent_until.ms - now.ms);

  const int64_t now_us = now.ms * us_per_ms;
  const int64_t each_us = us_per_second / rule_.calls_per_second;
  const int64_t full_again_us = std::max(calls.full_again_us, now_us) + each_us;
  const int64_t early_us = full_again_us - each_us * rule_.burst - now_us;
  if (early_us > 0) return wait(name, (early_us + us_per_ms - 1) / us_per_ms);
  calls.full_again_us = full_again_us;
  return done();
}

void Quota::was_answered(const std::string& name) {
  const std::lock_guard lock(mutex_);
  Bucket& calls = bucket(name);
  if (calls.silent_until.ms <= clock_().ms) calls.next_silence = rule_.first_silence;
}

// Several calls that were under way together are refused together: that is one refusal.
void Quota::was_refused(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const Duration now = clock_();
  Bucket& calls = bucket(name);
  if (now < calls.silent_until) return;
  calls.silent_until = {now.ms + calls.next_silence.ms};
  calls.next_silence = {std::min(calls.next_silence.ms * 2, rule_.longest_silence.ms)};
}

HttpSend within_quota(HttpSend send, std::shared_ptr<Quota> quota,
                      std::function<bool(const HttpReply&)> is_quota_answer) {
  return [send = std::move(send), quota = std::move(quota),
          is_quota_answer = std::move(is_quota_answer)](const HttpRequest& request) -> Result<HttpReply> {
    TRY_DO(quota->take(request.path));
    auto reply = send(request);
    if (!reply) return reply;
    if (is_quota_answer(*reply))
      quota->was_refused(request.path);
    else
      quota->was_answered(request.path);
    return reply;
  };
}

}  // namespace sampan
