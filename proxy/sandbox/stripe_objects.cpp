#include "proxy/sandbox/stripe_objects.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "proxy/sandbox/wire_json.hpp"
#include "shared/payment/stripe/stripe_provider.hpp"
#include "shared/payment/stripe/units.hpp"

namespace sampan {
namespace {

Json of(std::string_view text) { return json_string(text); }
Json of_time(Instant at) { return json_integer(at.ms / 1000); }
Json or_null(std::string_view text) { return text.empty() ? json_null() : json_string(text); }
Json of_metadata(const StripeMetadata& metadata) {
  std::vector<JsonMember> members;
  for (const auto& [name, value] : metadata) members.push_back({name, json_string(value)});
  return json_object(std::move(members));
}

// What cannot be expressed in Stripe's units was refused when the session was made.
int64_t units(Money amount) {
  const auto found = stripe_amount(amount);
  return found ? *found : amount.minor;
}
Json of_amount(Money amount) { return json_integer(units(amount)); }
Json of_currency(Money amount) { return of(stripe_currency(amount.currency)); }

std::string numbered(std::string_view prefix, int64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(prefix) + "Sampan" + std::string(digits.size() < 12 ? 12 - digits.size() : 0, '0') + digits;
}

// What is to be expanded within `name`; nothing when `name` itself is not.
std::optional<Expansions> within_expansion(const Expansions& expansions, std::string_view name) {
  std::optional<Expansions> inner;
  for (const std::string& path : expansions) {
    if (path.compare(0, name.size(), name) != 0) continue;
    if (path.size() > name.size() && path[name.size()] != '.') continue;
    if (!inner) inner.emplace();
    if (path.size() > name.size()) inner->push_back(path.substr(name.size() + 1));
  }
  return inner;
}

bool is_paid(const SessionView& view) { return view.answer.state == ProviderState::captured; }

std::string_view status_of(const SessionView& view) {
  if (is_paid(view)) return "complete";
  return view.answer.state == ProviderState::expired ? "expired" : "open";
}

Instant paid_at(const SessionView& view) { return view.session.paid_at.value_or(view.session.created_at); }

Json transaction(std::string_view id, std::string_view type, Money amount, Money fee, std::string_view source,
                 Instant at) {
  return json_object({{"id", of(id)},
                      {"object", of("balance_transaction")},
                      {"amount", of_amount(amount)},
                      {"available_on", of_time(at)},
                      {"created", of_time(at)},
                      {"currency", of_currency(amount)},
                      {"exchange_rate", json_null()},
                      {"fee", of_amount(fee)},
                      {"net", json_integer(units(amount) - units(fee))},
                      {"source", of(source)},
                      {"status", of("available")},
                      {"type", of(type)}});
}

struct Expandable {
  std::string_view kind;
  std::string_view path;
};
constexpr std::array expandables{
    Expandable{"session", "payment_intent"},
    Expandable{"session", "payment_intent.latest_charge"},
    Expandable{"session", "payment_intent.latest_charge.balance_transaction"},
    Expandable{"intent", "latest_charge"},
    Expandable{"intent", "latest_charge.balance_transaction"},
    Expandable{"charge", "balance_transaction"},
};

}  // namespace

std::string session_id(int64_t number) { return numbered("cs_test_", number); }
std::string intent_id(int64_t number) { return numbered("pi_", number); }
std::string charge_id(int64_t number) { return numbered("ch_", number); }
std::string charge_transaction_id(int64_t number) { return numbered("txn_c", number); }
std::string refund_id_text(int64_t number) { return numbered("re_", number); }
std::string refund_transaction_id(int64_t number) { return numbered("txn_r", number); }
std::string event_id(int64_t number) { return numbered("evt_", number); }

Json charge_transaction_object(const SessionView& view) {
  const int64_t number = view.session.number;
  return transaction(charge_transaction_id(number), "charge", view.answer.captured, *view.answer.fee, charge_id(number),
                     paid_at(view));
}

Json charge_object(const SessionView& view, const Expansions& expansions) {
  const SandboxSession& session = view.session;
  Json booked;  // null until it is in the balance
  if (view.answer.fee)
    booked = within_expansion(expansions, "balance_transaction") ? charge_transaction_object(view)
                                                                 : of(charge_transaction_id(session.number));
  return json_object({{"id", of(charge_id(session.number))},
                      {"object", of("charge")},
                      {"amount", of_amount(session.amount)},
                      {"amount_captured", of_amount(view.answer.captured)},
                      {"amount_refunded", of_amount(view.refunded)},
                      {"balance_transaction", std::move(booked)},
                      {"captured", json_boolean(true)},
                      {"created", of_time(paid_at(view))},
                      {"currency", of_currency(session.amount)},
                      {"livemode", json_boolean(false)},
                      {"metadata", of_metadata(session.intent_metadata)},
                      {"paid", json_boolean(true)},
                      {"payment_intent", of(intent_id(session.number))},
                      {"refunded", json_boolean(view.refunded == view.answer.captured)},
                      {"status", of("succeeded")}});
}

Json intent_object(const SessionView& view, const Expansions& expansions) {
  const SandboxSession& session = view.session;
  const auto inner = within_expansion(expansions, "latest_charge");
  return json_object({{"id", of(intent_id(session.number))},
                      {"object", of("payment_intent")},
                      {"amount", of_amount(session.amount)},
                      {"amount_received", of_amount(view.answer.captured)},
                      {"canceled_at", json_null()},
                      {"capture_method", of("automatic_async")},
                      {"created", of_time(paid_at(view))},
                      {"currency", of_currency(session.amount)},
                      {"last_payment_error", json_null()},
                      {"latest_charge", inner ? charge_object(view, *inner) : of(charge_id(session.number))},
                      {"livemode", json_boolean(false)},
                      {"metadata", of_metadata(session.intent_metadata)},
                      {"next_action", json_null()},
                      {"payment_method_types", json_array({of("card")})},
                      {"status", of("succeeded")}});
}

Json session_object(const SessionView& view, const Expansions& expansions) {
  const SandboxSession& session = view.session;
  // A payment intent exists once somebody pays.
  Json intent;
  if (is_paid(view)) {
    const auto inner = within_expansion(expansions, "payment_intent");
    intent = inner ? intent_object(view, *inner) : of(intent_id(session.number));
  }
  return json_object({{"id", of(session_id(session.number))},
                      {"object", of("checkout.session")},
                      {"amount_subtotal", of_amount(session.amount)},
                      {"amount_total", of_amount(session.amount)},
                      {"cancel_url", or_null(session.cancel_url)},
                      {"client_reference_id", or_null(session.client_reference_id)},
                      {"created", of_time(session.created_at)},
                      {"currency", of_currency(session.amount)},
                      {"customer", json_null()},
                      {"customer_email", or_null(session.customer_email)},
                      {"expires_at", of_time(session.expires_at)},
                      {"livemode", json_boolean(false)},
                      {"locale", json_null()},
                      {"metadata", of_metadata(session.metadata)},
                      {"mode", of("payment")},
                      {"payment_intent", std::move(intent)},
                      {"payment_method_types", json_array({of("card")})},
                      {"payment_status", of(is_paid(view) ? "paid" : "unpaid")},
                      {"status", of(status_of(view))},
                      {"success_url", of(session.success_url)},
                      {"ui_mode", of("hosted_page")},
                      {"url", view.answer.state == ProviderState::open ? of(view.url) : json_null()}});
}

Json refund_transaction_object(const SandboxRefund& refund) {
  const Money out{-refund.amount.minor, refund.amount.currency};
  return transaction(refund_transaction_id(refund.number), "refund", out, {0, refund.amount.currency},
                     refund_id_text(refund.number), refund.created_at);
}

Json refund_object(const SandboxRefund& refund) {
  return json_object({{"id", of(refund_id_text(refund.number))},
                      {"object", of("refund")},
                      {"amount", of_amount(refund.amount)},
                      {"balance_transaction", of(refund_transaction_id(refund.number))},
                      {"charge", of(charge_id(refund.session_number))},
                      {"created", of_time(refund.created_at)},
                      {"currency", of_currency(refund.amount)},
                      {"metadata", of_metadata(refund.metadata)},
                      {"payment_intent", of(intent_id(refund.session_number))},
                      {"reason", or_null(refund.reason)},
                      {"receipt_number", json_null()},
                      {"status", of("succeeded")}});
}

Json list_object(std::string_view url, std::vector<Json> data, bool has_more) {
  return json_object({{"object", of("list")},
                      {"data", json_array(std::move(data))},
                      {"has_more", json_boolean(has_more)},
                      {"url", of(url)}});
}

Json event_object(std::string_view id, std::string_view type, Json about, Instant created_at) {
  return json_object({{"id", of(id)},
                      {"object", of("event")},
                      {"api_version", of(stripe_version)},
                      {"created", of_time(created_at)},
                      {"data", json_object({{"object", std::move(about)}})},
                      {"livemode", json_boolean(false)},
                      {"pending_webhooks", json_integer(1)},
                      {"request", json_object({{"id", json_null()}, {"idempotency_key", json_null()}})},
                      {"type", of(type)}});
}

std::optional<std::string> unknown_expansion(std::string_view kind, const Expansions& expansions) {
  for (const std::string& path : expansions) {
    const bool known = std::any_of(expandables.begin(), expandables.end(),
                                   [&](const Expandable& each) { return each.kind == kind && each.path == path; });
    if (!known) return path;
  }
  return std::nullopt;
}

Json refusal_object(const StripeRefusal& refusal) {
  std::vector<JsonMember> members;
  if (!refusal.code.empty()) members.push_back({"code", of(refusal.code)});
  members.push_back({"message", of(refusal.message)});
  if (!refusal.param.empty()) members.push_back({"param", of(refusal.param)});
  members.push_back({"type", of(refusal.type)});
  return json_object({{"error", json_object(std::move(members))}});
}

}  // namespace sampan
