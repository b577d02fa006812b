#include "proxy/database/group_writer.hpp"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <thread>
#include <vector>

namespace sampan {
namespace {

Result<int64_t> count(Database& database) {
  return transact<int64_t>(database, [](Transaction& tx) -> Result<int64_t> {
    TRY(const auto rows, tx.select("select count(*) from cart", {}));
    return rows.at(0).integer(0);
  });
}

Work insert(std::string id) {
  return [id = std::move(id)](Transaction& tx) -> Result<void> {
    TRY_DO(tx.run("insert into cart (cart_id, shopper_id, version, document) values (?, 's', 0, '{}')", {id}));
    return done();
  };
}

}  // namespace

TEST_CASE("writers that come together are committed together, each whole", "[threads][database]") {
  constexpr int writers = 16;
  constexpr int each = 50;
  const auto sqlite = SqliteDatabase::open(":memory:");
  REQUIRE(sqlite);
  GroupWriter writer(**sqlite);
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < writers; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < each; ++i)
        if (!writer.transact(insert(std::to_string(t) + "-" + std::to_string(i)))) ++refused;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(refused == 0);
  CHECK(count(writer) == writers * each);
  CHECK(writer.commits() < writers * each);
}

TEST_CASE("one who fails in a group is undone alone and hears why", "[threads][database]") {
  const auto sqlite = SqliteDatabase::open(":memory:");
  REQUIRE(sqlite);
  GroupWriter writer(**sqlite);
  REQUIRE(writer.transact(insert("taken")));
  std::atomic<int> conflicts = 0;
  std::atomic<int> stored = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 25; ++i) {
        const auto answer = writer.transact([&](Transaction& tx) -> Result<void> {
          TRY_DO(insert(std::to_string(t) + "-" + std::to_string(i))(tx));
          return i % 5 == 0 ? insert("taken")(tx) : done();
        });
        if (answer)
          ++stored;
        else if (answer.error().code == ErrorCode::conflict)
          ++conflicts;
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(conflicts == 8 * 5);
  CHECK(stored == 8 * 20);
  CHECK(count(writer) == 1 + 8 * 20);
}

TEST_CASE("what was given before the end is still done", "[threads][database]") {
  const auto sqlite = SqliteDatabase::open(":memory:");
  REQUIRE(sqlite);
  {
    GroupWriter writer(**sqlite);
    REQUIRE(writer.transact(insert("last")));
  }
  CHECK(count(**sqlite) == 1);
}

TEST_CASE("what is announced is told after its commit, once, in the order of sequences", "[threads][database]") {
  constexpr int writers = 8;
  constexpr int each = 25;
  const auto sqlite = SqliteDatabase::open(":memory:");
  REQUIRE(sqlite);
  const auto say = [](std::string subject, bool is_kept) -> Work {
    return [subject = std::move(subject), is_kept](Transaction& tx) -> Result<void> {
      TRY_DO(announce(tx, ChangeKind::order, subject, ShopperId{"s"}, Instant{0}));
      return is_kept ? done() : fail(ErrorCode::conflict, "Not this one.");
    };
  };
  REQUIRE((*sqlite)->transact(say("before", true)));
  std::vector<Change> told;  // the writing thread's, until it has ended
  {
    GroupWriter writer(**sqlite, 1, [&](std::vector<Change> changes) {
      CHECK_FALSE(changes.empty());
      for (Change& change : changes) told.push_back(std::move(change));
    });
    std::vector<std::thread> threads;
    for (int t = 0; t < writers; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < each; ++i) {
          (void)writer.transact(say(std::to_string(t) + "-" + std::to_string(i), i % 5 != 0));
          (void)writer.transact([](Transaction&) { return done(); });
        }
      });
    for (std::thread& thread : threads) thread.join();
  }
  CHECK(told.size() == writers * each * 4 / 5);
  const auto all = transact<std::vector<Change>>(**sqlite, [](Transaction& tx) { return list_all_changes(tx, 1); });
  REQUIRE(all);
  REQUIRE(all->size() == told.size());
  for (size_t i = 0; i < told.size(); ++i) {
    CHECK(told[i].sequence == (*all)[i].sequence);
    CHECK(told[i].subject == (*all)[i].subject);
  }
}

}  // namespace sampan
