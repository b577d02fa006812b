// How fast an app may call each API of a gateway: a bucket of calls each, and silence after the gateway has said "too many".
//
// Shape   never blocks: quota with "wait … ms" in its context, and nothing was sent; thread-safe
// Unit    the clock is monotonic, from any point
// Source  upstream.md 4.3: at most 5 a second; after a refusal 10 s, doubling to 120 s
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

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

  // `name` is an app key and an API.
  Result<void> take(const std::string& name);

  // What the gateway answered to a call that take() allowed.
  void was_answered(const std::string& name);
  void was_refused(const std::string& name);

 private:
  struct Bucket {
    int64_t full_again_us = 0;  // when as many calls as `burst` are there again
    Duration silent_until{};
    Duration next_silence{};
  };
  Bucket& bucket(const std::string& name);

  const QuotaRule rule_;
  const MonotonicClock clock_;
  std::mutex mutex_;
  std::map<std::string, Bucket> buckets_;
};

// `send` under `quota`: a call is named by its path, in which AOP has both the API and the app key.
HttpSend within_quota(HttpSend send, std::shared_ptr<Quota> quota,
                      std::function<bool(const HttpReply&)> is_quota_answer);

}  // namespace sampan
