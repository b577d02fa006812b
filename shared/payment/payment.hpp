// Money from the shopper to us, and back. A payment is of one order; an order has one more when a difference is paid.
//
// Unit    minor units of the order's currency
// Errors  not_allowed_now for an event that the state does not know
// Source  trade.md 4: the return page proves nothing; only a verified webhook or an answer to `ask` moves money
#pragma once

#include <string>

#include "shared/core/id.hpp"
#include "shared/core/json.hpp"
#include "shared/core/money.hpp"
#include "shared/core/transitions.hpp"
#include "shared/quote/charge.hpp"

namespace sampan {

enum class PaymentState { created, pending, captured, expired };
WORDS(PaymentState, created, pending, captured, expired)
enum class PaymentEvent { requested, captured, expired };
WORDS(PaymentEvent, requested, captured, expired)

using PaymentTransition = Transition<PaymentState, PaymentEvent>;
inline constexpr auto payment_transitions = [] {
  using S = PaymentState;
  using E = PaymentEvent;
  return std::array{
      // clang-format off
      //                from         on            to
      PaymentTransition{S::created, E::requested, S::pending},
      PaymentTransition{S::created, E::expired, S::expired},
      PaymentTransition{S::pending, E::captured, S::captured},
      PaymentTransition{S::pending, E::expired, S::expired},
      // clang-format on
  };
}();
static_assert(is_deterministic(payment_transitions), "one event in one state has one outcome");

// Why the money is asked for: the order, or the difference that a seller's new price makes.
enum class PaymentPurpose { order, price_difference };
WORDS(PaymentPurpose, order, price_difference)

struct Payment {
  PaymentId payment_id;
  OrderId order_id;
  PaymentPurpose purpose{};
  PurchaseId purchase_id;  // of a price_difference; else empty
  PaymentState state = PaymentState::created;
  Money amount;
  Charge charge;             // what it pays for, as it was when it was asked for; its total is the amount
  ProviderId provider_id;    // once pending
  std::string redirect_url;  // where the shopper pays, once pending
  Instant expires_at{};
  int64_t version = 0;
};
FIELDS(Payment, payment_id, order_id, purpose, purchase_id, state, amount, charge, provider_id, redirect_url,
       expires_at, version)

enum class RefundState { requested, succeeded };
WORDS(RefundState, requested, succeeded)
enum class RefundEvent { succeeded };
WORDS(RefundEvent, succeeded)

inline constexpr auto refund_transitions = std::array{
    Transition<RefundState, RefundEvent>{RefundState::requested, RefundEvent::succeeded, RefundState::succeeded},
};
static_assert(is_deterministic(refund_transitions), "one event in one state has one outcome");

enum class RefundReason { sold_out, price_declined, cancelled, cheaper, returned_to_seller, parcel_lost };
WORDS(RefundReason, sold_out, price_declined, cancelled, cheaper, returned_to_seller, parcel_lost)

struct Refund {
  RefundId refund_id;
  OrderId order_id;
  PaymentId payment_id;
  RefundReason reason{};
  RefundState state = RefundState::requested;
  Money amount;
  Instant requested_at{};
  int64_t version = 0;
};
FIELDS(Refund, refund_id, order_id, payment_id, reason, state, amount, requested_at, version)

}  // namespace sampan
