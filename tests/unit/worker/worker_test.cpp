#include "proxy/worker/worker.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <future>

#include "proxy/database/group_writer.hpp"
#include "shared/database/outbox.hpp"
#include "tests/story/world.hpp"

using namespace sampan;

TEST_CASE("jobs are done by threads, each once, until the shop ends", "[threads][worker]") {
  const auto sqlite = SqliteDatabase::open(":memory:");
  REQUIRE(sqlite);
  GroupWriter database(**sqlite);
  SimulatedProvider provider([] { return Instant{1}; });
  SimulatedCarrier carrier({{1, cny()}, 1, 1}, [] { return Instant{1}; });
  Ports ports{database,
              [] { return Instant{1'000'000}; },
              [] { return Randomness{1, 2}; },
              [](MarketplaceName) -> Marketplace* { return nullptr; },
              provider,
              carrier,
              [] { return Result<RateTable>(RateTable{}); },
              story::terms()};
  // Acts on what does not exist: each job is parked with its reason, which shows that it was run.
  REQUIRE(database.transact([](Transaction& tx) -> Result<void> {
    for (int i = 0; i < 40; ++i)
      TRY_DO(enqueue(tx, JobId{"job_" + std::to_string(i)}, JobKind::pay_purchase, "pur_" + std::to_string(i),
                     Instant{0}));
    return done();
  }));
  {
    const Worker worker(ports, 4);
    const auto all_parked = [&] {
      const auto parked =
          transact<std::vector<ParkedJob>>(database, [](Transaction& tx) { return list_parked_jobs(tx); });
      return parked && parked->size() == 40;
    };
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!all_parked() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    CHECK(all_parked());
  }
  const auto parked = transact<std::vector<ParkedJob>>(database, [](Transaction& tx) { return list_parked_jobs(tx); });
  REQUIRE(parked);
  for (const ParkedJob& job : *parked) CHECK(job.reason.find("not_found") == 0);
}
