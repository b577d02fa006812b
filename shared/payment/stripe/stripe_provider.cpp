#include "shared/payment/stripe/stripe_provider.hpp"

#include <algorithm>

namespace sampan {
namespace {

constexpr int most_refund_pages = 50;  // of 100 each: a list that does not end is no list

// After a change that was made, an answer that cannot be read leaves its outcome open.
template <class T>
Result<T> read_change(Result<T> read) {
  if (read) return read;
  return tl::unexpected(unreadable(std::move(read).error(), StripeCall::changes));
}

std::string session_path(const ProviderId& id) { return "/v1/checkout/sessions/" + id.value; }

}  // namespace

Result<std::string> StripeProvider::exchange(HttpRequest request, StripeCall call) {
  const std::string place = request.method + " " + request.path;
  request.fields.push_back({"Authorization", "Bearer " + settings_.secret_key});
  request.fields.push_back({"Stripe-Version", std::string(stripe_version)});
  auto reply = send_(request);
  if (!reply) {
    Error error = std::move(reply).error();
    // A question that got lost is asked again.
    if (call == StripeCall::asks && error.code == ErrorCode::outcome_unknown) error.code = ErrorCode::retry_later;
    return tl::unexpected(within(std::move(error), place));
  }
  if (reply->status < 200 || reply->status >= 300) return tl::unexpected(within(stripe_error(*reply, call), place));
  return std::move(reply->body);
}

Result<std::string> StripeProvider::get(std::string path, std::string query) {
  HttpRequest request;
  request.method = "GET";
  request.path = std::move(path);
  request.query = std::move(query);
  return exchange(std::move(request), StripeCall::asks);
}

Result<std::string> StripeProvider::post(std::string path, std::string form, std::string key) {
  HttpRequest request;
  request.method = "POST";
  request.path = std::move(path);
  request.body = std::move(form);
  request.fields.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  if (!key.empty()) request.fields.push_back({"Idempotency-Key", std::move(key)});
  return exchange(std::move(request), StripeCall::changes);
}

Result<StripeSession> StripeProvider::load_session(const ProviderId& id, std::string query) {
  TRY(const std::string body, get(session_path(id), std::move(query)));
  return parse_stripe_session(body);
}

Result<PaymentPage> StripeProvider::open_page(const Payment& payment) {
  TRY(std::string form, checkout_form(payment, settings_.returns, now_()));
  TRY(const std::string body, post("/v1/checkout/sessions", std::move(form), open_key(payment.payment_id)));
  TRY(const StripeSession session, read_change(parse_stripe_session(body)));
  if (session.url.empty())
    return tl::unexpected(
        unreadable({ErrorCode::bad_reply, {}, session.id.value + " has no url"}, StripeCall::changes));
  return PaymentPage{session.id, session.url};
}

Result<ProviderAnswer> StripeProvider::ask(const ProviderId& id) {
  TRY(const StripeSession session,
      load_session(id, form_text({{"expand[]", "payment_intent.latest_charge.balance_transaction"}})));
  return answer_of(session);
}

Result<void> StripeProvider::expire(const ProviderId& id) {
  const auto expired = post(session_path(id) + "/expire", "", "");
  if (expired) return done();
  if (expired.error().code != ErrorCode::bad_request) return tl::unexpected(expired.error());
  // Stripe refuses it for a page that is not open, and tells why only in prose.
  TRY(const StripeSession session, load_session(id, ""));
  switch (session.status) {
    case StripeSessionStatus::expired: return done();
    case StripeSessionStatus::complete: return fail(ErrorCode::rejected, "The page was paid already.", id.value);
    case StripeSessionStatus::open: break;
  }
  return tl::unexpected(expired.error());
}

Result<StripeSession> StripeProvider::load_paid_session(const ProviderId& id) {
  TRY(StripeSession session, load_session(id, ""));
  if (session.payment_intent_id.empty())
    return fail(ErrorCode::rejected, "Nothing was paid that could be refunded.", id.value);
  return session;
}

Result<bool> StripeProvider::has_refund(const RefundId& refund_id, const ProviderId& payment) {
  TRY(const StripeSession session, load_paid_session(payment));
  std::string last;
  for (int n = 0; n < most_refund_pages; ++n) {
    std::vector<HttpField> query{{"payment_intent", session.payment_intent_id}, {"limit", "100"}};
    if (!last.empty()) query.push_back({"starting_after", last});
    TRY(const std::string body, get("/v1/refunds", form_text(query)));
    TRY(const StripeRefundPage page, parse_stripe_refunds(body));
    for (const StripeRefund& refund : page.refunds) {
      if (!(refund.refund_id == refund_id)) continue;
      if (!has_failed(refund)) return true;
      return fail(ErrorCode::rejected, "The refund failed at the provider; a person must pay it back another way.",
                  refund.id + " of " + refund_id.value);
    }
    if (!page.has_more) return false;
    if (page.refunds.empty()) break;
    last = page.refunds.back().id;
  }
  return fail(ErrorCode::bad_reply, "The payment provider's list of refunds does not end.", payment.value);
}

Result<void> StripeProvider::refund(const Refund& refund, const ProviderId& payment) {
  TRY(const StripeSession session, load_paid_session(payment));
  TRY(std::string form, refund_form(refund, session.payment_intent_id));
  TRY(const std::string body, post("/v1/refunds", std::move(form), refund_key(refund.refund_id)));
  TRY(const StripeRefund made, read_change(parse_stripe_refund(body)));
  if (has_failed(made))
    return fail(ErrorCode::rejected, "The refund failed at the provider; a person must pay it back another way.",
                made.id + " of " + refund.refund_id.value);
  return done();
}

}  // namespace sampan
