// The buying of one seller's part upstream: what we want, what was bought, where it is.
//
// Unit    unit prices in 1/10,000 yuan, sums in CNY fen
// Range   one seller, at most 50 SKUs
// Errors  not_allowed_now for an event that the state does not know
// Source  upstream.md 3.4, 4.5, 9
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/cart/cart.hpp"
#include "shared/core/transitions.hpp"
#include "shared/stock/stock_level.hpp"

namespace sampan {

// `placing` is written before the marketplace is called, and left only by an answer: whatever happened in between, the
// next attempt begins with a question.
enum class PurchaseState {
  queued,
  held,
  placing,
  placed,
  paid,
  shipped,
  received,
  accepted,
  refunding,
  refunded,
  cancelled
};
WORDS(PurchaseState, queued, held, placing, placed, paid, shipped, received, accepted, refunding, refunded, cancelled)

enum class PurchaseEvent {
  price_moved,
  price_approved,
  placing_started,
  nothing_was_placed,
  was_placed,
  was_paid,
  was_shipped,
  was_received,
  passed_inspection,
  refund_was_requested,
  was_refunded,
  was_cancelled,
};
WORDS(PurchaseEvent, price_moved, price_approved, placing_started, nothing_was_placed, was_placed, was_paid,
      was_shipped, was_received, passed_inspection, refund_was_requested, was_refunded, was_cancelled)

using PurchaseTransition = Transition<PurchaseState, PurchaseEvent>;
inline constexpr auto purchase_transitions = [] {
  using S = PurchaseState;
  using E = PurchaseEvent;
  return std::array{
      // clang-format off
      //                 from          on                        to
      PurchaseTransition{S::queued,    E::price_moved,           S::held},
      PurchaseTransition{S::queued,    E::placing_started,       S::placing},
      PurchaseTransition{S::queued,    E::was_cancelled,         S::cancelled},
      PurchaseTransition{S::held,      E::price_approved,        S::queued},
      PurchaseTransition{S::held,      E::was_cancelled,         S::cancelled},
      PurchaseTransition{S::placing,   E::nothing_was_placed,    S::queued},
      PurchaseTransition{S::placing,   E::was_placed,            S::placed},
      PurchaseTransition{S::placed,    E::was_paid,              S::paid},
      PurchaseTransition{S::placed,    E::was_cancelled,         S::cancelled},
      PurchaseTransition{S::paid,      E::was_shipped,           S::shipped},
      PurchaseTransition{S::paid,      E::refund_was_requested,  S::refunding},
      PurchaseTransition{S::paid,      E::was_refunded,          S::refunded},
      PurchaseTransition{S::shipped,   E::was_received,          S::received},
      PurchaseTransition{S::shipped,   E::was_refunded,          S::refunded},
      PurchaseTransition{S::received,  E::passed_inspection,     S::accepted},
      PurchaseTransition{S::received,  E::refund_was_requested,  S::refunding},
      PurchaseTransition{S::refunding, E::was_refunded,          S::refunded},
      // clang-format on
  };
}();
static_assert(is_deterministic(purchase_transitions), "one event in one state has one outcome");

struct PurchaseLine {
  OrderLineId order_line_id;
  ProductKey product;
  SkuId sku_id;
  std::string order_key;
  int64_t quantity = 0;  // what is still wanted of the line; 0 when it was cancelled
  UnitPrice unit_price;  // what was quoted, or approved since
  LinePolicy policy;
};
FIELDS(PurchaseLine, order_line_id, product, sku_id, order_key, quantity, unit_price, policy)

struct BoughtOrder {
  UpstreamOrderId upstream_order_id;
  Money total;
};
FIELDS(BoughtOrder, upstream_order_id, total)

struct Purchase {
  PurchaseId purchase_id;
  OrderId order_id;
  SellerKey seller;
  std::string seller_name;
  PurchaseState state = PurchaseState::queued;
  std::vector<PurchaseLine> lines;
  Money quoted_freight;                  // CNY
  std::optional<Instant> attempted_at;   // of the last call that may have bought
  std::optional<Instant> waiting_since;  // a line waits for stock, as many days as its policy says
  std::vector<BoughtOrder> bought;       // once placed
  std::vector<std::string> waybills;     // once shipped
  std::vector<PurchaseLine> proposed;    // while held: the lines at the seller's new prices
  std::optional<Money> proposed_freight;
  bool cancel_asked = false;  // while it was being bought: what was bought is asked back, what was not is cancelled
  int64_t version = 0;
};
FIELDS(Purchase, purchase_id, order_id, seller, seller_name, state, lines, quoted_freight, attempted_at, waiting_since,
       bought, waybills, proposed, proposed_freight, cancel_asked, version)

Result<Purchase> after(Purchase purchase, PurchaseEvent event);

bool wants_nothing(const std::vector<PurchaseLine>& lines);

// What the lines and the freight were quoted at, in CNY.
Result<Money> quoted_total(const Purchase& purchase);
Result<Money> bought_total(const Purchase& purchase);

enum class LineLoss { sold_out, too_dear };
WORDS(LineLoss, sold_out, too_dear)

// What to do now that the marketplace was read again.
enum class PlanAct { buy, hold, wait };

struct PurchasePlan {
  PlanAct act = PlanAct::buy;
  std::vector<PurchaseLine> lines;    // as they are to be bought; or, for hold, as they would be at the new prices
  std::vector<LineLoss> losses;       // of the lines or pieces that are given up, one each
  std::optional<Instant> wait_until;  // the first of the waiting lines' ends
  bool cancels_set = false;           // a line that the whole set hangs on is given up
  std::vector<std::string> why;       // one sentence a change, for the log and the shopper
};

// By each line's policy. `readings` has the product of every line; a line of quantity 0 stays so.
Result<PurchasePlan> plan_purchase(const Purchase& purchase, const std::vector<ProductReading>& readings, Instant now);

}  // namespace sampan
