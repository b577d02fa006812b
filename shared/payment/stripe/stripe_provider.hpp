// Stripe as the shop's payment provider: hosted Checkout pages, and refunds of what they took.
//
// Errors  those of the port; outcome_unknown is safe to repeat within a day: every POST that makes something has a key
// Source  docs.stripe.com/api, version 2026-10-28.endive; tests/contract/stripe_test.mjs checks us against the npm SDK
#pragma once

#include <functional>
#include <string>

#include "shared/core/http.hpp"
#include "shared/payment/provider.hpp"
#include "shared/payment/stripe/errors.hpp"
#include "shared/payment/stripe/form.hpp"
#include "shared/payment/stripe/replies.hpp"

namespace sampan {

// Names move between versions: always sent.
inline constexpr std::string_view stripe_version = "2026-10-28.endive";

struct StripeSettings {
  std::string secret_key;  // "sk_…"
  StripeReturns returns;
};

class StripeProvider final : public PaymentProvider {
 public:
  // `send` goes to https://api.stripe.com or to the sandbox.
  StripeProvider(HttpSend send, std::function<Instant()> now, StripeSettings settings)
      : send_(std::move(send)), now_(std::move(now)), settings_(std::move(settings)) {}

  Result<PaymentPage> open_page(const Payment& payment) override;
  Result<ProviderAnswer> ask(const ProviderId& id) override;
  Result<void> expire(const ProviderId& id) override;
  Result<bool> has_refund(const RefundId& refund_id, const ProviderId& payment) override;
  Result<void> refund(const Refund& refund, const ProviderId& payment) override;

 private:
  Result<std::string> get(std::string path, std::string query);
  Result<std::string> post(std::string path, std::string form, std::string key);
  Result<std::string> exchange(HttpRequest request, StripeCall call);
  Result<StripeSession> load_session(const ProviderId& id, std::string query);
  Result<StripeSession> load_paid_session(const ProviderId& id);

  HttpSend send_;
  std::function<Instant()> now_;
  StripeSettings settings_;
};

}  // namespace sampan
