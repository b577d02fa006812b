#include "proxy/database/group_writer.hpp"

#include <algorithm>
#include <utility>

namespace sampan {

GroupWriter::GroupWriter(SqliteDatabase& database) : GroupWriter(database, 0, {}) {}

GroupWriter::GroupWriter(SqliteDatabase& database, int64_t told, Tell tell)
    : database_(database), tell_(std::move(tell)), told_(told), writer_([this] { run(); }) {}

GroupWriter::~GroupWriter() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  work_came_.notify_one();
  writer_.join();
}

Result<void> GroupWriter::transact(const Work& work) {
  Waiting waiting;
  waiting.work = &work;
  std::unique_lock lock(mutex_);
  queue_.push_back(&waiting);
  work_came_.notify_one();
  waiting.answered.wait(lock, [&] { return waiting.is_answered; });
  return waiting.answer;
}

int64_t GroupWriter::commits() const {
  const std::lock_guard lock(mutex_);
  return commits_;
}

void GroupWriter::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    work_came_.wait(lock, [&] { return is_ending_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const auto taken = static_cast<std::ptrdiff_t>(std::min(queue_.size(), most_in_a_group));
    const std::vector<Waiting*> group(queue_.begin(), queue_.begin() + taken);
    queue_.erase(queue_.begin(), queue_.begin() + taken);
    lock.unlock();

    std::vector<Work> works;
    works.reserve(group.size());
    for (const Waiting* waiting : group) works.push_back(*waiting->work);
    std::vector<Change> changes;
    std::vector<Result<void>> answers = commit(std::move(works), changes);

    lock.lock();
    ++commits_;
    for (size_t i = 0; i < group.size(); ++i) {
      group[i]->answer = std::move(answers[i]);
      group[i]->is_answered = true;
      group[i]->answered.notify_one();  // under the lock: the waiter owns what is notified, and may be gone after it
    }
    if (changes.empty()) continue;
    lock.unlock();
    tell_(std::move(changes));  // after the answers: whoever is told takes no time from whoever waits
    lock.lock();
  }
}

// The changes are read in the transaction that made them: nobody else has to ask whether there are any.
std::vector<Result<void>> GroupWriter::commit(std::vector<Work> works, std::vector<Change>& changes) {
  if (!tell_) return database_.transact_all(works);
  std::vector<Change> read;
  works.push_back([&](Transaction& tx) -> Result<void> {
    TRY(read, list_all_changes(tx, told_));
    return done();
  });
  std::vector<Result<void>> answers = database_.transact_all(works);
  // What could not be read or was not committed is not told; the next commit reads on from where this one should have.
  if (answers.back() && !read.empty()) {
    told_ = read.back().sequence;
    changes = std::move(read);
  }
  answers.pop_back();
  return answers;
}

}  // namespace sampan
