// What we ask of Stripe, as form bodies with brackets.
//
// Shape   "line_items[0][price_data][currency]=eur"; a repeat of the same act has the same bytes and the same key
// Errors  bad_input, not_offered (the amount), bad_data (the operator's payment window)
// Source  docs.stripe.com/api/checkout/sessions/create, …/refunds/create, …/idempotent_requests
#pragma once

#include <string>

#include "shared/payment/payment.hpp"

namespace sampan {

// Where Stripe sends the shopper afterwards. {payment_id} and {order_id} are filled in by us, {CHECKOUT_SESSION_ID} by
// Stripe.
struct StripeReturns {
  std::string success_url;
  std::string cancel_url;
};

// Stripe refuses a page that would close within 30 minutes or stays open longer than a day.
inline constexpr Duration stripe_page_shortest = minutes(30);
inline constexpr Duration stripe_page_longest = hours(24);

// The page's own end is 30 minutes behind the payment's, at which we close it ourselves: so it is the same in every
// repeat and never too near. bad_request when the payment's time is over; bad_data when it is longer than Stripe allows.
Result<std::string> checkout_form(const Payment& payment, const StripeReturns& returns, Instant now);

Result<std::string> refund_form(const Refund& refund, const std::string& payment_intent_id);

// "sampan:pay_…:open:1"
std::string open_key(const PaymentId& payment_id);
std::string refund_key(const RefundId& refund_id);

}  // namespace sampan
