#include "shared/page/journey.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace sampan {
namespace {

Journey journey_of(OrderState state, const std::vector<PurchaseState>& purchases,
                   const std::vector<ParcelState>& parcels = {}) {
  Order order;
  order.state = state;
  std::vector<Purchase> bought(purchases.size());
  for (size_t i = 0; i < purchases.size(); ++i) {
    bought[i].purchase_id = {"pur_" + std::to_string(i)};
    bought[i].seller_name = "seller " + std::to_string(i);
    bought[i].state = purchases[i];
  }
  std::vector<Parcel> packed(parcels.size());
  for (size_t i = 0; i < parcels.size(); ++i) packed[i].state = parcels[i];
  return journey(order, bought, packed);
}

}  // namespace

TEST_CASE("one purchase says where the whole order is", "[journey]") {
  struct Case {
    PurchaseState state;
    JourneyStage stage;
  };
  using P = PurchaseState;
  using S = JourneyStage;
  const std::vector<Case> cases{
      {P::queued, S::buying},         {P::held, S::waiting_for_answer},      {P::placing, S::buying},
      {P::placed, S::buying},         {P::paid, S::on_the_way_to_warehouse}, {P::shipped, S::on_the_way_to_warehouse},
      {P::received, S::in_warehouse}, {P::accepted, S::ready_to_ship},       {P::refunding, S::buying},
      {P::refunded, S::refunded},     {P::cancelled, S::refunded},
  };
  CHECK(words(static_cast<PurchaseState*>(nullptr)).size() == cases.size());
  for (const Case& c : cases) {
    CAPTURE(word(c.state));
    CHECK(word(journey_of(OrderState::fulfilling, {c.state}).stage) == word(c.stage));
  }
}

TEST_CASE("the slowest part says where the whole order is", "[journey]") {
  struct Case {
    const char* why;
    OrderState order;
    std::vector<PurchaseState> purchases;
    std::vector<ParcelState> parcels;
    JourneyStage stage;
    bool needs_shopper;
  };
  using O = OrderState;
  using P = PurchaseState;
  using S = JourneyStage;
  const Case c = GENERATE(values<Case>({
      {"not paid", O::awaiting_payment, {}, {}, S::waiting_for_payment, true},
      {"never paid", O::cancelled, {}, {}, S::cancelled, false},
      {"a held part comes before all",
       O::fulfilling,
       {P::accepted, P::held, P::queued},
       {},
       S::waiting_for_answer,
       true},
      {"one is bought, one not", O::fulfilling, {P::shipped, P::placing}, {}, S::buying, false},
      {"one is in, one on its way", O::fulfilling, {P::received, P::paid}, {}, S::on_the_way_to_warehouse, false},
      {"one is looked at, one not yet", O::fulfilling, {P::accepted, P::received}, {}, S::in_warehouse, false},
      {"a cancelled part does not hold up", O::fulfilling, {P::cancelled, P::accepted}, {}, S::ready_to_ship, false},
      {"a refunded part does not hold up",
       O::fulfilling,
       {P::refunded, P::shipped},
       {},
       S::on_the_way_to_warehouse,
       false},
      {"all parts have come to nothing", O::closed, {P::refunded, P::cancelled}, {}, S::refunded, false},
      {"packed", O::fulfilling, {P::accepted}, {ParcelState::packed}, S::ready_to_ship, false},
      {"shipped", O::fulfilling, {P::accepted}, {ParcelState::shipped}, S::travelling, false},
      {"delivered", O::closed, {P::accepted}, {ParcelState::delivered}, S::delivered, false},
      {"lost", O::closed, {P::accepted}, {ParcelState::lost}, S::lost, false},
      {"of two parcels the one behind",
       O::fulfilling,
       {P::accepted, P::accepted},
       {ParcelState::delivered, ParcelState::shipped},
       S::travelling,
       false},
      {"a lost parcel is not hidden by a delivered one",
       O::closed,
       {P::accepted, P::accepted},
       {ParcelState::delivered, ParcelState::lost},
       S::lost,
       false},
  }));
  CAPTURE(c.why);
  const Journey seen = journey_of(c.order, c.purchases, c.parcels);
  CHECK(word(seen.stage) == word(c.stage));
  CHECK(seen.needs_shopper == c.needs_shopper);
}

TEST_CASE("each seller's part is shown with its own state", "[journey]") {
  const Journey seen = journey_of(OrderState::fulfilling, {PurchaseState::shipped, PurchaseState::held});
  REQUIRE(seen.parts.size() == 2);
  CHECK(seen.parts[0].purchase_id == PurchaseId{"pur_0"});
  CHECK(seen.parts[0].seller_name == "seller 0");
  CHECK(seen.parts[0].state == PurchaseState::shipped);
  CHECK(seen.parts[1].state == PurchaseState::held);
}

}  // namespace sampan
