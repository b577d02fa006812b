// What a shopper pays us for: lines of one or several sellers, one landed price, one address.
//
// Unit    sums in minor units of the order's currency
// Errors  not_allowed_now for an event that the state does not know
// Source  design.md "Three machines and a view"
#pragma once

#include <string>
#include <vector>

#include "shared/cart/cart.hpp"
#include "shared/core/transitions.hpp"
#include "shared/quote/quote.hpp"

namespace sampan {

enum class OrderState { awaiting_payment, fulfilling, closed, cancelled };
WORDS(OrderState, awaiting_payment, fulfilling, closed, cancelled)
enum class OrderEvent { payment_secured, payment_expired, all_settled };
WORDS(OrderEvent, payment_secured, payment_expired, all_settled)

using OrderTransition = Transition<OrderState, OrderEvent>;
inline constexpr auto order_transitions = [] {
  using S = OrderState;
  using E = OrderEvent;
  return std::array{
      // clang-format off
      //              from                 on                  to
      OrderTransition{S::awaiting_payment, E::payment_secured, S::fulfilling},
      OrderTransition{S::awaiting_payment, E::payment_expired, S::cancelled},
      OrderTransition{S::fulfilling,       E::all_settled,     S::closed},
      // clang-format on
  };
}();
static_assert(is_deterministic(order_transitions), "one event in one state has one outcome");

struct Order {
  OrderId order_id;
  std::string number;  // shown to people: short, not guessable
  ShopperId shopper_id;
  OrderState state = OrderState::awaiting_payment;
  Quote quote;        // as it was accepted: the evidence
  LandedCost landed;  // as it is now: lines that could not be bought are out of it
  Recipient recipient;
  Instant placed_at{};
  int64_t version = 0;
};
FIELDS(Order, order_id, number, shopper_id, state, quote, landed, recipient, placed_at, version)

Result<Order> after(Order order, OrderEvent event);

}  // namespace sampan
