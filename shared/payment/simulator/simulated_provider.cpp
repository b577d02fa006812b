#include "shared/payment/simulator/simulated_provider.hpp"

#include <algorithm>

namespace sampan {
namespace {

constexpr int64_t fee_per_mille = 14;
constexpr int64_t fee_fixed_minor = 25;

ProviderState state_at(const SimulatedPage& page, Instant now) {
  if (page.captured_at) return ProviderState::captured;
  return page.was_expired || page.expires_at <= now ? ProviderState::expired : ProviderState::open;
}

Money captured_of(const SimulatedPage& page) { return page.captured_at ? page.amount : Money{0, page.amount.currency}; }

Money refunded_of(const SimulatedPage& page) {
  Money refunded{0, page.amount.currency};
  for (const SimulatedRefund& refund : page.refunds) refunded.minor += refund.amount.minor;
  return refunded;
}

PaymentPage answer_of(const SimulatedPage& page) {
  return {page.provider_id, "https://pay.sampan.invalid/" + page.provider_id.value};
}

tl::unexpected<Error> other_amount(const std::string& key, Money before, Money now) {
  return fail(ErrorCode::rejected, "This key was used with another amount.",
              key + ": " + text(before) + ", now " + text(now));
}

}  // namespace

Result<Money> provider_fee(Money captured) {
  TRY(const int64_t share, divide(static_cast<__int128>(captured.minor) * fee_per_mille, 1000, Rounding::half_even));
  return Money{share + fee_fixed_minor, captured.currency};
}

Result<SimulatedProvider> SimulatedProvider::load(std::string_view text, std::function<Instant()> now) {
  SimulatedProvider provider(std::move(now));
  TRY(provider.document_, from_json<ProviderDocument>(text));
  return provider;
}

std::string SimulatedProvider::save() const { return to_json(document_); }

Result<SimulatedPage*> SimulatedProvider::find_page(const ProviderId& id) {
  const auto found = std::find_if(document_.pages.begin(), document_.pages.end(),
                                  [&](const SimulatedPage& page) { return page.provider_id == id; });
  if (found == document_.pages.end())
    return fail(ErrorCode::bad_request, "The payment provider does not know this payment.", id.value);
  return &*found;
}

bool SimulatedProvider::is_remembered(Instant since) const {
  return !document_.key_memory_ms || now_() < since + milliseconds(*document_.key_memory_ms);
}

Result<PaymentPage> SimulatedProvider::open_page(const Payment& payment) {
  for (const SimulatedPage& page : document_.pages) {
    if (!(page.payment_id == payment.payment_id) || !is_remembered(page.opened_at)) continue;
    if (!(page.amount == payment.amount)) return other_amount(payment.payment_id.value, page.amount, payment.amount);
    return answer_of(page);
  }
  const Instant now = now_();
  if (payment.amount.minor <= 0 || payment.amount.currency == Currency{})
    return fail(ErrorCode::bad_request, "There is nothing to pay.", payment.payment_id.value);
  if (payment.expires_at <= now)
    return fail(ErrorCode::bad_request, "The page would have expired already.", payment.payment_id.value);
  SimulatedPage page;
  page.provider_id = {"cs_sim_" + std::to_string(document_.pages.size() + 1)};
  page.payment_id = payment.payment_id;
  page.amount = payment.amount;
  page.fee = {0, payment.amount.currency};
  page.opened_at = now;
  page.expires_at = payment.expires_at;
  document_.pages.push_back(page);
  return answer_of(page);
}

Result<ProviderAnswer> SimulatedProvider::ask(const ProviderId& id) {
  TRY(const SimulatedPage* page, find_page(id));
  const Instant now = now_();
  ProviderAnswer answer{state_at(*page, now), captured_of(*page), std::nullopt};
  if (page->captured_at && *page->captured_at + milliseconds(document_.fee_delay_ms.value_or(0)) <= now)
    answer.fee = page->fee;
  return answer;
}

Result<void> SimulatedProvider::expire(const ProviderId& id) {
  TRY(SimulatedPage* const page, find_page(id));
  if (page->captured_at) return fail(ErrorCode::rejected, "The page was paid already.", id.value);
  page->was_expired = true;
  return done();
}

Result<void> SimulatedProvider::pay(const ProviderId& id, Instant now) {
  TRY(SimulatedPage* const page, find_page(id));
  const ProviderState state = state_at(*page, now);
  if (state != ProviderState::open)
    return fail(ErrorCode::rejected, "This page cannot be paid any more.",
                id.value + " is " + std::string(word(state)));
  TRY(page->fee, provider_fee(page->amount));
  page->captured_at = now;
  return done();
}

Result<void> SimulatedProvider::refund(const Refund& refund, const ProviderId& payment) {
  TRY(SimulatedPage* const page, find_page(payment));
  for (const SimulatedRefund& known : page->refunds) {
    if (!(known.refund_id == refund.refund_id) || !is_remembered(known.at)) continue;
    if (!(known.amount == refund.amount)) return other_amount(refund.refund_id.value, known.amount, refund.amount);
    return done();
  }
  if (refund.amount.minor <= 0 || !(refund.amount.currency == page->amount.currency))
    return fail(ErrorCode::bad_request, "This is no amount of the payment's currency.", text(refund.amount));
  if (captured_of(*page).minor - refunded_of(*page).minor < refund.amount.minor)
    return fail(ErrorCode::rejected, "A refund is at most what was captured and not yet refunded.",
                payment.value + ": " + text(refund.amount));
  page->refunds.push_back({refund.refund_id, refund.amount, now_()});
  return done();
}

// A forgotten key still names its refund.
Result<bool> SimulatedProvider::has_refund(const RefundId& refund_id, const ProviderId& payment) {
  TRY(const SimulatedPage* page, find_page(payment));
  return std::any_of(page->refunds.begin(), page->refunds.end(),
                     [&](const SimulatedRefund& known) { return known.refund_id == refund_id; });
}

ProviderBooks SimulatedProvider::books() const {
  ProviderBooks books;
  for (const SimulatedPage& page : document_.pages) {
    const ProviderBookLine line{page.provider_id, page.payment_id, captured_of(page), refunded_of(page), page.fee};
    const int64_t net_minor = line.captured.minor - line.refunded.minor - line.fee.minor;
    const auto same = std::find_if(books.balances.begin(), books.balances.end(),
                                   [&](const Money& balance) { return balance.currency == page.amount.currency; });
    if (same != books.balances.end())
      same->minor += net_minor;
    else
      books.balances.push_back({net_minor, page.amount.currency});
    books.lines.push_back(line);
  }
  return books;
}

}  // namespace sampan
