// Threads that do the shop's jobs: what is due is run, one job a thread; between jobs they sleep until the next is due, at
// most half a second, since a job may be enqueued meanwhile.
//
// Errors  a job's failure is its own (retried or parked); a database that fails is said on stderr and tried again
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "shared/usecase/ports.hpp"

namespace sampan {

class Worker {
 public:
  // `ports` outlives this and may be used from every thread.
  Worker(Ports& ports, size_t threads);
  ~Worker();  // a job that has begun is finished
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

 private:
  void run();
  Duration until_next_job();
  bool sleep(Duration span);  // false: it is time to end

  Ports& ports_;
  std::mutex mutex_;
  std::condition_variable end_;
  bool is_ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace sampan
