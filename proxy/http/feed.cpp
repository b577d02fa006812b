#include "proxy/http/feed.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "shared/protocol/feed.hpp"

namespace sampan {
namespace {

using Clock = std::chrono::steady_clock;

// A change, as it is written to everybody.
struct Event {
  int64_t sequence = 0;
  ShopperId shopper_id;  // empty: public
  std::string text;
};

// One follower's connection, and what it has not taken yet.
class Stream {
 public:
  Stream(TakenConnection connection, ShopperId shopper_id, int64_t cursor, std::string first_bytes)
      : connection_(std::move(connection)),
        shopper_id_(std::move(shopper_id)),
        cursor_(cursor),
        waiting_(std::move(first_bytes)),
        taken_at_(began_at_),
        written_at_(began_at_) {}

  int socket() const { return connection_.socket(); }
  const ShopperId& shopper_id() const { return shopper_id_; }
  int64_t cursor() const { return cursor_; }

  void add(const Event& event) {
    if (event.sequence <= cursor_) return;  // it was on the page that the follower has read
    add_text(event.text);
    cursor_ = event.sequence;
  }

  // `newest`: no change up to it is still to come. A comment keeps the connection, an id the cursor near the end.
  void add_heartbeat(int64_t newest) {
    cursor_ = std::max(cursor_, newest);
    add_text(":\n" + cursor_text(cursor_));
  }

  // Writes what the client takes without waiting; false when it is gone or takes too little.
  bool flush(size_t waiting_bytes) {
    size_t taken = 0;
    while (taken < waiting_.size()) {
      const ssize_t count =
          ::send(socket(), waiting_.data() + taken, waiting_.size() - taken, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (count > 0)
        taken += static_cast<size_t>(count);
      else if (errno == EAGAIN || errno == EWOULDBLOCK)
        break;
      else if (errno != EINTR)
        return false;
    }
    if (taken > 0) taken_at_ = Clock::now();
    waiting_.erase(0, taken);
    return waiting_.size() <= waiting_bytes;
  }

  bool is_over(Clock::time_point now, const FeedLimits& limits) const {
    const bool is_stuck = !waiting_.empty() && now - taken_at_ > std::chrono::milliseconds(limits.write_ms);
    return is_stuck || now - began_at_ > std::chrono::milliseconds(limits.stream_ms);
  }
  bool is_silent(Clock::time_point now, const FeedLimits& limits) const {
    return now - written_at_ > std::chrono::milliseconds(limits.heartbeat_ms);
  }

 private:
  void add_text(const std::string& text) {
    written_at_ = Clock::now();
    if (waiting_.empty()) taken_at_ = written_at_;
    waiting_ += text;
  }

  TakenConnection connection_;
  ShopperId shopper_id_;
  int64_t cursor_;  // of what has been added
  std::string waiting_;
  Clock::time_point began_at_ = Clock::now();
  Clock::time_point taken_at_;  // the last time that the client took something, or began to have something to take
  Clock::time_point written_at_;
};

}  // namespace

class Feed::Thread {
 public:
  Thread(int64_t newest, FeedLimits limits)
      : limits_(limits),
        epoll_(::epoll_create1(EPOLL_CLOEXEC)),
        woken_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        newest_(newest),
        forgotten_(newest) {
    watch(woken_, EPOLLIN);
    thread_ = std::thread([this] { run(); });
  }
  ~Thread() {
    stop();
    ::close(woken_);
    ::close(epoll_);
  }

  void tell(std::vector<Change> changes) {
    const std::lock_guard lock(mutex_);
    if (is_stopping_) return;
    std::move(changes.begin(), changes.end(), std::back_inserter(told_));
    wake();
  }

  void follow(std::unique_ptr<Stream> stream) {
    const std::lock_guard lock(mutex_);
    if (is_stopping_) return;
    new_streams_.push_back(std::move(stream));
    wake();
  }

  size_t followers() const { return count_; }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      is_stopping_ = true;
      wake();
    }
    if (thread_.joinable()) thread_.join();
    new_streams_.clear();  // they came too late to be welcomed
  }

 private:
  void wake() {
    const uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(woken_, &one, sizeof one);
  }

  bool watch(int descriptor, uint32_t for_events) {
    epoll_event event{};
    event.events = for_events;
    event.data.fd = descriptor;
    return ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) == 0;
  }

  void run() {
    std::array<epoll_event, 256> events{};
    while (true) {
      const int timeout_ms = streams_.empty() ? -1 : sweep_every_ms();
      const int count = ::epoll_wait(epoll_, events.data(), events.size(), timeout_ms);
      bool is_woken = false;
      for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<size_t>(i)];
        if (event.data.fd == woken_)
          is_woken = true;
        else
          look_at(event.data.fd, event.events);
      }
      // After the events: what is new may have the number of a socket that one of them has closed.
      if (is_woken && !take_what_came()) break;
      sweep();
      count_ = streams_.size();
    }
    streams_.clear();
    by_shopper_.clear();
    count_ = 0;
  }

  void look_at(int socket, uint32_t events) {
    const auto found = streams_.find(socket);
    if (found == streams_.end()) return;
    const bool has_hung_up = (events & (EPOLLHUP | EPOLLRDHUP | EPOLLERR)) != 0;
    if (has_hung_up || !found->second->flush(limits_.waiting_bytes)) drop(*found->second);
  }

  // False when it is to stop.
  bool take_what_came() {
    uint64_t times = 0;
    [[maybe_unused]] const auto size = ::read(woken_, &times, sizeof times);
    std::vector<Change> changes;
    std::vector<std::unique_ptr<Stream>> streams;
    {
      const std::lock_guard lock(mutex_);
      if (is_stopping_) return false;
      changes.swap(told_);
      streams.swap(new_streams_);
    }
    pass_on(changes);
    for (auto& stream : streams) welcome(std::move(stream));
    return true;
  }

  void pass_on(const std::vector<Change>& changes) {
    std::unordered_set<Stream*> concerned;
    for (const Change& change : changes) {
      const Event& event = recent_.emplace_back(Event{change.sequence, change.shopper_id, event_text(change)});
      newest_ = event.sequence;
      for_each_concerned(event, [&](Stream& stream) {
        stream.add(event);
        concerned.insert(&stream);
      });
    }
    for (Stream* const stream : concerned)
      if (!stream->flush(limits_.waiting_bytes)) drop(*stream);
    while (recent_.size() > limits_.recent_changes) {
      forgotten_ = recent_.front().sequence;
      recent_.pop_front();
    }
  }

  template <class F>
  void for_each_concerned(const Event& event, F&& act) {
    if (event.shopper_id.is_empty()) {
      for (const auto& [socket, stream] : streams_) act(*stream);
      return;
    }
    const auto [begin, end] = by_shopper_.equal_range(event.shopper_id);
    for (auto each = begin; each != end; ++each) act(*each->second);
  }

  // Between its page and now changes may have been told; they are among the recent ones.
  void welcome(std::unique_ptr<Stream> stream) {
    const bool has_missed = stream->cursor() < forgotten_;
    if (!has_missed)
      for (const Event& event : recent_)
        if (event.shopper_id.is_empty() || event.shopper_id == stream->shopper_id()) stream->add(event);
    // Who has missed something that is forgotten comes back with the cursor of its page, and reads it from the database.
    if (!stream->flush(limits_.waiting_bytes) || has_missed) return;
    // Edge-triggered: told when it can be written to again after it could not, and when the client hangs up.
    if (!watch(stream->socket(), EPOLLOUT | EPOLLRDHUP | EPOLLET)) return;
    by_shopper_.emplace(stream->shopper_id(), stream.get());
    streams_.emplace(stream->socket(), std::move(stream));
  }

  void drop(Stream& stream) {
    const auto [begin, end] = by_shopper_.equal_range(stream.shopper_id());
    by_shopper_.erase(std::find_if(begin, end, [&](const auto& each) { return each.second == &stream; }));
    streams_.erase(stream.socket());
  }

  int sweep_every_ms() const { return std::clamp(std::min(limits_.heartbeat_ms, limits_.write_ms) / 4, 1, 1000); }

  void sweep() {
    const auto now = Clock::now();
    if (now < next_sweep_) return;
    next_sweep_ = now + std::chrono::milliseconds(sweep_every_ms());
    std::vector<Stream*> over;
    for (const auto& [socket, stream] : streams_) {
      if (stream->is_silent(now, limits_)) stream->add_heartbeat(newest_);
      if (stream->is_over(now, limits_) || !stream->flush(limits_.waiting_bytes)) over.push_back(stream.get());
    }
    for (Stream* const stream : over) drop(*stream);
  }

  const FeedLimits limits_;
  const int epoll_;
  const int woken_;

  // The thread's own.
  std::unordered_map<int, std::unique_ptr<Stream>> streams_;  // by socket
  std::unordered_multimap<ShopperId, Stream*> by_shopper_;
  std::deque<Event> recent_;
  int64_t newest_;
  int64_t forgotten_;  // all changes after it are among the recent ones
  Clock::time_point next_sweep_{};

  std::atomic<size_t> count_ = 0;
  std::mutex mutex_;  // of what follows
  std::vector<Change> told_;
  std::vector<std::unique_ptr<Stream>> new_streams_;
  bool is_stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

Feed::Feed(int64_t newest, FeedLimits limits) : thread_(std::make_unique<Thread>(newest, limits)) {}
Feed::~Feed() = default;

void Feed::tell(std::vector<Change> changes) { thread_->tell(std::move(changes)); }

void Feed::follow(TakenConnection connection, const ShopperId& shopper_id, int64_t cursor, std::string first_bytes) {
  thread_->follow(std::make_unique<Stream>(std::move(connection), shopper_id, cursor, std::move(first_bytes)));
}

size_t Feed::followers() const { return thread_->followers(); }
void Feed::stop() { thread_->stop(); }

}  // namespace sampan
