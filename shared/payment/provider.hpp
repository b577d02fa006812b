// A payment provider as the shop needs it.
//
// Errors  retry_later, quota, auth, rejected, bad_request · outcome_unknown of a call that changes something
// Source  trade.md 4; a repeat with the same key is one call, for a day at least: ask before a later repeat
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/payment/payment.hpp"

namespace sampan {

struct PaymentPage {
  ProviderId provider_id;
  std::string redirect_url;
};

enum class ProviderState { open, captured, expired };
WORDS(ProviderState, open, captured, expired)

struct ProviderAnswer {
  ProviderState state{};
  Money captured;            // what was really taken: compared with what we asked, amount and currency
  std::optional<Money> fee;  // what the provider keeps of it, once it has told: that may be later than the money
};

class PaymentProvider {
 public:
  virtual ~PaymentProvider() = default;

  // payment.payment_id is the idempotency key.
  virtual Result<PaymentPage> open_page(const Payment& payment) = 0;
  virtual Result<ProviderAnswer> ask(const ProviderId& id) = 0;
  // Nobody can pay it any more; rejected when it was captured meanwhile.
  virtual Result<void> expire(const ProviderId& id) = 0;
  // Whether that refund was taken on before; the provider's keys are forgotten after a day, its refunds are not.
  virtual Result<bool> has_refund(const RefundId& refund_id, const ProviderId& payment) = 0;
  // refund.refund_id is the idempotency key. Done means the provider has taken it on for good.
  virtual Result<void> refund(const Refund& refund, const ProviderId& payment) = 0;
};

}  // namespace sampan
