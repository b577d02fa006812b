// How many calls an app may make: a bucket that holds one second's calls. IOP, TOP: each app of Taobao has its own.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>

namespace sampan {

class IopBucket {
 public:
  using MonotonicMs = std::function<int64_t()>;

  IopBucket(int64_t calls_per_second, MonotonicMs monotonic_ms);

  // May be called from any thread.
  bool takes_one();

 private:
  int64_t calls_per_second_;
  MonotonicMs monotonic_ms_;

  std::mutex mutex_;         // of what stands below
  int64_t thousandths_ = 0;  // calls that may come now, in 1/1000 of a call
  int64_t filled_at_ms_ = 0;
};

}  // namespace sampan
