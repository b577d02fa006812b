// A payment provider that exists only as values: hosted pages that a shopper pays, and refunds out of what was captured.
//
// Unit    minor units of each page's currency; the fee is 1.4 % and 25 minor units, half to even, kept at a refund, and
//         told with the money or after a delay
// Errors  bad_request of what makes no sense or is not known; rejected of what cannot be done (any more)
// Source  trade.md 4.1: Stripe's Checkout and refunds, its idempotency keys too, which are forgotten after a time
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/payment/provider.hpp"

namespace sampan {

struct SimulatedRefund {
  RefundId refund_id;  // the key it was asked with
  Money amount;
  Instant at{};
};
FIELDS(SimulatedRefund, refund_id, amount, at)

struct SimulatedPage {
  ProviderId provider_id;
  PaymentId payment_id;  // the key it was opened with
  Money amount;
  Instant opened_at{};
  Instant expires_at{};
  bool was_expired = false;
  std::optional<Instant> captured_at;
  Money fee;
  std::vector<SimulatedRefund> refunds;
};
FIELDS(SimulatedPage, provider_id, payment_id, amount, opened_at, expires_at, was_expired, captured_at, fee, refunds)

struct ProviderDocument {
  std::optional<int64_t> key_memory_ms;
  std::optional<int64_t> fee_delay_ms;
  std::vector<SimulatedPage> pages;
};
FIELDS(ProviderDocument, key_memory_ms, fee_delay_ms, pages)

// For comparing with our ledger.
struct ProviderBookLine {
  ProviderId provider_id;
  PaymentId payment_id;
  Money captured;
  Money refunded;
  Money fee;
};
struct ProviderBooks {
  std::vector<ProviderBookLine> lines;
  std::vector<Money> balances;  // one a currency: captured - refunded - fees
};

class SimulatedProvider final : public PaymentProvider {
 public:
  explicit SimulatedProvider(std::function<Instant()> now) : now_(std::move(now)) {}

  static Result<SimulatedProvider> load(std::string_view text, std::function<Instant()> now);
  std::string save() const;

  Result<PaymentPage> open_page(const Payment& payment) override;
  Result<ProviderAnswer> ask(const ProviderId& id) override;
  Result<void> expire(const ProviderId& id) override;
  Result<void> refund(const Refund& refund, const ProviderId& payment) override;
  Result<bool> has_refund(const RefundId& refund_id, const ProviderId& payment) override;

  // The shopper pays on the hosted page; rejected when it is paid or expired.
  Result<void> pay(const ProviderId& id, Instant now);

  // So long a key makes a repeat harmless; for ever unless this is called. The real one forgets after 24 hours, and a
  // repeat then is done again.
  void set_key_memory(Duration span) { document_.key_memory_ms = span.ms; }

  // So long after a capture nobody is told its fee.
  void set_fee_delay(Duration span) { document_.fee_delay_ms = span.ms; }

  ProviderBooks books() const;

 private:
  Result<SimulatedPage*> find_page(const ProviderId& id);
  bool is_remembered(Instant since) const;

  std::function<Instant()> now_;
  ProviderDocument document_;
};

// 1.4 % and 25 minor units.
Result<Money> provider_fee(Money captured);

}  // namespace sampan
