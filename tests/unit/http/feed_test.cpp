#include "proxy/http/feed.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "proxy/database/group_writer.hpp"
#include "shared/protocol/feed.hpp"

using namespace sampan;

namespace {

const ShopperId anna{"sho_anna"};
const ShopperId ben{"sho_ben"};
const ShopperId everybody{};

Change change(int64_t sequence, const ShopperId& whose, std::string subject = "ord_1") {
  return {sequence, ChangeKind::order, std::move(subject), whose, Instant{0}};
}

// The connections of a server that is not there.
using Open = std::shared_ptr<std::atomic<size_t>>;
Open no_connections() { return std::make_shared<std::atomic<size_t>>(0); }

// A client at the other end of a connection that the feed has taken.
class Follower {
 public:
  Follower(Feed& feed, const Open& open, const ShopperId& who, int64_t cursor, std::string first_bytes = {}) {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    socket_ = ends[0];
    ++*open;
    feed.follow(TakenConnection(ends[1], open), who, cursor, std::move(first_bytes));
  }
  Follower(Follower&& other) noexcept : socket_(std::exchange(other.socket_, -1)), text_(std::move(other.text_)) {}
  ~Follower() { hang_up(); }
  void hang_up() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

  // All that has come, as soon as `end` is its end.
  std::string until(std::string_view end) {
    while (text_.size() < end.size() || text_.compare(text_.size() - end.size(), end.size(), end) != 0)
      if (!read_some()) break;
    return text_;
  }
  // All that comes until the feed closes.
  std::string rest() {
    while (read_some()) continue;
    return text_;
  }
  bool hears_nothing_for(int timeout_ms) const {
    pollfd readable{socket_, POLLIN, 0};
    return ::poll(&readable, 1, timeout_ms) == 0;
  }

 private:
  bool read_some() {
    pollfd readable{socket_, POLLIN, 0};
    char buffer[16384];
    if (::poll(&readable, 1, 20'000) <= 0) return false;
    const ssize_t size = ::recv(socket_, buffer, sizeof buffer, 0);
    if (size > 0) text_.append(buffer, static_cast<size_t>(size));
    return size > 0;
  }
  int socket_ = -1;
  std::string text_;
};

template <class F>
bool comes_about(F&& holds) {
  for (int looks = 0; looks < 2000 && !holds(); ++looks) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return holds();
}

std::string events(const std::vector<Change>& changes) {
  std::string text;
  for (const Change& each : changes) text += event_text(each);
  return text;
}

}  // namespace

TEST_CASE("a change comes to all whom it concerns and to nobody else", "[http][feed]") {
  Feed feed(0);
  const Open open = no_connections();
  std::vector<Follower> annas;
  std::vector<Follower> bens;
  for (int i = 0; i < 100; ++i) {
    annas.emplace_back(feed, open, anna, 0);
    bens.emplace_back(feed, open, ben, 0);
  }
  feed.tell({change(1, anna, "ord_a"), change(2, ben, "ord_b")});
  feed.tell({change(3, everybody, "pro_1")});
  const std::string public_event = event_text(change(3, everybody, "pro_1"));
  for (Follower& each : annas) CHECK(each.until(public_event) == events({change(1, anna, "ord_a")}) + public_event);
  for (Follower& each : bens) CHECK(each.until(public_event) == events({change(2, ben, "ord_b")}) + public_event);
}

TEST_CASE("a follower's page and its stream join without a gap and without a repeat", "[http][feed]") {
  Feed feed(0);
  const Open open = no_connections();
  SECTION("what was told between its page and its welcome is not missed") {
    Follower settled(feed, open, everybody, 0);
    feed.tell({change(1, anna), change(2, anna), change(3, ben), change(4, everybody)});
    settled.until(event_text(change(4, everybody)));
    Follower late(feed, open, anna, 1, "page\n\n");
    feed.tell({change(5, anna)});
    CHECK(late.until(event_text(change(5, anna))) ==
          "page\n\n" + events({change(2, anna), change(4, everybody), change(5, anna)}));
  }
  SECTION("what was on its page and is told only after its welcome is not repeated") {
    Follower early(feed, open, anna, 2, "page with 1 and 2\n\n");
    early.until("\n\n");
    feed.tell({change(1, anna), change(2, everybody)});
    feed.tell({change(3, anna)});
    CHECK(early.until(event_text(change(3, anna))) == "page with 1 and 2\n\n" + event_text(change(3, anna)));
  }
}

TEST_CASE("whenever a follower comes while others write, it hears each change once and in order", "[http][feed]") {
  constexpr int writers = 4;
  constexpr int each = 60;
  const auto sqlite = SqliteDatabase::open(":memory:");
  REQUIRE(sqlite);
  Feed feed(0);
  GroupWriter database(**sqlite, 0, [&](std::vector<Change> changes) { feed.tell(std::move(changes)); });
  const auto say = [&](const ShopperId& whose, const std::string& subject) {
    return database.transact([&](Transaction& tx) -> Result<void> {
      TRY_DO(announce(tx, ChangeKind::order, subject, whose, Instant{0}));
      return announce(tx, ChangeKind::cart, subject, whose, Instant{0});
    });
  };
  const auto page_of = [&](const ShopperId& who) {
    return transact<ChangePage>(database, [&](Transaction& tx) { return list_changes(tx, who, 0, 10'000); });
  };

  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < writers; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < each; ++i)
        if (!say(i % 3 == 0 ? anna : (i % 3 == 1 ? ben : everybody), std::to_string(t) + "-" + std::to_string(i)))
          ++refused;
    });
  const Open open = no_connections();
  std::vector<Follower> annas;
  for (int i = 0; i < 40; ++i) {
    const auto page = page_of(anna);
    REQUIRE(page);
    annas.emplace_back(feed, open, anna, page->cursor, events(page->changes));
  }
  for (std::thread& thread : threads) thread.join();
  REQUIRE(refused == 0);
  REQUIRE(say(everybody, "the last"));
  const auto all = page_of(anna);
  REQUIRE(all);
  REQUIRE(all->changes.size() == writers * each * 2 * 2 / 3 + 2);
  const std::string expected = events(all->changes);
  for (Follower& follower : annas) CHECK((follower.until(event_text(all->changes.back())) == expected));
}

TEST_CASE("who missed more than is remembered is sent back to read it", "[http][feed]") {
  FeedLimits limits;
  limits.recent_changes = 2;
  Feed feed(0, limits);
  const Open open = no_connections();
  Follower settled(feed, open, everybody, 0);
  feed.tell({change(1, anna), change(2, ben), change(3, ben), change(4, everybody)});
  settled.until(event_text(change(4, everybody)));
  Follower in_time(feed, open, anna, 2);
  CHECK(in_time.until(event_text(change(4, everybody))) == event_text(change(4, everybody)));
  Follower too_late(feed, open, anna, 0, "page\n\n");
  CHECK(too_late.rest() == "page\n\n");
  Feed next_life(4);
  Follower from_before(next_life, open, anna, 3, "page\n\n");
  CHECK(from_before.rest() == "page\n\n");
}

TEST_CASE("a follower that does not read is cut off, and nobody waits for it", "[http][feed]") {
  FeedLimits limits;
  SECTION("when too much waits for it") { limits.waiting_bytes = 64 * 1024; }
  SECTION("when it takes nothing for too long") {
    limits.waiting_bytes = 100'000'000;
    limits.write_ms = 200;
  }
  Feed feed(0, limits);
  const Open open = no_connections();
  Follower asleep(feed, open, anna, 0);
  Follower awake(feed, open, ben, 0);
  REQUIRE(comes_about([&] { return feed.followers() == 2; }));
  const std::string long_subject(1000, 'x');
  for (int64_t sequence = 1; sequence <= 2000; ++sequence) feed.tell({change(sequence, anna, long_subject)});
  feed.tell({change(2001, ben)});
  CHECK(awake.until(event_text(change(2001, ben))) == event_text(change(2001, ben)));
  CHECK(comes_about([&] { return *open == 1; }));
  // What it reads at last is the beginning of its changes, without a gap.
  const std::string read = asleep.rest();
  CHECK(read.size() < 2000 * long_subject.size());
  CHECK(read.starts_with(events({change(1, anna, long_subject), change(2, anna, long_subject)})));
}

TEST_CASE("a slow follower that does read gets everything", "[http][feed]") {
  FeedLimits limits;
  limits.waiting_bytes = 1'000'000;
  Feed feed(0, limits);
  const Open open = no_connections();
  Follower slow(feed, open, anna, 0);
  std::vector<Change> changes;
  for (int64_t sequence = 1; sequence <= 300; ++sequence)
    changes.push_back(change(sequence, anna, std::string(1000, 'x')));
  feed.tell(changes);
  CHECK((slow.until(event_text(changes.back())) == events(changes)));
}

TEST_CASE("a silent stream has a heartbeat, which moves the cursor past what concerned others", "[http][feed]") {
  FeedLimits limits;
  limits.heartbeat_ms = 50;
  Feed feed(6, limits);
  const Open open = no_connections();
  Follower follower(feed, open, anna, 6);
  feed.tell({change(7, ben)});
  const std::string heard = follower.until(":\nid: 7\n\n");
  CHECK(heard.find("data:") == std::string::npos);
  CHECK(heard.ends_with(":\nid: 7\n\n"));
  SECTION("and never back behind the page that it has read") {
    Follower ahead(feed, open, anna, 9);
    CHECK(ahead.until(":\nid: 9\n\n") == ":\nid: 9\n\n");
  }
}

TEST_CASE("a stream ends after its time, so that its follower is asked anew who it is", "[http][feed]") {
  FeedLimits limits;
  limits.stream_ms = 50;
  limits.heartbeat_ms = 1000;
  Feed feed(0, limits);
  const Open open = no_connections();
  Follower follower(feed, open, anna, 0, "page\n\n");
  CHECK(follower.rest() == "page\n\n");
  CHECK(comes_about([&] { return *open == 0; }));
}

TEST_CASE("a follower that hangs up is forgotten at once", "[http][feed]") {
  Feed feed(0);
  const Open open = no_connections();
  Follower follower(feed, open, anna, 0);
  Follower other(feed, open, anna, 0);
  REQUIRE(comes_about([&] { return feed.followers() == 2; }));
  follower.hang_up();
  CHECK(comes_about([&] { return feed.followers() == 1 && *open == 1; }));
  feed.tell({change(1, anna)});
  CHECK(other.until("\n\n") == event_text(change(1, anna)));
  CHECK(other.hears_nothing_for(50));
}

TEST_CASE("a feed that is stopped has closed all its streams and takes no other", "[http][feed]") {
  Feed feed(0);
  const Open open = no_connections();
  std::vector<Follower> followers;
  for (int i = 0; i < 50; ++i) followers.emplace_back(feed, open, anna, 0);
  feed.stop();
  CHECK(*open == 0);
  for (Follower& each : followers) CHECK(each.rest().empty());
  Follower late(feed, open, anna, 0, "page\n\n");
  CHECK(late.rest().empty());
  CHECK(*open == 0);
  feed.tell({change(1, anna)});
}
