#include "shared/usecase/place_purchase.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <functional>
#include <utility>

#include "shared/usecase/cancel_order.hpp"
#include "shared/usecase/pay_purchase.hpp"
#include "tests/story/teller.hpp"

namespace sampan::story {
namespace {

using Place = std::function<Result<std::vector<UpstreamOrder>>(const PurchaseRequest&)>;

// A marketplace whose one call that buys goes another way.
class OddMarketplace final : public Marketplace {
 public:
  OddMarketplace(Marketplace& inner, Place place) : inner_(inner), place_(std::move(place)) {}
  MarketplaceName name() const override { return inner_.name(); }
  Result<SearchPage> search(const ProductSearch& search) override { return inner_.search(search); }
  Result<ProductReading> read_product(const ProductId& id) override { return inner_.read_product(id); }
  Result<PurchasePreview> preview_purchase(const PurchaseRequest& request) override {
    return inner_.preview_purchase(request);
  }
  Result<std::vector<UpstreamOrder>> place_purchase(const PurchaseRequest& request) override { return place_(request); }
  Result<std::vector<UpstreamOrder>> find_purchase(const PurchaseId& id) override { return inner_.find_purchase(id); }
  bool repeat_is_safe() const override { return inner_.repeat_is_safe(); }
  Duration listing_lag() const override { return inner_.listing_lag(); }
  Result<void> pay_order(const UpstreamOrderId& id) override { return inner_.pay_order(id); }
  Result<UpstreamOrder> read_order(const UpstreamOrderId& id) override { return inner_.read_order(id); }
  Result<void> cancel_order(const UpstreamOrderId& id) override { return inner_.cancel_order(id); }
  Result<void> request_refund(const UpstreamOrderId& id) override { return inner_.request_refund(id); }

 private:
  Marketplace& inner_;
  Place place_;
};

void pay_for_an_order(Teller& teller) {
  teller.finds_and_quotes();
  teller.orders();
  teller.pays();
}

size_t orders_under(Teller& teller, const PurchaseId& key) {
  const auto books = teller.world.market().books();
  const auto found = books.orders.find(key);
  return found == books.orders.end() ? 0 : found->second.size();
}

}  // namespace

TEST_CASE("after a lost answer nothing is bought again before the list of orders can be trusted", "[purchase]") {
  Teller teller;
  pay_for_an_order(teller);
  const PurchaseId id = teller.purchase_of(dress).purchase_id;
  World& world = teller.world;
  Ports ports = world.shop();
  SimulatedMarketplace market(MarketplaceName::alibaba1688, world.market(), [&world] { return world.now(); });
  OddMarketplace lossy(market, [&](const PurchaseRequest& request) -> Result<std::vector<UpstreamOrder>> {
    REQUIRE(market.place_purchase(request));
    return fail(ErrorCode::outcome_unknown, "No answer in time.");
  });
  ports.marketplace = [&](MarketplaceName) -> Marketplace* { return &lossy; };
  REQUIRE(place_purchase(ports, id));
  REQUIRE(orders_under(teller, id) == 1);
  REQUIRE(teller.purchase_of(dress).state == PurchaseState::placing);

  // Asked at once, the list does not have the order yet: the act waits, and buys nothing.
  const auto at_once = place_purchase(ports, id);
  REQUIRE(at_once);
  CHECK(at_once->again_at == world.now() + market.listing_lag());
  CHECK(orders_under(teller, id) == 1);

  world.pass(market.listing_lag());
  REQUIRE(place_purchase(ports, id));
  CHECK(teller.purchase_of(dress).state == PurchaseState::placed);
  CHECK(orders_under(teller, id) == 1);
}

TEST_CASE("an order that came out dearer than its preview is closed unpaid, and the shopper is asked", "[purchase]") {
  Teller teller;
  pay_for_an_order(teller);
  World& world = teller.world;
  const PurchaseId id = teller.purchase_of(dress).purchase_id;
  SimulatedMarketplace market(MarketplaceName::alibaba1688, world.market(), [&world] { return world.now(); });
  bool has_changed = false;
  OddMarketplace changing(market, [&](const PurchaseRequest& request) {
    if (!std::exchange(has_changed, true))
      REQUIRE(world.market().set_price(teller.sku(dress), price_of_fen(9990), world.now()));
    return market.place_purchase(request);
  });
  Ports ports = world.shop();
  ports.marketplace = [&](MarketplaceName) -> Marketplace* { return &changing; };

  // Closing within ten seconds is refused; the act says so and comes back.
  const auto too_soon = place_purchase(ports, id);
  REQUIRE(!too_soon);
  CHECK(too_soon.error().code == ErrorCode::retry_later);
  CHECK(teller.purchase_of(dress).state == PurchaseState::placing);

  world.pass(seconds(11));
  REQUIRE(place_purchase(ports, id));
  CHECK(teller.purchase_of(dress).state == PurchaseState::queued);
  REQUIRE(place_purchase(ports, id));
  CHECK(teller.purchase_of(dress).state == PurchaseState::held);
  CHECK(world.market().books().paid.minor == 0);
}

TEST_CASE("what is cancelled while it is being bought is asked back, or not bought at all", "[purchase]") {
  const bool is_made = GENERATE(true, false);
  CAPTURE(is_made);
  Teller teller;
  pay_for_an_order(teller);
  World& world = teller.world;
  const PurchaseId id = teller.purchase_of(dress).purchase_id;
  SimulatedMarketplace market(MarketplaceName::alibaba1688, world.market(), [&world] { return world.now(); });
  OddMarketplace lossy(market, [&](const PurchaseRequest& request) -> Result<std::vector<UpstreamOrder>> {
    if (is_made) REQUIRE(market.place_purchase(request));
    return fail(ErrorCode::outcome_unknown, "No answer in time.");
  });
  Ports ports = world.shop();
  ports.marketplace = [&](MarketplaceName) -> Marketplace* { return &lossy; };
  REQUIRE(place_purchase(ports, id));
  REQUIRE(teller.purchase_of(dress).state == PurchaseState::placing);

  REQUIRE(cancel_order(world.shop(), anna, teller.order_id));
  teller.is_followed_to_the_end();
  CHECK(teller.purchase_of(dress).state == (is_made ? PurchaseState::refunded : PurchaseState::cancelled));
  CHECK(teller.refunded().minor == teller.charged().minor);
  world.compare_books();
}

TEST_CASE("an order of a call that arrived later than anybody waited is closed, not paid", "[purchase]") {
  Teller teller;
  pay_for_an_order(teller);
  World& world = teller.world;
  const PurchaseId id = teller.purchase_of(dress).purchase_id;
  REQUIRE(place_purchase(world.shop(), id));
  const Purchase placed = teller.purchase_of(dress);
  REQUIRE(placed.state == PurchaseState::placed);
  const auto items = world.market().read_order(placed.bought.at(0).upstream_order_id, world.now());
  REQUIRE(items);
  const MarketOrderLine& line = items->lines.at(0);
  REQUIRE(world.market().create(id, {{line.product_id, line.sku_id, line.order_key, line.quantity}}, world.now()));
  world.pass(seconds(20));

  REQUIRE(pay_purchase(world.shop(), id));
  CHECK(teller.purchase_of(dress).state == PurchaseState::paid);
  const auto books = world.market().books();
  int64_t paid = 0;
  int64_t closed = 0;
  for (const MarketOrder& order : books.orders.at(id)) {
    paid += order.state == UpstreamState::paid ? 1 : 0;
    closed += order.state == UpstreamState::closed ? 1 : 0;
  }
  CHECK(paid == 1);
  CHECK(closed == 1);
}

}  // namespace sampan::story
