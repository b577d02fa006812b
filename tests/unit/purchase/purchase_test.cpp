#include "shared/purchase/purchase.hpp"

#include "tests/unit/core/machine.hpp"

namespace sampan {
namespace {

PurchaseLine line(int64_t quantity, int64_t ten_thousandths) {
  PurchaseLine line;
  line.quantity = quantity;
  line.unit_price = {ten_thousandths};
  return line;
}

}  // namespace

TEST_CASE("a purchase moves by these pairs of state and event, and by no other", "[purchase]") {
  check_pairs<PurchaseState, PurchaseEvent>(
      {
          {"queued", "price_moved", "held"},
          {"queued", "placing_started", "placing"},
          {"queued", "was_cancelled", "cancelled"},
          {"held", "price_approved", "queued"},
          {"held", "was_cancelled", "cancelled"},
          {"placing", "nothing_was_placed", "queued"},
          {"placing", "was_placed", "placed"},
          {"placed", "was_paid", "paid"},
          {"placed", "was_cancelled", "cancelled"},
          {"paid", "was_shipped", "shipped"},
          {"paid", "refund_was_requested", "refunding"},
          {"paid", "was_refunded", "refunded"},
          {"shipped", "was_received", "received"},
          {"shipped", "was_refunded", "refunded"},
          {"received", "passed_inspection", "accepted"},
          {"received", "refund_was_requested", "refunding"},
          {"refunding", "was_refunded", "refunded"},
      },
      [](PurchaseState from, PurchaseEvent on) -> Result<PurchaseState> {
        Purchase purchase;
        purchase.state = from;
        TRY(const Purchase moved, after(purchase, on));
        return moved.state;
      });
}

TEST_CASE("every purchase comes to an end", "[purchase]") {
  check_ways(purchase_transitions, Purchase{}.state, {"accepted", "refunded", "cancelled"});
}

TEST_CASE("a purchase that may have been bought is left only by an answer", "[purchase]") {
  for (const auto& row : purchase_transitions)
    if (row.from == PurchaseState::placing)
      CHECK((row.on == PurchaseEvent::nothing_was_placed || row.on == PurchaseEvent::was_placed));
}

TEST_CASE("what was quoted is the lines, each rounded once, and the freight", "[purchase]") {
  Purchase purchase;
  purchase.quoted_freight = {600, cny()};
  CHECK(quoted_total(purchase) == Money{600, cny()});
  purchase.lines = {line(3, 650), line(1, 199'000), line(0, 5'000'000)};  // ¥0.065 × 3 is 19.5 fen: 20
  CHECK(quoted_total(purchase) == Money{600 + 20 + 1'990, cny()});
  purchase.lines.push_back(line(200, INT64_MAX));
  CHECK(quoted_total(purchase).error().code == ErrorCode::overflow);
}

TEST_CASE("what was bought is the sum of the marketplace's orders", "[purchase]") {
  Purchase purchase;
  CHECK(bought_total(purchase) == Money{0, cny()});
  purchase.bought = {{{"1"}, {1'990, cny()}}, {{"2"}, {600, cny()}}};
  CHECK(bought_total(purchase) == Money{2'590, cny()});
  purchase.bought.push_back({{"3"}, {1, currency("EUR")}});
  CHECK(bought_total(purchase).error().code == ErrorCode::currency_mismatch);
}

TEST_CASE("a purchase without a piece wants nothing", "[purchase]") {
  CHECK(wants_nothing({}));
  CHECK(wants_nothing({line(0, 100), line(0, 100)}));
  CHECK(!wants_nothing({line(0, 100), line(1, 100)}));
}

}  // namespace sampan
