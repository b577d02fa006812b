#include "shared/payment/stripe/replies.hpp"

#include <algorithm>

#include "shared/payment/stripe/units.hpp"

namespace sampan {
namespace {

struct SessionReply {
  std::string id;
  std::optional<std::string> url;
  StripeSessionStatus status{};
  StripePaymentStatus payment_status{};
  std::optional<Json> payment_intent;  // its id, or the whole of it
};
FIELDS(SessionReply, id, url, status, payment_status, payment_intent)

struct IntentReply {
  std::string id;
  int64_t amount_received = 0;
  std::string currency;
  std::optional<Json> latest_charge;
};
FIELDS(IntentReply, id, amount_received, currency, latest_charge)

struct ChargeReply {
  std::optional<Json> balance_transaction;
};
FIELDS(ChargeReply, balance_transaction)

struct BalanceReply {
  int64_t fee = 0;
  std::string currency;
};
FIELDS(BalanceReply, fee, currency)

struct RefundReply {
  std::string id;
  std::optional<std::string> status;
  std::optional<std::map<std::string, std::string>> metadata;
};
FIELDS(RefundReply, id, status, metadata)

struct RefundsReply {
  std::vector<RefundReply> data;
  bool has_more = false;
};
FIELDS(RefundsReply, data, has_more)

template <class T>
Result<T> as_reply(Result<T> read) {
  if (read) return read;
  return fail(ErrorCode::bad_reply, "The payment provider's answer cannot be read.", std::move(read).error().context);
}

template <class T>
Result<T> read_reply(std::string_view body) {
  return as_reply(from_json<T>(body));
}
template <class T>
Result<T> read_expanded(const Json& json) {
  return as_reply(read(json, static_cast<T*>(nullptr)));
}

bool is_object(const std::optional<Json>& json) { return json && json->kind == JsonKind::object; }

// It becomes part of a path.
Result<void> check_id(const std::string& id) {
  const bool plain = !id.empty() && id.size() <= 255 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (plain) return done();
  return fail(ErrorCode::bad_reply, "The payment provider's answer cannot be read.", "/id is no id");
}

Result<void> read_fee(const std::optional<Json>& charge, StripeSession& session) {
  if (!is_object(charge)) return done();
  TRY(const ChargeReply reply, read_expanded<ChargeReply>(*charge));
  if (!is_object(reply.balance_transaction)) return done();
  TRY(const BalanceReply balance, read_expanded<BalanceReply>(*reply.balance_transaction));
  TRY(session.fee, money_of_stripe(balance.fee, balance.currency));
  return done();
}

Result<void> read_intent(const Json& intent, StripeSession& session) {
  if (intent.kind == JsonKind::string) {
    session.payment_intent_id = intent.text;
  } else {
    TRY(const IntentReply reply, read_expanded<IntentReply>(intent));
    session.payment_intent_id = reply.id;
    TRY(session.received, money_of_stripe(reply.amount_received, reply.currency));
    TRY_DO(read_fee(reply.latest_charge, session));
  }
  return check_id(session.payment_intent_id);
}

Result<StripeRefund> refund_of(const RefundReply& reply) {
  TRY_DO(check_id(reply.id));
  StripeRefund refund{reply.id, reply.status.value_or(""), {}};
  if (!reply.metadata) return refund;
  const auto ours = reply.metadata->find("refund_id");
  if (ours != reply.metadata->end()) refund.refund_id = {ours->second};
  return refund;
}

}  // namespace

Result<StripeSession> parse_stripe_session(std::string_view body) {
  TRY(const SessionReply reply, read_reply<SessionReply>(body));
  TRY_DO(check_id(reply.id));
  StripeSession session;
  session.id = {reply.id};
  session.status = reply.status;
  session.payment_status = reply.payment_status;
  session.url = reply.url.value_or("");
  if (reply.payment_intent) TRY_DO(read_intent(*reply.payment_intent, session));
  return session;
}

Result<ProviderAnswer> answer_of(const StripeSession& session) {
  if (session.status == StripeSessionStatus::expired) return ProviderAnswer{ProviderState::expired, {}, std::nullopt};
  if (session.status == StripeSessionStatus::open || session.payment_status == StripePaymentStatus::unpaid)
    return ProviderAnswer{ProviderState::open, {}, std::nullopt};
  if (!session.received)
    return fail(ErrorCode::bad_reply, "The payment provider says paid, but not how much.", session.id.value);
  // Stripe books the charge to our balance some time after it; until then nobody knows the fee, and the money must not
  // wait for it.
  return ProviderAnswer{ProviderState::captured, *session.received, session.fee};
}

Result<StripeRefund> parse_stripe_refund(std::string_view body) {
  TRY(const RefundReply reply, read_reply<RefundReply>(body));
  return refund_of(reply);
}

Result<StripeRefundPage> parse_stripe_refunds(std::string_view body) {
  TRY(const RefundsReply reply, read_reply<RefundsReply>(body));
  StripeRefundPage page;
  page.has_more = reply.has_more;
  for (const RefundReply& each : reply.data) {
    TRY(StripeRefund refund, refund_of(each));
    page.refunds.push_back(std::move(refund));
  }
  return page;
}

bool has_failed(const StripeRefund& refund) { return refund.status == "failed" || refund.status == "canceled"; }

}  // namespace sampan
