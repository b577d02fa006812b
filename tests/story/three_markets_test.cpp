// A cart of three sellers on three marketplaces, two of which refuse a repeat by themselves and one of which does not.
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "shared/usecase/search_products.hpp"
#include "tests/story/struck.hpp"

namespace sampan::story {
namespace {

const ProductKey shirt{MarketplaceName::taobao, ProductId{"831811722580"}};
const ProductKey slippers{MarketplaceName::jd, ProductId{"100096281024"}};

Ending bought_on_three_markets(Teller& teller) {
  teller.wishes = {{shirt, 1}, {dress, 2}, {slippers, 1}};
  teller.finds_and_quotes();
  teller.orders();
  teller.pays();
  teller.warehouse_receives();
  teller.warehouse_packs();
  teller.is_followed_to_the_end();
  return ending_of(teller);
}

}  // namespace

TEST_CASE("a cart of three sellers on three markets becomes three purchases", "[story]") {
  Teller teller;
  const Ending ending = bought_on_three_markets(teller);
  CHECK(ending.stage == JourneyStage::delivered);
  CHECK(ending.refunded_minor == 0);
  std::set<MarketplaceName> markets;
  for (const Purchase& purchase : teller.world.purchases(teller.order_id)) {
    markets.insert(purchase.seller.marketplace);
    CHECK(purchase.bought.size() == 1);
  }
  CHECK(teller.world.purchases(teller.order_id).size() == 3);
  CHECK(markets.size() == 3);
  for (const SimulatedMarket* const market : teller.world.markets()) CHECK(market->books().paid.minor > 0);
}

TEST_CASE("what JD's pool does not have can be looked at, but not be bought", "[story]") {
  Teller teller;
  const ProductKey jeans{MarketplaceName::jd, ProductId{"10074328254802"}};
  teller.world.act("Anna looks at it", [&]() -> Result<void> {
    TRY(const ProductReading reading, read_product(teller.world.shop(), jeans));
    CHECK_FALSE(reading.product.is_buyable);
    return done();
  });
  const auto added = add_to_cart(teller.world.shop(), anna, {CartId{}, jeans, teller.sku(jeans), 1, {}});
  REQUIRE_FALSE(added);
  CHECK(added.error().code == ErrorCode::not_offered);
}

TEST_CASE("an order on three markets ends the same wherever the shop is struck", "[story][struck]") {
  strike_everywhere(bought_on_three_markets);
}

}  // namespace sampan::story
