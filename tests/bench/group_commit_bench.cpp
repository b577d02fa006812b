// Orders that are durable in a second: one by one, and by 32 writers whose commits are grouped.
//
// Budget  grouped ≥ 2x one by one on the same disk in the same run (performance.md's floor has 6x for its 17 rows)
// An order here is what place_order writes beside its quote: order, payment, two jobs, two lines of the feed.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "proxy/database/group_writer.hpp"
#include "shared/database/outbox.hpp"

namespace {

using namespace sampan;

constexpr int writers = 32;
const std::string document(4000, 'x');

Work place(const std::string& id) {
  return [id](Transaction& tx) -> Result<void> {
    TRY_DO(tx.run(R"(insert into orders (order_id, number, shopper_id, quote_id, state, version, document)
                     values (?, ?, 's', ?, 'awaiting_payment', 0, ?))",
                  {id, id, id, document}));
    TRY_DO(tx.run(R"(insert into payment (payment_id, order_id, state, version, document)
                     values (?, ?, 'created', 0, '{}'))",
                  {id, id}));
    for (const JobKind kind : {JobKind::request_payment, JobKind::expire_payment})
      TRY_DO(enqueue(tx, JobId{id + std::string(word(kind))}, kind, id, Instant{0}));
    for (const ChangeKind kind : {ChangeKind::order, ChangeKind::payment})
      TRY_DO(announce(tx, kind, id, ShopperId{"s"}, Instant{0}));
    return done();
  };
}

// Orders a second, each answered after its commit.
double rate(Database& database, const std::string& round, int threads, int each) {
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::thread> running;
  for (int t = 0; t < threads; ++t)
    running.emplace_back([&, t] {
      for (int i = 0; i < each; ++i)
        if (!database.transact(place(round + "-" + std::to_string(t) + "-" + std::to_string(i)))) std::abort();
    });
  for (std::thread& thread : running) thread.join();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  return threads * each / took.count();
}

}  // namespace

int main() {
  std::string folder = (std::filesystem::current_path() / "build/bench/group-XXXXXX").string();
  std::filesystem::create_directories("build/bench");
  if (mkdtemp(folder.data()) == nullptr) return 1;
  double worst = 1e9;
  {
    auto sqlite = SqliteDatabase::open(folder + "/shop.sqlite");
    if (!sqlite) return 1;
    GroupWriter grouped(**sqlite);
    for (int round = 0; round < 5; ++round) {
      const double one_by_one = rate(grouped, "a" + std::to_string(round), 1, 500);
      const double together = rate(grouped, "b" + std::to_string(round), writers, 200);
      worst = std::min(worst, together / one_by_one);
      std::printf(
          R"({"figure":"durable_orders_per_second","value":%.0f,"unit":"1/s","writers":%d,"one_writer":%.0f,"ratio":%.2f})"
          "\n",
          together, writers, one_by_one, together / one_by_one);
    }
  }
  std::filesystem::remove_all(folder);
  return worst >= 2 ? 0 : 1;
}
