// A story's world: the marketplace, the payment provider and the carrier live on, whatever happens to the shop; the
// shop dies at a fault and is started again on the same file.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/database/sqlite.hpp"
#include "shared/marketplace/simulator/simulated_marketplace.hpp"
#include "shared/order/order.hpp"
#include "shared/page/journey.hpp"
#include "shared/payment/simulator/simulated_provider.hpp"
#include "shared/purchase/purchase.hpp"
#include "shared/tracking/simulator/simulated_carrier.hpp"
#include "shared/usecase/ports.hpp"
#include "tests/story/faults.hpp"

namespace sampan::story {

class World {
 public:
  explicit World(Fault fault = {});
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  Ports& shop() { return *ports_; }
  SimulatedMarket& market(MarketplaceName name = MarketplaceName::alibaba1688) { return upstream(name).market; }
  std::vector<const SimulatedMarket*> markets() const;
  SimulatedProvider& provider() { return provider_; }
  SimulatedCarrier& carrier() { return carrier_; }
  Faults& faults() { return faults_; }
  Instant now() const { return now_; }
  void pass(Duration span) { now_ = now_ + span; }

  // Somebody does something with the shop. When the shop dies or does not answer in it, it is started again and they do
  // it again.
  void act(const char* what, const std::function<Result<void>()>& deed);

  // The shop's jobs run and time passes, until `goal` holds; fails the test when it does not within a year.
  void until(const char* what, const std::function<bool()>& goal);
  // No job is left, but what only waits for a person.
  void until_idle();

  // What the shop's file says, read past all faults.
  template <class T>
  T stored(const std::function<Result<T>(Transaction&)>& load) {
    const auto loaded = transact<T>(*database_, load);
    if (!loaded) fail_test(loaded.error());
    return *loaded;
  }
  std::vector<Purchase> purchases(const OrderId& order_id);
  Journey journey_of(const OrderId& order_id);

  // Ours against theirs: market, provider and carrier, to the cent; nothing bought, booked or refunded twice.
  void compare_books();

 private:
  // A marketplace and the shop's way to it.
  struct Upstream {
    SimulatedMarket market;
    SimulatedMarketplace marketplace;
    StruckMarketplace struck;
    Upstream(MarketplaceName name, const Instant& now, Faults& faults);
  };
  Upstream& upstream(MarketplaceName name);
  void start();
  bool run_a_job();
  [[noreturn]] static void fail_test(const Error& error);

  Instant now_;
  uint64_t random_ = 1;
  std::filesystem::path folder_;
  SimulatedProvider provider_;
  SimulatedCarrier carrier_;
  Faults faults_;
  std::vector<std::unique_ptr<Upstream>> upstreams_;
  StruckProvider struck_provider_;
  StruckCarrier struck_carrier_;
  std::unique_ptr<SqliteDatabase> database_;
  std::unique_ptr<StruckDatabase> struck_database_;
  std::unique_ptr<Ports> ports_;
};

// The rules, rate cards and goods classes of assets/rules, and terms like those of trade.md's examples.
const TradeTerms& terms();

}  // namespace sampan::story
