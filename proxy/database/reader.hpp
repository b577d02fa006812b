// A reading connection that many threads share, one at a time: for looking up what takes microseconds, without waiting for
// the writer's next commit.
//
// Promises  what a transaction of the writer answered before is seen
#pragma once

#include <memory>
#include <mutex>

#include "shared/database/sqlite.hpp"

namespace sampan {

class Reader final : public Database {
 public:
  explicit Reader(std::unique_ptr<SqliteDatabase> reading) : reading_(std::move(reading)) {}

  Result<void> transact(const Work& work) override {
    const std::lock_guard lock(mutex_);
    return reading_->transact(work);
  }

 private:
  std::mutex mutex_;
  std::unique_ptr<SqliteDatabase> reading_;
};

}  // namespace sampan
