// What the simulated 1688 asks for a basket, and which baskets it refuses.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/simulator/refusal.hpp"
#include "tests/unit/marketplace/small_market.hpp"

namespace sampan {
namespace {

using namespace small_market;

TEST_CASE("a basket costs what the seller's price rule says", "[simulator]") {
  struct Case {
    const char* why;
    std::vector<PurchaseItem> items;
    int64_t goods_fen;
    int64_t freight_fen;
  };
  const Case c = GENERATE(values<Case>({
      {"each colour has its price", {white_cup, blue_cup}, 2 * 990 + 2 * 1200, 600},
      {"the first tier", {tee_m}, 5 * 2540, 0},
      {"one below the second tier", {so_many(tee_m, 24)}, 24 * 2540, 0},
      {"the second tier", {so_many(tee_m, 25)}, 25 * 2375, 0},
      {"sizes count together for a tier", {so_many(tee_m, 20), so_many(tee_l, 5)}, 25 * 2375, 0},
      {"the last tier", {so_many(tee_m, 250)}, 250 * 2190, 0},
      {"without variants, by tiers", {hourglass}, 12 * 960, 800},
      {"at the second tier and free over the threshold", {so_many(hourglass, 60)}, 60 * 865, 0},
      {"flat freight", {socks}, 10 * 99, 500},
      {"two freight templates are two parcels", {white_cup, hourglass}, 2 * 990 + 12 * 960, 400 + 800},
  }));
  CAPTURE(c.why);
  SimulatedMarket world = market();
  const auto basket = world.preview(c.items, opening);
  REQUIRE(basket);
  CHECK(basket->goods_fen == c.goods_fen);
  CHECK(basket->freight_fen == c.freight_fen);
}

TEST_CASE("freight follows its template", "[simulator]") {
  using K = FreightKind;
  struct Case {
    const char* why;
    DomesticFreight freight;
    int64_t goods_fen;
    int64_t grams;
    int64_t fen;
  };
  const DomesticFreight by_weight{K::first_step, 0, 400, 1000, 500, 150};
  const Case c = GENERATE_COPY(values<Case>({
      {"free", {K::free, 0, 0, 0, 0, 0}, 1, 90'000, 0},
      {"flat", {K::flat, 0, 700, 0, 0, 0}, 1, 90'000, 700},
      {"just below the threshold", {K::free_over, 9900, 700, 0, 0, 0}, 9899, 1, 700},
      {"at the threshold", {K::free_over, 9900, 700, 0, 0, 0}, 9900, 1, 0},
      {"no weight", by_weight, 1, 0, 400},
      {"the whole first step", by_weight, 1, 1000, 400},
      {"a begun step counts whole", by_weight, 1, 1001, 550},
      {"two whole steps", by_weight, 1, 2000, 700},
  }));
  CAPTURE(c.why);
  CHECK(domestic_freight_fen(c.freight, c.goods_fen, c.grams) == c.fen);
}

TEST_CASE("a basket that 1688 would refuse is refused with its code", "[simulator]") {
  struct Case {
    const char* why;
    std::vector<PurchaseItem> items;
    ErrorCode code;
    std::string_view platform_code;
  };
  PurchaseItem no_such_spec = white_cup;
  no_such_spec.order_key = "ffff";
  PurchaseItem spec_missing = white_cup;
  spec_missing.order_key = "";
  PurchaseItem spec_unasked = hourglass;
  spec_unasked.order_key = "cccc0000cccc0000cccc0000cccc0001";
  const PurchaseItem no_such_product{{"700000000009"}, {"1"}, "", 1};
  const Case c = GENERATE_COPY(values<Case>({
      {"nothing", {}, ErrorCode::bad_request, "400"},
      {"51 lines", std::vector<PurchaseItem>(51, white_cup), ErrorCode::bad_request, "400"},
      {"no pieces", {so_many(white_cup, 0)}, ErrorCode::bad_request, "400"},
      {"less than none", {so_many(white_cup, -2)}, ErrorCode::bad_request, "400"},
      {"beyond all sense", {so_many(tee_m, 1'000'001)}, ErrorCode::bad_request, "400"},
      {"an unknown product", {no_such_product}, ErrorCode::not_found, "404"},
      {"an unknown spec", {no_such_spec}, ErrorCode::bad_request, "500_003"},
      {"a missing spec", {spec_missing}, ErrorCode::bad_request, "500_003"},
      {"a spec of what has no variants", {spec_unasked}, ErrorCode::bad_request, "500_003"},
      {"two sellers", {white_cup, tee_m}, ErrorCode::bad_request, "500_002"},
      {"more than there are", {so_many(blue_cup, 4)}, ErrorCode::sold_out, "500_004"},
      {"below the MOQ", {so_many(white_cup, 1)}, ErrorCode::below_moq, "500_005"},
      {"below the MOQ and the mixed batch", {so_many(tee_m, 4)}, ErrorCode::below_moq, "500_006"},
      {"half a lot", {so_many(hourglass, 6)}, ErrorCode::not_a_lot, "500_009"},
      {"not whole lots", {so_many(hourglass, 13)}, ErrorCode::not_a_lot, "500_009"},
  }));
  CAPTURE(c.why);
  SimulatedMarket world = market();
  for (const auto& refused : {world.preview(c.items, opening).map([](const Basket&) { return 0; }),
                              world.create({"pur_1"}, c.items, opening).map([](const MarketOrder&) { return 0; })}) {
    REQUIRE_FALSE(refused);
    CAPTURE(refused.error().context);
    CHECK(word(refused.error().code) == word(c.code));
    CHECK(refused.error().context.rfind(std::string(c.platform_code) + " ", 0) == 0);
  }
  CHECK(world.books().orders.empty());
}

TEST_CASE("a mixed batch with one seller waives a product's MOQ", "[simulator]") {
  struct Case {
    const char* why;
    std::vector<PurchaseItem> items;
    bool is_sold;
  };
  const Case c = GENERATE(values<Case>({
      {"alone below it", {so_many(tee_m, 3)}, false},
      {"by pieces: 3 + 10", {so_many(tee_m, 3), so_many(socks, 10)}, true},
      {"by pieces of another size, that is no waiver but the MOQ", {so_many(tee_m, 3), so_many(tee_l, 2)}, true},
  }));
  CAPTURE(c.why);
  SimulatedMarket world = market();
  CHECK(world.preview(c.items, opening).has_value() == c.is_sold);
}

TEST_CASE("a mixed batch counts by its amount too", "[simulator]") {
  SimulatedMarket world = market();
  REQUIRE(world.set_price(tee_m.product_id, price_of_fen(4999), opening));
  CHECK_FALSE(world.preview({so_many(tee_m, 4)}, opening));
  REQUIRE(world.set_price(tee_m.product_id, price_of_fen(5000), opening));
  CHECK(world.preview({so_many(tee_m, 4)}, opening));
}

TEST_CASE("a price below a fen is rounded once, on the line", "[simulator]") {
  SimulatedMarket world = market();
  REQUIRE(world.set_price(socks.sku_id, UnitPrice{650}, opening));
  CHECK(world.preview({so_many(socks, 10)}, opening)->goods_fen == 65);
  REQUIRE(world.set_price(socks.sku_id, UnitPrice{655}, opening));
  CHECK(world.preview({so_many(socks, 10)}, opening)->goods_fen == 66);
  CHECK(world.preview({so_many(socks, 30)}, opening)->goods_fen == 196);
}

TEST_CASE("an order keeps its price when the seller's changes", "[simulator]") {
  SimulatedMarket world = market();
  const auto order = world.create({"pur_1"}, {white_cup}, opening);
  REQUIRE(world.set_price(white_cup.sku_id, price_of_fen(5000), opening));
  CHECK(world.read_order(order->upstream_order_id, opening)->goods_fen == 1980);
  CHECK(world.preview({white_cup}, opening)->goods_fen == 10'000);
}

TEST_CASE("every refusal has one row", "[simulator]") {
  for (size_t i = 0; i < refusals.size(); ++i) CHECK(static_cast<size_t>(refusals[i].refusal) == i);
}

}  // namespace
}  // namespace sampan
