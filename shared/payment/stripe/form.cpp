#include "shared/payment/stripe/form.hpp"

#include "shared/core/http.hpp"
#include "shared/payment/stripe/units.hpp"

namespace sampan {
namespace {

void fill(std::string& text, std::string_view hole, std::string_view value) {
  for (size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at + value.size()))
    text.replace(at, hole.size(), value);
}

std::string filled(std::string url, const Payment& payment) {
  fill(url, "{payment_id}", payment.payment_id.value);
  fill(url, "{order_id}", payment.order_id.value);
  return url;
}

// What the shopper reads beside the amount.
std::string line_name(const Payment& payment) {
  const std::string_view what = payment.purpose == PaymentPurpose::order ? "Order " : "Price difference of order ";
  return std::string(what) + payment.order_id.value;
}

std::string act_key(const std::string& id, std::string_view act) {
  return "sampan:" + id + ":" + std::string(act) + ":1";
}

}  // namespace

Result<std::string> checkout_form(const Payment& payment, const StripeReturns& returns, Instant now) {
  if (payment.expires_at <= now)
    return fail(ErrorCode::bad_request, "The page would have expired already.", payment.payment_id.value);
  const Instant closes = payment.expires_at + stripe_page_shortest;
  if (now + stripe_page_longest < closes)
    return fail(ErrorCode::bad_data,
                "Stripe keeps a page open for a day; the payment window may be 23.5 hours at most.",
                payment.payment_id.value);
  TRY(const int64_t amount, stripe_amount(payment.amount));
  return form_text({
      {"mode", "payment"},
      {"line_items[0][quantity]", "1"},
      {"line_items[0][price_data][currency]", stripe_currency(payment.amount.currency)},
      {"line_items[0][price_data][unit_amount]", std::to_string(amount)},
      {"line_items[0][price_data][product_data][name]", line_name(payment)},
      {"success_url", filled(returns.success_url, payment)},
      {"cancel_url", filled(returns.cancel_url, payment)},
      {"client_reference_id", payment.payment_id.value},
      {"metadata[payment_id]", payment.payment_id.value},
      {"payment_intent_data[metadata][payment_id]", payment.payment_id.value},
      {"expires_at", std::to_string(closes.ms / 1000)},
  });
}

Result<std::string> refund_form(const Refund& refund, const std::string& payment_intent_id) {
  TRY(const int64_t amount, stripe_amount(refund.amount));
  return form_text({
      {"payment_intent", payment_intent_id},
      {"amount", std::to_string(amount)},
      {"metadata[refund_id]", refund.refund_id.value},
      {"metadata[payment_id]", refund.payment_id.value},
  });
}

std::string open_key(const PaymentId& payment_id) { return act_key(payment_id.value, "open"); }
std::string refund_key(const RefundId& refund_id) { return act_key(refund_id.value, "refund"); }

}  // namespace sampan
