#include "proxy/worker/worker.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "shared/database/outbox.hpp"
#include "shared/jobs/run_jobs.hpp"

namespace sampan {
namespace {

constexpr Duration longest_sleep = milliseconds(500);

void say(const Error& error) {
  std::fprintf(stderr, "worker: %s (%s)\n", error.sentence.c_str(), error.context.c_str());
}

}  // namespace

Worker::Worker(Ports& ports, size_t threads) : ports_(ports) {
  for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Worker::~Worker() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  end_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool Worker::sleep(Duration span) {
  std::unique_lock lock(mutex_);
  return !end_.wait_for(lock, std::chrono::milliseconds(span.ms), [&] { return is_ending_; });
}

Duration Worker::until_next_job() {
  const auto due = transact<std::optional<Instant>>(ports_.database, [](Transaction& tx) { return next_due(tx); });
  if (!due || !*due) return longest_sleep;
  const Duration left = **due - ports_.now();
  return std::clamp(left, milliseconds(1), longest_sleep);
}

void Worker::run() {
  Duration pause{};
  while (sleep(pause)) {
    const auto job = run_one_job(ports_);
    if (!job) say(job.error());
    pause = job && *job ? Duration{} : until_next_job();
  }
}

}  // namespace sampan
