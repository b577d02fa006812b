// How fast an app may call its gateway: one bucket of calls for all that goes out under one app key, whatever the API, and
// silence after the gateway has said "too many".
//
// Shape   never blocks: quota with "wait … ms" in its context, and nothing was sent; thread-safe
// Unit    the clock is monotonic, from any point
// Source  upstream.md 4.3: the frequency is the app's, at most 5 a second; after a refusal 10 s, doubling to 120 s
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "shared/core/http.hpp"
#include "shared/core/instant.hpp"

namespace sampan {

struct QuotaRule {
  int64_t calls_per_second = 5;
  int64_t burst = 5;  // calls at once after a silence
  Duration first_silence = seconds(10);
  Duration longest_silence = seconds(120);
};

using MonotonicClock = std::function<Duration()>;

class Quota {
 public:
  Quota(const QuotaRule& rule, MonotonicClock clock);

  Result<void> take();

  // What the gateway answered to a call that take() allowed.
  void was_answered();
  void was_refused();

 private:
  const QuotaRule rule_;
  const MonotonicClock clock_;
  std::mutex mutex_;           // of what stands below
  int64_t full_again_us_ = 0;  // when as many calls as `burst` are there again
  Duration silent_until_{};
  Duration next_silence_;
};

// `send` under `quota`, which all senders of one app key share.
HttpSend within_quota(HttpSend send, std::shared_ptr<Quota> quota,
                      std::function<bool(const HttpReply&)> is_quota_answer);

}  // namespace sampan
