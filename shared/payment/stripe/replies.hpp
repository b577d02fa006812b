// Stripe's replies as values: what the shop needs of a Checkout Session and of a list of refunds.
//
// Errors  bad_reply with the JSON pointer; unknown members are ignored
// Source  docs.stripe.com/api/checkout/sessions/object, …/payment_intents/object, …/balance_transactions/object,
//         …/refunds/list; the names of API version 2026-10-28.endive
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/core/json.hpp"
#include "shared/payment/provider.hpp"

namespace sampan {

enum class StripeSessionStatus { open, complete, expired };
WORDS(StripeSessionStatus, open, complete, expired)
enum class StripePaymentStatus { paid, unpaid, no_payment_required };
WORDS(StripePaymentStatus, paid, unpaid, no_payment_required)

struct StripeSession {
  ProviderId id;
  StripeSessionStatus status{};
  StripePaymentStatus payment_status{};
  std::string url;                // while it is open
  std::string payment_intent_id;  // "pi_…", once somebody pays
  // Of the session's payment, where the reply has it expanded.
  std::optional<Money> received;
  std::optional<Money> fee;  // in the currency of our balance there, which may be another; comes later than the money
};

Result<StripeSession> parse_stripe_session(std::string_view body);

// Complete but unpaid is a payment that takes days, as a bank debit does: still open to us.
Result<ProviderAnswer> answer_of(const StripeSession& session);

struct StripeRefund {
  std::string id;      // "re_…"
  std::string status;  // pending, requires_action, succeeded, failed, canceled, or one that does not exist yet
  RefundId refund_id;  // of ours; empty for a refund that somebody made by hand
};

struct StripeRefundPage {
  std::vector<StripeRefund> refunds;
  bool has_more = false;
};

Result<StripeRefund> parse_stripe_refund(std::string_view body);
Result<StripeRefundPage> parse_stripe_refunds(std::string_view body);

// The money is not on its way and will not be.
bool has_failed(const StripeRefund& refund);

}  // namespace sampan
