// What the shop buys when price and stock are not what they were: by the line's policy, step after step.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <functional>
#include <map>
#include <random>

#include "shared/purchase/purchase.hpp"

namespace sampan {
namespace {

constexpr Instant now{1'795'000'000'000};
const ProductKey dress{MarketplaceName::alibaba1688, {"600"}};

UnitPrice yuan(int64_t yuan) { return price_of_fen(yuan * 100); }
StockLevel some(int64_t quantity) { return {StockKnowledge::number, quantity}; }

// A product of SKUs "red", "blue" and "green", each at ¥10 and with ten pieces.
ProductReading reading() {
  ProductReading reading;
  reading.product.key = dress;
  for (const char* const name : {"red", "blue", "green"}) {
    Sku sku;
    sku.sku_id = {name};
    sku.order_key = std::string("spec-") + name;
    sku.unit_price = yuan(10);
    reading.product.skus.push_back(sku);
    reading.stock.push_back({{name}, some(10)});
  }
  return reading;
}

Sku& sku(ProductReading& reading, const SkuId& id) {
  for (Sku& each : reading.product.skus)
    if (each.sku_id == id) return each;
  FAIL("no such SKU");
  return reading.product.skus.front();
}

void set_stock(ProductReading& reading, const SkuId& id, StockLevel level) {
  for (SkuStock& each : reading.stock)
    if (each.sku_id == id) each.level = level;
}

PurchaseLine line(const std::string& sku_id, int64_t quantity, LinePolicy policy = {}) {
  PurchaseLine line;
  line.order_line_id = {"oln_" + sku_id};
  line.product = dress;
  line.sku_id = {sku_id};
  line.order_key = "spec-" + sku_id;
  line.quantity = quantity;
  line.unit_price = yuan(10);
  line.policy = std::move(policy);
  return line;
}

Purchase purchase_of(std::vector<PurchaseLine> lines) {
  Purchase purchase;
  purchase.quoted_freight = {600, cny()};
  purchase.lines = std::move(lines);
  return purchase;
}

PurchasePlan planned(const Purchase& purchase, const std::vector<ProductReading>& readings) {
  const auto plan = plan_purchase(purchase, readings, now);
  REQUIRE(plan);
  return *plan;
}
PurchasePlan planned(std::vector<PurchaseLine> lines, const ProductReading& reading) {
  return planned(purchase_of(std::move(lines)), {reading});
}

LinePolicy substitutes(std::vector<SkuId> ids) {
  LinePolicy policy;
  policy.substitutes = std::move(ids);
  return policy;
}
LinePolicy takes_fewer() {
  LinePolicy policy;
  policy.may_take_fewer = true;
  return policy;
}
LinePolicy waits(int64_t days) {
  LinePolicy policy;
  policy.wait_days = days;
  return policy;
}
LinePolicy ceiling(UnitPrice price) {
  LinePolicy policy;
  policy.ceiling = price;
  return policy;
}

using Losses = std::vector<LineLoss>;

}  // namespace

TEST_CASE("what is there at its price is bought as it was ordered", "[plan_purchase]") {
  const PurchasePlan plan = planned({line("red", 2), line("blue", 10)}, reading());
  CHECK(plan.act == PlanAct::buy);
  CHECK(plan.lines[0].quantity == 2);
  CHECK(plan.lines[1].quantity == 10);
  CHECK(plan.losses.empty());
  CHECK(plan.why.empty());
  CHECK(!plan.cancels_set);
}

TEST_CASE("unknown stock and plenty are tried: the marketplace's preview decides", "[plan_purchase]") {
  ProductReading offer = reading();
  set_stock(offer, {"red"}, {StockKnowledge::unknown, 0});
  set_stock(offer, {"blue"}, {StockKnowledge::plenty, 0});
  offer.stock.pop_back();  // green: the seller names no stock
  const PurchasePlan plan = planned({line("red", 500), line("blue", 500), line("green", 500)}, offer);
  CHECK(plan.act == PlanAct::buy);
  CHECK(plan.losses.empty());
}

TEST_CASE("without a policy a line that is short is given up whole", "[plan_purchase]") {
  struct Case {
    const char* why;
    std::function<void(ProductReading&)> change;
  };
  const Case c = GENERATE(values<Case>({
      {"none left", [](ProductReading& r) { set_stock(r, {"red"}, some(0)); }},
      {"one too few", [](ProductReading& r) { set_stock(r, {"red"}, some(4)); }},
      {"the product is off sale", [](ProductReading& r) { r.product.is_on_sale = false; }},
      {"the SKU is gone", [](ProductReading& r) { r.product.skus.erase(r.product.skus.begin()); }},
  }));
  CAPTURE(c.why);
  ProductReading offer = reading();
  c.change(offer);
  const PurchasePlan plan = planned({line("red", 5)}, offer);
  CHECK(plan.act == PlanAct::buy);
  CHECK(plan.lines[0].quantity == 0);
  CHECK(plan.losses == Losses{LineLoss::sold_out});
  CHECK(plan.why.size() == 1);
}

TEST_CASE("the first substitute that has all pieces and is not dearer is bought", "[plan_purchase]") {
  struct Case {
    const char* why;
    StockLevel blue;
    int64_t blue_yuan;
    StockLevel green;
    const char* bought;  // empty: given up
  };
  const Case c = GENERATE(values<Case>({
      {"the best of the list", some(5), 10, some(5), "blue"},
      {"a cheaper one is welcome", some(5), 8, some(5), "blue"},
      {"a dearer one is skipped", some(5), 11, some(5), "green"},
      {"one that is short is skipped", some(4), 10, some(5), "green"},
      {"unknown stock is tried", {StockKnowledge::unknown, 0}, 10, some(5), "blue"},
      {"none will do", some(4), 10, some(0), ""},
  }));
  CAPTURE(c.why);
  ProductReading offer = reading();
  set_stock(offer, {"red"}, some(0));
  set_stock(offer, {"blue"}, c.blue);
  set_stock(offer, {"green"}, c.green);
  sku(offer, {"blue"}).unit_price = yuan(c.blue_yuan);
  const PurchasePlan plan = planned({line("red", 5, substitutes({{"grey"}, {"blue"}, {"green"}}))}, offer);
  CHECK(plan.act == PlanAct::buy);
  const std::string bought = c.bought;
  CHECK(plan.lines[0].quantity == (bought.empty() ? 0 : 5));
  if (bought.empty()) {
    CHECK(plan.losses == Losses{LineLoss::sold_out});
  } else {
    CHECK(plan.lines[0].sku_id == SkuId{bought});
    CHECK(plan.lines[0].order_key == "spec-" + bought);
    CHECK(plan.lines[0].unit_price == sku(offer, {bought}).unit_price);
    CHECK(plan.losses.empty());
  }
}

TEST_CASE("steps are tried in their order: substitutes, fewer, wait", "[plan_purchase]") {
  LinePolicy policy = substitutes({{"blue"}});
  policy.may_take_fewer = true;
  policy.wait_days = 3;
  ProductReading offer = reading();
  set_stock(offer, {"red"}, some(4));
  CHECK(planned({line("red", 5, policy)}, offer).lines[0].sku_id == SkuId{"blue"});
  set_stock(offer, {"blue"}, some(4));
  CHECK(planned({line("red", 5, policy)}, offer).lines[0].quantity == 4);
  set_stock(offer, {"red"}, some(0));
  CHECK(planned({line("red", 5, policy)}, offer).act == PlanAct::wait);
}

TEST_CASE("fewer are taken only as many as the seller sells", "[plan_purchase]") {
  struct Case {
    const char* why;
    int64_t there;
    int64_t moq;
    int64_t lot;
    int64_t other;  // pieces of another SKU of the product in the same purchase
    int64_t taken;
    int64_t other_taken;
  };
  const Case c = GENERATE(values<Case>({
      {"what there is", 7, 1, 1, 0, 7, 0},
      {"under the MOQ none", 4, 5, 1, 0, 0, 0},
      {"exactly the MOQ", 5, 5, 1, 0, 5, 0},
      {"the MOQ counts over the whole product", 4, 5, 1, 1, 4, 1},
      {"whole lots", 7, 1, 4, 0, 4, 0},
      {"not one lot", 3, 1, 4, 0, 0, 0},
      {"a lot counts over the whole product", 6, 1, 6, 9, 3, 9},
      {"the lot cut down falls under the MOQ", 7, 6, 4, 0, 0, 0},
      {"none there is nothing taken", 0, 1, 1, 0, 0, 0},
  }));
  CAPTURE(c.why);
  ProductReading offer = reading();
  offer.product.moq = c.moq;
  offer.product.lot_size = c.lot;
  set_stock(offer, {"red"}, some(c.there));
  std::vector<PurchaseLine> lines{line("red", 9, takes_fewer())};
  if (c.other > 0) lines.push_back(line("blue", c.other));
  const PurchasePlan plan = planned(lines, offer);
  CHECK(plan.act == PlanAct::buy);
  CHECK(plan.lines[0].quantity == c.taken);
  if (c.other > 0) CHECK(plan.lines[1].quantity == c.other_taken);
  CHECK(plan.losses == Losses{LineLoss::sold_out});
}

TEST_CASE("a line waits until its deadline, then is given up", "[plan_purchase]") {
  ProductReading offer = reading();
  set_stock(offer, {"red"}, some(0));
  Purchase purchase = purchase_of({line("red", 5, waits(3)), line("blue", 1)});
  PurchasePlan plan = planned(purchase, {offer});
  CHECK(plan.act == PlanAct::wait);
  CHECK(plan.wait_until == now + days(3));

  SECTION("a wait that has begun is not prolonged") {
    purchase.waiting_since = now - days(2);
    CHECK(planned(purchase, {offer}).wait_until == now + days(1));
  }
  SECTION("each line waits as long as its own policy says, in whatever order they stand") {
    purchase.lines[1] = line("blue", 1, waits(10));
    set_stock(offer, {"blue"}, some(0));
    CHECK(planned(purchase, {offer}).wait_until == now + days(3));
    purchase.waiting_since = now - days(4);
    plan = planned(purchase, {offer});
    CHECK(plan.wait_until == now + days(6));
    CHECK(plan.lines[0].quantity == 0);
    CHECK(plan.lines[1].quantity == 1);
  }
  SECTION("at the deadline the line is given up and the others are bought") {
    purchase.waiting_since = now - days(3);
    plan = planned(purchase, {offer});
    CHECK(plan.act == PlanAct::buy);
    CHECK(!plan.wait_until);
    CHECK(plan.lines[0].quantity == 0);
    CHECK(plan.lines[1].quantity == 1);
    CHECK(plan.losses == Losses{LineLoss::sold_out});
  }
  SECTION("new stock ends the wait") {
    purchase.waiting_since = now - hours(5);
    set_stock(offer, {"red"}, some(5));
    plan = planned(purchase, {offer});
    CHECK(plan.act == PlanAct::buy);
    CHECK(plan.lines[0].quantity == 5);
    CHECK(!plan.wait_until);
  }
}

TEST_CASE("a price that rose is held, unless the ceiling has answered already", "[plan_purchase]") {
  struct Case {
    const char* why;
    int64_t asked;
    std::optional<UnitPrice> ceiling;
    PlanAct act;
    int64_t quantity;
    int64_t price;
  };
  const Case c = GENERATE(values<Case>({
      {"the same", 10, std::nullopt, PlanAct::buy, 5, 10},
      {"cheaper is bought at the lower price", 8, std::nullopt, PlanAct::buy, 5, 8},
      {"cheaper, whatever the ceiling", 8, yuan(7), PlanAct::buy, 5, 8},
      {"dearer without a ceiling is held", 12, std::nullopt, PlanAct::hold, 5, 12},
      {"dearer under the ceiling is held", 12, yuan(15), PlanAct::hold, 5, 12},
      {"dearer, just at the ceiling, is held", 12, yuan(12), PlanAct::hold, 5, 12},
      {"over the ceiling is given up without asking", 12, yuan(11), PlanAct::buy, 0, 10},
  }));
  CAPTURE(c.why);
  ProductReading offer = reading();
  sku(offer, {"red"}).unit_price = yuan(c.asked);
  LinePolicy policy;
  policy.ceiling = c.ceiling;
  const PurchasePlan plan = planned({line("red", 5, policy)}, offer);
  CHECK(plan.act == c.act);
  CHECK(plan.lines[0].quantity == c.quantity);
  CHECK(plan.lines[0].unit_price == yuan(c.price));
  CHECK(plan.losses == (c.quantity == 0 ? Losses{LineLoss::too_dear} : Losses{}));
}

TEST_CASE("a hold shows every line at its new price", "[plan_purchase]") {
  ProductReading offer = reading();
  sku(offer, {"red"}).unit_price = yuan(12);
  sku(offer, {"blue"}).unit_price = yuan(9);
  const PurchasePlan plan = planned({line("red", 1), line("blue", 1), line("green", 1)}, offer);
  CHECK(plan.act == PlanAct::hold);
  CHECK(plan.lines[0].unit_price == yuan(12));
  CHECK(plan.lines[1].unit_price == yuan(9));
  CHECK(plan.lines[2].unit_price == yuan(10));
}

TEST_CASE("fewer pieces can mean a dearer tier, which is held", "[plan_purchase]") {
  ProductReading offer = reading();
  for (Sku& each : offer.product.skus) each.unit_price.reset();
  offer.product.tier_prices = {{1, yuan(12)}, {10, yuan(10)}};
  set_stock(offer, {"red"}, some(0));
  CHECK(planned({line("red", 5), line("blue", 5)}, reading()).act == PlanAct::buy);
  const PurchasePlan plan = planned({line("red", 5), line("blue", 5)}, offer);
  CHECK(plan.act == PlanAct::hold);
  CHECK(plan.lines[1].unit_price == yuan(12));
}

TEST_CASE("a line given up for its price makes the others as dear as they then are", "[plan_purchase]") {
  ProductReading offer = reading();
  for (Sku& each : offer.product.skus) each.unit_price.reset();
  offer.product.tier_prices = {{1, yuan(14)}, {10, yuan(12)}};
  const PurchasePlan plan = planned({line("red", 5), line("blue", 5, ceiling(yuan(11)))}, offer);
  CHECK(plan.act == PlanAct::hold);
  CHECK(plan.lines[0].unit_price == yuan(14));
  CHECK(plan.lines[1].quantity == 0);
  CHECK(plan.losses == Losses{LineLoss::too_dear});
}

TEST_CASE("what is left of a product under its MOQ or lot is not asked for: the seller would refuse it",
          "[plan_purchase]") {
  struct Case {
    const char* why;
    int64_t moq;
    int64_t lot;
  };
  const Case c = GENERATE(values<Case>({{"MOQ", 10, 1}, {"lot", 1, 10}}));
  CAPTURE(c.why);
  ProductReading offer = reading();
  offer.product.moq = c.moq;
  offer.product.lot_size = c.lot;
  SECTION("after a line has sold out") {
    set_stock(offer, {"red"}, some(0));
    const PurchasePlan plan = planned({line("red", 5), line("blue", 5)}, offer);
    CHECK(wants_nothing(plan.lines));
    CHECK(plan.losses == Losses{LineLoss::sold_out, LineLoss::sold_out});
  }
  SECTION("after a line is too dear") {
    sku(offer, {"red"}).unit_price = yuan(12);
    const PurchasePlan plan = planned({line("red", 5, ceiling(yuan(11))), line("blue", 5)}, offer);
    CHECK(wants_nothing(plan.lines));
    CHECK(plan.losses == Losses{LineLoss::too_dear, LineLoss::sold_out});
  }
}

TEST_CASE("two lines of one SKU share its stock", "[plan_purchase]") {
  ProductReading offer = reading();
  set_stock(offer, {"red"}, some(5));
  SECTION("the first is served, the second by its policy") {
    const PurchasePlan plan = planned({line("red", 3), line("red", 4, takes_fewer())}, offer);
    CHECK(plan.lines[0].quantity == 3);
    CHECK(plan.lines[1].quantity == 2);
    CHECK(plan.losses == Losses{LineLoss::sold_out});
  }
  SECTION("a substitute does not take what another line has ordered") {
    set_stock(offer, {"blue"}, some(0));
    const PurchasePlan plan = planned({line("blue", 3, substitutes({{"red"}, {"green"}})), line("red", 4)}, offer);
    CHECK(plan.lines[0].sku_id == SkuId{"green"});
    CHECK(plan.lines[1].quantity == 4);
    CHECK(plan.losses.empty());
  }
}

TEST_CASE("a line that the whole set hangs on cancels the set when it is given up, not when it is fewer",
          "[plan_purchase]") {
  LinePolicy policy = takes_fewer();
  policy.cancels_set = true;
  ProductReading offer = reading();
  set_stock(offer, {"red"}, some(2));
  CHECK(!planned({line("red", 5, policy), line("blue", 1)}, offer).cancels_set);
  set_stock(offer, {"red"}, some(0));
  CHECK(planned({line("red", 5, policy), line("blue", 1)}, offer).cancels_set);
  CHECK(!planned({line("red", 5), line("blue", 1, policy)}, offer).cancels_set);
  set_stock(offer, {"red"}, some(9));
  policy.ceiling = yuan(11);
  sku(offer, {"red"}).unit_price = yuan(12);
  CHECK(planned({line("red", 5, policy), line("blue", 1)}, offer).cancels_set);
}

TEST_CASE("a line that was cancelled before stays so, and its product need not be read", "[plan_purchase]") {
  PurchaseLine cancelled = line("red", 0, waits(3));
  cancelled.product = {MarketplaceName::alibaba1688, {"601"}};
  const PurchasePlan plan = planned({cancelled, line("blue", 1)}, reading());
  CHECK(plan.act == PlanAct::buy);
  CHECK(plan.lines[0].quantity == 0);
  CHECK(plan.losses.empty());
}

TEST_CASE("a product that was not read is a defect of ours", "[plan_purchase]") {
  const auto plan = plan_purchase(purchase_of({line("red", 1)}), {}, now);
  REQUIRE(!plan);
  CHECK(plan.error().code == ErrorCode::bad_data);
  CHECK(plan.error().context == "600");
}

TEST_CASE("a price that the marketplace does not name stops the plan", "[plan_purchase]") {
  ProductReading offer = reading();
  sku(offer, {"red"}).unit_price.reset();
  CHECK(plan_purchase(purchase_of({line("red", 1)}), {offer}, now).error().code == ErrorCode::bad_reply);
}

namespace {

struct Dice {
  std::mt19937_64 engine;
  int64_t up_to(int64_t most) { return static_cast<int64_t>(engine() % static_cast<uint64_t>(most + 1)); }
  bool likely() { return up_to(2) > 0; }
};

ProductReading random_offer(Dice& dice) {
  ProductReading offer = reading();
  offer.product.is_on_sale = dice.up_to(9) > 0;
  offer.product.moq = 1 + dice.up_to(4);
  offer.product.lot_size = 1 + dice.up_to(2);
  if (dice.up_to(2) == 0) offer.product.skus.pop_back();
  const bool in_tiers = dice.up_to(1) == 0;
  for (Sku& each : offer.product.skus) {
    each.unit_price = yuan(8 + dice.up_to(4));
    if (in_tiers) each.unit_price.reset();
  }
  if (in_tiers) offer.product.tier_prices = {{1, yuan(9 + dice.up_to(4))}, {6, yuan(8 + dice.up_to(2))}};
  for (SkuStock& each : offer.stock) each.level = dice.up_to(4) == 0 ? StockLevel{} : some(dice.up_to(8));
  return offer;
}

Purchase random_purchase(Dice& dice) {
  std::vector<PurchaseLine> lines;
  for (const char* const name : {"red", "blue", "green", "red"}) {
    if (!dice.likely()) continue;
    LinePolicy policy;
    if (dice.up_to(2) == 0) policy.ceiling = yuan(9 + dice.up_to(4));
    if (dice.up_to(1) == 0) policy.substitutes = {{"green"}, {"blue"}};
    policy.may_take_fewer = dice.up_to(1) == 0;
    policy.wait_days = dice.up_to(4) == 0 ? 2 : 0;
    policy.cancels_set = dice.up_to(4) == 0;
    lines.push_back(line(name, dice.up_to(6), policy));
  }
  return purchase_of(std::move(lines));
}

void check_promises(const Purchase& purchase, const ProductReading& offer, const PurchasePlan& plan) {
  REQUIRE(plan.lines.size() == purchase.lines.size());
  int64_t lost = 0;
  int64_t whole = 0;
  std::map<std::string, int64_t> taken;
  for (size_t i = 0; i < plan.lines.size(); ++i) {
    const PurchaseLine& ordered = purchase.lines[i];
    const PurchaseLine& now_wanted = plan.lines[i];
    CHECK(now_wanted.order_line_id == ordered.order_line_id);
    CHECK(now_wanted.quantity >= 0);
    CHECK(now_wanted.quantity <= ordered.quantity);
    if (plan.act == PlanAct::buy) CHECK(!(ordered.unit_price < now_wanted.unit_price));
    if (now_wanted.quantity > 0 && ordered.policy.ceiling && ordered.unit_price < now_wanted.unit_price)
      CHECK(!(*ordered.policy.ceiling < now_wanted.unit_price));
    lost += now_wanted.quantity < ordered.quantity ? 1 : 0;
    whole += now_wanted.quantity;
    taken[now_wanted.sku_id.value] += now_wanted.quantity;
  }
  if (plan.act == PlanAct::wait) return;
  // A line may lose twice: first some pieces, then, for its price or the MOQ, the rest.
  CHECK(static_cast<int64_t>(plan.losses.size()) >= lost);
  CHECK(plan.losses.empty() == (lost == 0));
  if (whole > 0) {
    CHECK(check_quantity(offer.product, whole));
    CHECK(offer.product.is_on_sale);
    for (const auto& [name, pieces] : taken) CHECK(available(stock_of(offer, {name}), pieces) == pieces);
    for (const PurchaseLine& each : plan.lines)
      if (each.quantity > 0)
        CHECK(unit_price_at(offer.product, *sku_of(offer.product, each.sku_id), whole) == each.unit_price);
  }
}

}  // namespace

TEST_CASE("a plan never has more pieces than ordered or in stock, and buys at no price above the agreed one",
          "[plan_purchase]") {
  for (uint64_t seed = 1; seed <= 5'000; ++seed) {
    CAPTURE(seed);
    Dice dice{std::mt19937_64(seed)};
    const ProductReading offer = random_offer(dice);
    const Purchase purchase = random_purchase(dice);
    const auto plan = plan_purchase(purchase, {offer}, now);
    REQUIRE(plan);
    check_promises(purchase, offer, *plan);
  }
}

}  // namespace sampan
