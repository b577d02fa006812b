#include "proxy/database/group_writer.hpp"

#include <algorithm>

namespace sampan {

GroupWriter::GroupWriter(SqliteDatabase& database) : database_(database), writer_([this] { run(); }) {}

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
    std::vector<Result<void>> answers = database_.transact_all(works);

    lock.lock();
    ++commits_;
    for (size_t i = 0; i < group.size(); ++i) {
      group[i]->answer = std::move(answers[i]);
      group[i]->is_answered = true;
      group[i]->answered.notify_one();  // under the lock: the waiter owns what is notified, and may be gone after it
    }
  }
}

}  // namespace sampan
