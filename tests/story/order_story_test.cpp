// One order from search to delivered, and its mishaps. Each story is told once without a fault, and then again with
// the shop struck at every commit and at every call that it makes, in every way; the books agree each time.
#include <catch2/catch_test_macros.hpp>

#include "shared/database/ledger_rows.hpp"
#include "shared/database/parcel_rows.hpp"
#include "shared/usecase/answer_price.hpp"
#include "shared/usecase/cancel_order.hpp"
#include "shared/usecase/follow_purchase.hpp"
#include "shared/usecase/receive_shipment.hpp"
#include "tests/story/struck.hpp"

namespace sampan::story {
namespace {

Ending delivered(Teller& teller) {
  teller.finds_and_quotes();
  teller.orders();
  teller.pays();
  teller.warehouse_receives();
  teller.warehouse_packs();
  teller.is_followed_to_the_end();
  return ending_of(teller);
}

// The provider takes the money at once and tells what it keeps of it hours later.
Ending fee_told_late(Teller& teller) {
  teller.world.provider().set_fee_delay(hours(5));
  return delivered(teller);
}

// The shoes are gone when the shop comes to buy them.
Ending sold_out_after_payment(Teller& teller) {
  teller.finds_and_quotes();
  teller.orders();
  for (size_t i = 0; i < 8; ++i)
    REQUIRE(teller.world.market().set_stock(teller.sku(shoes, i), {StockKnowledge::number, 0}, teller.world.now()));
  teller.pays();
  teller.warehouse_receives();
  CHECK(teller.purchase_of(shoes).state == PurchaseState::cancelled);
  teller.warehouse_packs();
  teller.is_followed_to_the_end();
  return ending_of(teller);
}

void dress_becomes_dearer(Teller& teller) {
  REQUIRE(teller.world.market().set_price(teller.sku(dress), price_of_fen(9990), teller.world.now()));
  teller.pays();
  teller.world.until("the dearer purchase is held",
                     [&] { return teller.purchase_of(dress).state == PurchaseState::held; });
  CHECK(teller.world.journey_of(teller.order_id).stage == JourneyStage::waiting_for_answer);
}

Ending price_jump_declined(Teller& teller) {
  teller.finds_and_quotes();
  teller.orders();
  dress_becomes_dearer(teller);
  teller.world.act("Anna does without", [&]() -> Result<void> {
    const PurchaseId id = teller.purchase_of(dress).purchase_id;
    if (teller.purchase_of(dress).state == PurchaseState::cancelled) return done();
    return decline_price(teller.world.shop(), anna, id);
  });
  teller.warehouse_receives();
  teller.warehouse_packs();
  teller.is_followed_to_the_end();
  return ending_of(teller);
}

Ending price_jump_approved(Teller& teller) {
  teller.finds_and_quotes();
  teller.orders();
  dress_becomes_dearer(teller);
  teller.agrees_to_the_new_price(dress);
  teller.pays(PaymentPurpose::price_difference);
  teller.warehouse_receives();
  teller.warehouse_packs();
  teller.is_followed_to_the_end();
  return ending_of(teller);
}

// The shoes are given up while Anna has the page of the dress's difference open, and then she pays.
Ending difference_paid_as_shoes_are_lost(Teller& teller) {
  teller.finds_and_quotes();
  teller.orders();
  dress_becomes_dearer(teller);
  teller.agrees_to_the_new_price(dress);
  teller.world.until("the shoes are bought", [&] { return teller.purchase_of(shoes).state == PurchaseState::paid; });
  const UpstreamOrderId order = teller.purchase_of(shoes).bought.at(0).upstream_order_id;
  if (teller.world.market().read_order(order, teller.world.now())->state == UpstreamState::paid)
    REQUIRE(teller.world.market().seller_closes(order, teller.world.now()));
  teller.world.act("the shop looks at the shoes", [&]() -> Result<void> {
    TRY_DO(follow_purchase(teller.world.shop(), teller.purchase_of(shoes).purchase_id));
    return done();
  });
  CHECK(teller.purchase_of(shoes).state == PurchaseState::refunded);
  teller.pays(PaymentPurpose::price_difference);
  teller.warehouse_receives();
  teller.warehouse_packs();
  teller.is_followed_to_the_end();
  return ending_of(teller);
}

// Anna cancels, and pays the difference all the same on the page that is still open.
Ending difference_paid_after_cancelling(Teller& teller) {
  teller.finds_and_quotes();
  teller.orders();
  dress_becomes_dearer(teller);
  teller.agrees_to_the_new_price(dress);
  const Payment difference = teller.opened(PaymentPurpose::price_difference);
  teller.world.act("Anna cancels", [&]() -> Result<void> {
    if (teller.purchase_of(dress).state == PurchaseState::cancelled) return done();
    return cancel_order(teller.world.shop(), anna, teller.order_id);
  });
  REQUIRE(teller.world.provider().pay(difference.provider_id, teller.world.now()));
  teller.is_followed_to_the_end();
  return ending_of(teller);
}

Ending parcel_lost(Teller& teller) {
  teller.finds_and_quotes();
  teller.orders();
  teller.pays();
  teller.warehouse_receives();
  teller.warehouse_packs();
  Parcel parcel;
  teller.world.until("the parcel travels", [&] {
    parcel =
        teller.world.stored<std::vector<Parcel>>([&](Transaction& tx) { return list_parcels(tx, teller.order_id); })
            .at(0);
    return parcel.state == ParcelState::shipped;
  });
  REQUIRE(teller.world.carrier().lose(parcel.tracking_number));
  teller.is_followed_to_the_end();
  return ending_of(teller);
}

// Bought and paid, not sent yet: the seller gives the money back.
Ending cancelled_before_sending(Teller& teller) {
  teller.finds_and_quotes();
  teller.orders();
  teller.pays();
  teller.world.until("both are bought", [&] {
    return teller.purchase_of(dress).state == PurchaseState::paid &&
           teller.purchase_of(shoes).state == PurchaseState::paid;
  });
  teller.world.act("Anna cancels", [&]() -> Result<void> {
    if (teller.purchase_of(dress).state != PurchaseState::paid) return done();
    return cancel_order(teller.world.shop(), anna, teller.order_id);
  });
  teller.is_followed_to_the_end();
  return ending_of(teller);
}

// What came in is not what was ordered.
Ending returned_to_seller(Teller& teller) {
  teller.finds_and_quotes();
  teller.orders();
  teller.pays();
  teller.warehouse_receives();
  teller.world.act("the warehouse refuses the shoes", [&]() -> Result<void> {
    if (teller.purchase_of(shoes).state != PurchaseState::received) return done();
    return inspect_purchase(teller.world.shop(), teller.purchase_of(shoes).purchase_id, Verdict::return_to_seller);
  });
  teller.world.until("the seller has given the money back",
                     [&] { return teller.purchase_of(shoes).state == PurchaseState::refunded; });
  teller.warehouse_packs();
  teller.is_followed_to_the_end();
  return ending_of(teller);
}

// Nobody pays.
Ending never_paid(Teller& teller) {
  teller.finds_and_quotes();
  teller.orders();
  teller.world.until("the order is cancelled", [&] { return teller.order_state() == OrderState::cancelled; });
  return ending_of(teller);
}

}  // namespace

TEST_CASE("an order goes from search to delivered, and the books agree to the cent", "[story]") {
  Teller teller;
  const Ending ending = delivered(teller);
  CHECK(ending.stage == JourneyStage::delivered);
  CHECK(ending.charged_minor == teller.quote.landed.total.minor);
  CHECK(ending.refunded_minor == 0);
}

TEST_CASE("a fee that the provider tells late is booked once, and the books agree in the end", "[story]") {
  Teller teller;
  const Ending ending = fee_told_late(teller);
  CHECK(ending.stage == JourneyStage::delivered);
  CHECK(ending.charged_minor == teller.quote.landed.total.minor);
  const Money fee =
      teller.world.stored<Money>([](Transaction& tx) { return load_balance(tx, Account::psp_fee, currency("EUR")); });
  CHECK(fee == *provider_fee(teller.charged()));
}

TEST_CASE("a seller who sells out after payment costs the shopper nothing", "[story]") {
  Teller teller;
  const Ending ending = sold_out_after_payment(teller);
  CHECK(ending.stage == JourneyStage::delivered);
  CHECK(ending.refunded_minor > 0);
  CHECK(ending.refunded_minor < ending.charged_minor);
}

TEST_CASE("a price that jumps waits for the shopper, who may do without", "[story]") {
  Teller teller;
  const Ending ending = price_jump_declined(teller);
  CHECK(ending.stage == JourneyStage::delivered);
  CHECK(ending.refunded_minor > 0);
}

TEST_CASE("a price that jumps waits for the shopper, who may pay the difference", "[story]") {
  Teller teller;
  const Ending ending = price_jump_approved(teller);
  CHECK(ending.stage == JourneyStage::delivered);
  CHECK(ending.charged_minor > teller.quote.landed.total.minor);
  CHECK(ending.refunded_minor == 0);
}

TEST_CASE("a difference that is paid while another part is given up is charged once and the rest goes back",
          "[story]") {
  Teller teller;
  const Ending ending = difference_paid_as_shoes_are_lost(teller);
  CHECK(ending.stage == JourneyStage::delivered);
  CHECK(ending.charged_minor > teller.quote.landed.total.minor);
  CHECK(ending.refunded_minor > 0);
  CHECK(ending.refunded_minor < ending.charged_minor);
}

TEST_CASE("a difference that is paid for what was cancelled goes back whole", "[story]") {
  Teller teller;
  const Ending ending = difference_paid_after_cancelling(teller);
  CHECK(ending.stage == JourneyStage::refunded);
  CHECK(ending.charged_minor > teller.quote.landed.total.minor);
  CHECK(ending.refunded_minor == ending.charged_minor);
}

TEST_CASE("a lost parcel is refunded but for the fee", "[story]") {
  Teller teller;
  const Ending ending = parcel_lost(teller);
  CHECK(ending.stage == JourneyStage::lost);
  const auto fee = total_of(teller.quote.landed, LandedKind::service_fee);
  REQUIRE(fee);
  CHECK(ending.refunded_minor == ending.charged_minor - fee->minor);
}

TEST_CASE("an order cancelled before its goods were sent is refunded whole", "[story]") {
  Teller teller;
  const Ending ending = cancelled_before_sending(teller);
  CHECK(ending.stage == JourneyStage::refunded);
  CHECK(ending.refunded_minor == ending.charged_minor);
}

TEST_CASE("goods that fail inspection go back, and their money comes back", "[story]") {
  Teller teller;
  const Ending ending = returned_to_seller(teller);
  CHECK(ending.stage == JourneyStage::delivered);
  CHECK(ending.refunded_minor > 0);
}

TEST_CASE("an order that nobody pays is cancelled, and nothing is bought", "[story]") {
  Teller teller;
  const Ending ending = never_paid(teller);
  CHECK(ending.stage == JourneyStage::cancelled);
  CHECK(ending.charged_minor == 0);
  CHECK(teller.world.market().books().orders.empty());
}

TEST_CASE("an order is delivered ends the same wherever the shop is struck", "[story][struck]") {
  strike_everywhere(delivered);
}

TEST_CASE("a late fee ends the same wherever the shop is struck", "[story][struck]") {
  strike_everywhere(fee_told_late);
}

TEST_CASE("a sell-out after payment ends the same wherever the shop is struck", "[story][struck]") {
  strike_everywhere(sold_out_after_payment);
}

TEST_CASE("a declined price ends the same wherever the shop is struck", "[story][struck]") {
  strike_everywhere(price_jump_declined);
}

TEST_CASE("an approved price ends the same wherever the shop is struck", "[story][struck]") {
  strike_everywhere(price_jump_approved);
}

TEST_CASE("a difference paid as another part is given up ends the same wherever the shop is struck",
          "[story][struck]") {
  strike_everywhere(difference_paid_as_shoes_are_lost);
}

TEST_CASE("a difference paid after cancelling ends the same wherever the shop is struck", "[story][struck]") {
  strike_everywhere(difference_paid_after_cancelling);
}

TEST_CASE("a lost parcel ends the same wherever the shop is struck", "[story][struck]") {
  strike_everywhere(parcel_lost);
}

TEST_CASE("a cancelled order ends the same wherever the shop is struck", "[story][struck]") {
  strike_everywhere(cancelled_before_sending);
}

TEST_CASE("a return ends the same wherever the shop is struck", "[story][struck]") {
  strike_everywhere(returned_to_seller);
}

TEST_CASE("an unpaid order ends the same wherever the shop is struck", "[story][struck]") {
  strike_everywhere(never_paid);
}

}  // namespace sampan::story
