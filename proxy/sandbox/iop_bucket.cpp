#include "proxy/sandbox/iop_bucket.hpp"

#include <algorithm>
#include <utility>

namespace sampan {

IopBucket::IopBucket(int64_t calls_per_second, MonotonicMs monotonic_ms)
    : calls_per_second_(calls_per_second),
      monotonic_ms_(std::move(monotonic_ms)),
      thousandths_(calls_per_second * 1000),
      filled_at_ms_(monotonic_ms_()) {}

bool IopBucket::takes_one() {
  const std::lock_guard lock(mutex_);
  const int64_t now_ms = monotonic_ms_();
  thousandths_ = std::min(calls_per_second_ * 1000, thousandths_ + (now_ms - filled_at_ms_) * calls_per_second_);
  filled_at_ms_ = now_ms;
  if (thousandths_ < 1000) return false;
  thousandths_ -= 1000;
  return true;
}

}  // namespace sampan
