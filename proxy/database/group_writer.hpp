// One writer for many threads: whoever calls `transact` waits, and one thread commits what has gathered together, each
// work as a savepoint of one physical commit. A shopper alone pays nothing extra; many together pay one barrier.
//
// Promises  those of shared/database/database.hpp; an answer is given only after the physical commit
//           at most `most_in_a_group` works in one commit; nothing waits for others to come
//           what a commit announced in the feed is told after it, in the order of sequences, each change once
// Errors    storage once the database is broken: the process must end
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "shared/database/outbox.hpp"
#include "shared/database/sqlite.hpp"

namespace sampan {

class GroupWriter final : public Database {
 public:
  static constexpr size_t most_in_a_group = 64;

  // Called by the writing thread, so it must not wait for a transaction.
  using Tell = std::function<void(std::vector<Change>)>;

  explicit GroupWriter(SqliteDatabase& database);
  // Tells of the changes after the sequence `told`.
  GroupWriter(SqliteDatabase& database, int64_t told, Tell tell);
  ~GroupWriter() override;  // what was given is still done
  GroupWriter(const GroupWriter&) = delete;
  GroupWriter& operator=(const GroupWriter&) = delete;

  Result<void> transact(const Work& work) override;

  int64_t commits() const;  // physical ones

 private:
  struct Waiting {
    const Work* work = nullptr;
    Result<void> answer;
    bool is_answered = false;
    std::condition_variable answered;  // each its own: a commit wakes only those whom it answers
  };

  void run();
  // `changes`: what it announced.
  std::vector<Result<void>> commit(std::vector<Work> works, std::vector<Change>& changes);

  SqliteDatabase& database_;
  const Tell tell_;
  int64_t told_ = 0;  // the writing thread's own
  mutable std::mutex mutex_;
  std::condition_variable work_came_;
  std::vector<Waiting*> queue_;
  int64_t commits_ = 0;
  bool is_ending_ = false;
  std::thread writer_;  // last: it uses all of the above
};

}  // namespace sampan
