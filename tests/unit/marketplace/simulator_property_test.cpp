// What holds on the simulated 1688 whatever buyers, sellers and time do to it: nothing is oversold, no fen is made or lost.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_all.hpp>
#include <map>

#include "shared/marketplace/simulator/fate.hpp"
#include "tests/unit/marketplace/small_market.hpp"

namespace sampan {
namespace {

using namespace small_market;

// A run of acts that a seed decides.
class Crowd {
 public:
  explicit Crowd(int64_t seed, SimulatedMarket& market) : seed_(seed), market_(market) {}

  void act() {
    now_ = now_ + seconds(below(40'000));
    switch (below(8)) {
      case 0:
      case 1:
      case 2: return place();
      case 3: return (void)market_.pay(any_order(), now_);
      case 4: return (void)market_.cancel(any_order(), now_);
      case 5: return (void)market_.request_refund(any_order(), now_);
      case 6: return (void)market_.seller_closes(any_order(), now_);
      default: return market_.advance(now_);
    }
  }

  Instant now() const { return now_; }

 private:
  int64_t below(int64_t count) { return fate_below(count, seed_, std::to_string(++draws_)); }

  void place() {
    const PurchaseItem& cup = below(2) == 0 ? white_cup : blue_cup;
    const PurchaseItem item = below(3) == 0 ? so_many(hourglass, 12 * (1 + below(20))) : so_many(cup, 1 + below(30));
    const auto order = market_.create({"pur_" + std::to_string(below(20))}, {item}, now_);
    if (order) orders_.push_back(order->upstream_order_id);
  }

  UpstreamOrderId any_order() {
    if (orders_.empty()) return {"none"};
    return orders_[static_cast<size_t>(below(static_cast<int64_t>(orders_.size())))];
  }

  int64_t seed_;
  SimulatedMarket& market_;
  int64_t draws_ = 0;
  Instant now_ = opening;
  std::vector<UpstreamOrderId> orders_;
};

// Pieces that live orders hold, by SKU.
std::map<SkuId, int64_t> held(const MarketBooks& books) {
  std::map<SkuId, int64_t> pieces;
  for (const auto& [key, orders] : books.orders)
    for (const MarketOrder& order : orders)
      if (!is_final(market_order_transitions, order.state))
        for (const MarketOrderLine& line : order.lines) pieces[line.sku_id] += line.quantity;
  return pieces;
}

int64_t stock(SimulatedMarket& market, const PurchaseItem& item, Instant now) {
  const auto view = market.read_offer(item.product_id, now);
  for (const SkuOffer& sku : view->offer.skus)
    if (sku.sku_id == item.sku_id) return sku.level.quantity;
  return -1;
}

void check_money(const MarketBooks& books) {
  CHECK(books.balance.minor >= 0);
  CHECK(books.balance.minor == books.deposited.minor - books.paid.minor + books.refunded.minor);
}

void check_each_order(const MarketBooks& books) {
  for (const auto& [key, orders] : books.orders)
    for (const MarketOrder& order : orders) {
      CHECK((order.paid_fen == 0 || order.paid_fen == total_fen(order)));
      CHECK(order.refunded_fen == (order.state == UpstreamState::refunded ? order.paid_fen : 0));
    }
}

TEST_CASE("nothing is oversold and no fen is lost, whatever happens", "[simulator]") {
  const int64_t seed = GENERATE(range(1, 21));
  CAPTURE(seed);
  SimulatedMarket world = market();
  Crowd crowd(seed, world);
  int64_t refusals_for_stock = 0;
  for (int step = 0; step < 400; ++step) {
    crowd.act();
    const MarketBooks books = world.books();
    const auto pieces = held(books);
    for (const auto& [item, opened_with] : {std::pair(white_cup, 100), {blue_cup, 3}, {hourglass, 600}}) {
      const int64_t left = stock(world, item, crowd.now());
      CAPTURE(step, item.sku_id.value);
      CHECK(left >= 0);
      const auto taken = pieces.find(item.sku_id);
      CHECK(left + (taken == pieces.end() ? 0 : taken->second) == opened_with);
    }
    check_money(books);
    if (!world.preview({so_many(white_cup, 30)}, crowd.now())) ++refusals_for_stock;
  }
  check_each_order(world.books());
  CHECK(refusals_for_stock > 0);  // else the run never came near the end of the stock
  CHECK(world.books().paid.minor > 0);
}

TEST_CASE("a market with other buyers in it is never short of less than nothing", "[simulator]") {
  const int64_t seed = GENERATE(range(1, 6));
  CAPTURE(seed);
  MarketRules lively = quiet_rules();
  lively.others_trade = true;
  lively.seed = seed;
  SimulatedMarket world = market(lively);
  Crowd crowd(seed, world);
  for (int step = 0; step < 400; ++step) {
    crowd.act();
    for (const PurchaseItem& item : {white_cup, blue_cup, hourglass}) CHECK(stock(world, item, crowd.now()) >= 0);
    check_money(world.books());
  }
  CHECK(opening + days(30) < crowd.now());
}

TEST_CASE("the same seed is the same world", "[simulator]") {
  MarketRules lively = quiet_rules();
  lively.others_trade = true;
  const auto run = [&](int64_t seed) {
    SimulatedMarket world = market(lively);
    Crowd crowd(seed, world);
    for (int step = 0; step < 200; ++step) crowd.act();
    return world.save();
  };
  CHECK(run(7) == run(7));
  CHECK_FALSE(run(7) == run(8));
}

}  // namespace
}  // namespace sampan
