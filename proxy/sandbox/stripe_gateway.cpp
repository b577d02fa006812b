#include "proxy/sandbox/stripe_gateway.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "proxy/sandbox/stripe_webhooks.hpp"
#include "shared/payment/stripe/form.hpp"
#include "shared/payment/stripe/stripe_provider.hpp"
#include "shared/payment/stripe/units.hpp"

namespace sampan {
namespace {

constexpr Duration key_memory = hours(24);
constexpr size_t longest_key = 255;

std::string base64(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < text.size(); i += 3) {
    uint32_t three = 0;
    for (size_t k = 0; k < 3; ++k)
      three = three << 8 | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
    for (size_t k = 0; k < 4; ++k) out += i + k <= text.size() ? digits[three >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

// What stands at "*", when `path` is of `pattern`'s shape; a pattern without one gives an empty text.
std::optional<std::string> match(std::string_view pattern, std::string_view path) {
  const size_t star = pattern.find('*');
  if (star == pattern.npos) return pattern == path ? std::optional<std::string>("") : std::nullopt;
  const std::string_view before = pattern.substr(0, star);
  const std::string_view after = pattern.substr(star + 1);
  if (path.size() <= before.size() + after.size()) return std::nullopt;
  const std::string_view middle = path.substr(before.size(), path.size() - before.size() - after.size());
  const bool fits = path.substr(0, before.size()) == before && path.substr(path.size() - after.size()) == after;
  if (!fits || middle.find('/') != middle.npos) return std::nullopt;
  return std::string(middle);
}

tl::unexpected<StripeRefusal> refuse_unknown(const std::string& what, const std::string& id, const std::string& param) {
  return refuse("No such " + what + ": '" + id + "'", param, "resource_missing", 404);
}

template <class Records, class IdOf>
auto find_by(const Records& records, IdOf id_of, std::string_view id) -> decltype(&records.front()) {
  const auto found = std::find_if(records.begin(), records.end(), [&](const auto& each) { return id_of(each) == id; });
  return found == records.end() ? nullptr : &*found;
}

std::string id_of(const SandboxSession& session) { return session_id(session.number); }
std::string id_of(const SandboxRefund& refund) { return refund_id_text(refund.number); }

// What is not UTF-8 could be neither answered nor remembered as JSON; our parser of it knows.
bool is_utf8(std::string_view text) {
  std::string quoted;
  write(quoted, text);
  return parse_json(quoted).has_value();
}

bool is_text(const HttpRequest& request) {
  const std::vector<HttpField> parameters = parse_form(request.method == "GET" ? request.query : request.body);
  return is_utf8(request.method + request.path) && is_utf8(field_of(request.fields, "Idempotency-Key")) &&
         std::all_of(parameters.begin(), parameters.end(),
                     [](const HttpField& each) { return is_utf8(each.name) && is_utf8(each.value); });
}

const std::vector<std::string_view> session_parameters = {
    "mode",
    "line_items[*][quantity]",
    "line_items[*][price_data][currency]",
    "line_items[*][price_data][unit_amount]",
    "line_items[*][price_data][product_data][name]",
    "success_url",
    "cancel_url",
    "client_reference_id",
    "customer_email",
    "locale",
    "ui_mode",
    "expires_at",
    "allowed_payment_method_types[*]",
    "metadata[*]",
    "payment_intent_data[metadata][*]",
    "payment_intent_data[description]",
    "expand[*]",
};

}  // namespace

StripeGateway::StripeGateway(SimulatedProvider& provider, StripeRecords& records, std::function<Instant()> now,
                             StripeGatewaySettings settings)
    : provider_(provider), records_(records), now_(std::move(now)), settings_(std::move(settings)) {
  provider_.set_key_memory(Duration{});
}

struct StripeGateway::Route {
  std::string_view method;
  std::string_view path;
  Answer (StripeGateway::*call)(const Call&);
};

const std::vector<StripeGateway::Route>& StripeGateway::routes() {
  static const std::vector<Route> table = {
      {"POST", "/v1/checkout/sessions", &StripeGateway::create_session},
      {"GET", "/v1/checkout/sessions/*", &StripeGateway::show_session},
      {"POST", "/v1/checkout/sessions/*/expire", &StripeGateway::expire_session},
      {"GET", "/v1/payment_intents/*", &StripeGateway::show_intent},
      {"GET", "/v1/charges/*", &StripeGateway::show_charge},
      {"GET", "/v1/balance_transactions/*", &StripeGateway::show_transaction},
      {"POST", "/v1/refunds", &StripeGateway::create_refund},
      {"GET", "/v1/refunds", &StripeGateway::list_refunds},
      {"GET", "/v1/refunds/*", &StripeGateway::show_refund},
  };
  return table;
}

HttpReply StripeGateway::reply(int32_t status, std::string body) {
  return {status,
          {{"Content-Type", "application/json"},
           {"Cache-Control", "no-cache, no-store"},
           {"Stripe-Version", std::string(stripe_version)}},
          std::move(body)};
}

bool StripeGateway::is_authorized(const HttpRequest& request) const {
  const std::string_view given = field_of(request.fields, "Authorization");
  return given == "Bearer " + settings_.secret_key || given == "Basic " + base64(settings_.secret_key + ":");
}

HttpReply StripeGateway::answer(const HttpRequest& request) {
  if (!is_authorized(request))
    return reply(401, json_text(refusal_object({401, "invalid_request_error", "", "Invalid API Key provided.", ""})));
  if (!is_text(request))
    return reply(400, json_text(refusal_object({400, "invalid_request_error", "", "The request is not UTF-8.", ""})));
  const std::string key(field_of(request.fields, "Idempotency-Key"));
  if (request.method != "POST" || key.empty()) return act(request);
  if (key.size() <= longest_key) return act_once(request, key);
  return reply(400, json_text(refusal_object({400, "invalid_request_error", "", "Idempotency-Key is too long.", ""})));
}

HttpReply StripeGateway::act_once(const HttpRequest& request, const std::string& key) {
  const Instant now = now_();
  auto& saved = records_.saved_replies;
  saved.erase(std::remove_if(saved.begin(), saved.end(),
                             [&](const SavedReply& each) { return each.saved_at + key_memory <= now; }),
              saved.end());
  const std::string asked = request.method + " " + request.path + " " + request.body;
  const auto known = std::find_if(saved.begin(), saved.end(), [&](const SavedReply& each) { return each.key == key; });
  if (known != saved.end()) {
    if (known->request != asked)
      return reply(400, json_text(refusal_object({400, "idempotency_error", "",
                                                  "Keys for idempotent requests can only be used with the same "
                                                  "parameters they were first used with.",
                                                  ""})));
    HttpReply again = reply(known->status, known->body);
    again.fields.push_back({"Idempotent-Replayed", "true"});
    return again;
  }
  HttpReply first = act(request);
  // A refusal comes before the endpoint runs: it is not saved, and the key stays free.
  if (first.status < 400) saved.push_back({key, asked, first.status, first.body, now});
  return first;
}

HttpReply StripeGateway::act(const HttpRequest& request) {
  const auto refused = [&](const StripeRefusal& refusal) {
    return reply(refusal.status, json_text(refusal_object(refusal)));
  };
  for (const Route& route : routes()) {
    const auto id = match(route.path, request.path);
    if (!id || route.method != request.method) continue;
    const Call call{*id, parse_form(request.method == "GET" ? request.query : request.body)};
    const Answer answered = (this->*route.call)(call);
    return answered ? reply(200, json_text(*answered)) : refused(answered.error());
  }
  return refused({404, "invalid_request_error", "",
                  "Unrecognized request URL (" + request.method + ": " + request.path + ").", ""});
}

SessionView StripeGateway::view(const SandboxSession& session) {
  // A page of ours is known there, so neither of these fails.
  const auto answer = provider_.ask(session.page);
  Money refunded{0, session.amount.currency};
  for (const SandboxRefund& refund : records_.refunds)
    if (refund.session_number == session.number) refunded.minor += refund.amount.minor;
  return {session, answer ? *answer : ProviderAnswer{}, refunded,
          settings_.page_origin + "/c/pay/" + session_id(session.number)};
}

const SandboxSession* StripeGateway::find_session(std::string_view id) const {
  return find_by(records_.sessions, [](const SandboxSession& each) { return id_of(each); }, id);
}

const SandboxSession* StripeGateway::find_paid(std::string_view id) {
  for (const SandboxSession& each : records_.sessions) {
    const bool is_it = intent_id(each.number) == id || charge_id(each.number) == id;
    if (is_it && state_of(each) == ProviderState::captured) return &each;
  }
  return nullptr;
}

ProviderState StripeGateway::state_of(const SandboxSession& session) { return view(session).answer.state; }

void StripeGateway::tell(std::string_view type, Json about) { queue_event(records_, type, std::move(about), now_()); }

StripeGateway::Answer StripeGateway::create_session(const Call& call) {
  const StripeParameters& given = call.parameters;
  TRY_DO(check_names(given, session_parameters));
  TRY(const std::string mode, required(given, "mode"));
  if (mode != "payment") return refuse("Only mode payment is simulated.", "mode");
  const std::string ui_mode = value_of(given, "ui_mode");
  if (!ui_mode.empty() && ui_mode != "hosted_page") return refuse("Only hosted pages are simulated.", "ui_mode");

  const Instant now = now_();
  SandboxSession session;
  session.number = static_cast<int64_t>(records_.sessions.size()) + 1;
  TRY(const std::vector<std::string> expand, expansions(given, "session"));
  TRY(const LineItems items, line_items(given));
  TRY_DO(required(given, "success_url"));
  TRY(session.success_url, web_address(given, "success_url"));
  if (!value_of(given, "cancel_url").empty()) {
    TRY(session.cancel_url, web_address(given, "cancel_url"));
  }
  const int64_t now_seconds = now.ms / 1000;
  TRY(const int64_t closes,
      integer(given, "expires_at", now_seconds + stripe_page_longest.ms / 1000,
              now_seconds + stripe_page_shortest.ms / 1000, now_seconds + stripe_page_longest.ms / 1000));
  session.amount = items.total;
  session.name = items.name;
  session.client_reference_id = value_of(given, "client_reference_id");
  session.customer_email = value_of(given, "customer_email");
  session.metadata = metadata(given, "metadata");
  session.intent_metadata = metadata(given, "payment_intent_data[metadata]");
  session.created_at = now;
  session.expires_at = {closes * 1000};

  Payment payment;
  const auto named = session.metadata.find("payment_id");
  payment.payment_id = {named != session.metadata.end() ? named->second : session_id(session.number)};
  payment.amount = session.amount;
  payment.expires_at = session.expires_at;
  const auto page = provider_.open_page(payment);
  if (!page) return refuse(page.error().sentence);
  session.page = page->provider_id;
  records_.sessions.push_back(std::move(session));
  return session_object(view(records_.sessions.back()), expand);
}

StripeGateway::Answer StripeGateway::show_session(const Call& call) {
  TRY_DO(check_names(call.parameters, {"expand[*]"}));
  TRY(const std::vector<std::string> expand, expansions(call.parameters, "session"));
  const SandboxSession* const session = find_session(call.id);
  if (session == nullptr) return refuse_unknown("checkout.session", call.id, "session");
  return session_object(view(*session), expand);
}

StripeGateway::Answer StripeGateway::expire_session(const Call& call) {
  TRY_DO(check_names(call.parameters, {"expand[*]"}));
  const SandboxSession* const session = find_session(call.id);
  if (session == nullptr) return refuse_unknown("checkout.session", call.id, "session");
  if (state_of(*session) != ProviderState::open)
    return refuse(
        "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of `" +
        std::string(state_of(*session) == ProviderState::captured ? "complete" : "expired") + "`.");
  if (const auto expired = provider_.expire(session->page); !expired) return refuse(expired.error().sentence);
  tell_expired();
  return session_object(view(*session));
}

void StripeGateway::tell_expired() {
  for (SandboxSession& session : records_.sessions) {
    if (session.end_is_told || state_of(session) != ProviderState::expired) continue;
    session.end_is_told = true;
    tell("checkout.session.expired", session_object(view(session)));
  }
}

Result<void> StripeGateway::pay(const SandboxSession& session) {
  const Instant now = now_();
  TRY_DO(provider_.pay(session.page, now));
  for (SandboxSession& each : records_.sessions)
    if (each.number == session.number) each.paid_at = now;
  tell("payment_intent.succeeded", intent_object(view(session)));
  tell("checkout.session.completed", session_object(view(session)));
  return done();
}

StripeGateway::Answer StripeGateway::show_intent(const Call& call) {
  TRY_DO(check_names(call.parameters, {"expand[*]"}));
  TRY(const std::vector<std::string> expand, expansions(call.parameters, "intent"));
  const SandboxSession* const session = find_paid(call.id);
  if (session == nullptr) return refuse_unknown("payment_intent", call.id, "intent");
  return intent_object(view(*session), expand);
}

StripeGateway::Answer StripeGateway::show_charge(const Call& call) {
  TRY_DO(check_names(call.parameters, {"expand[*]"}));
  TRY(const std::vector<std::string> expand, expansions(call.parameters, "charge"));
  const SandboxSession* const session = find_paid(call.id);
  if (session == nullptr) return refuse_unknown("charge", call.id, "charge");
  return charge_object(view(*session), expand);
}

StripeGateway::Answer StripeGateway::show_transaction(const Call& call) {
  TRY_DO(check_names(call.parameters, {}));
  for (const SandboxSession& each : records_.sessions)
    if (charge_transaction_id(each.number) == call.id && view(each).answer.fee)
      return charge_transaction_object(view(each));
  for (const SandboxRefund& each : records_.refunds)
    if (refund_transaction_id(each.number) == call.id) return refund_transaction_object(each);
  return refuse_unknown("balance transaction", call.id, "id");
}

StripeGateway::Answer StripeGateway::create_refund(const Call& call) {
  const StripeParameters& given = call.parameters;
  TRY_DO(check_names(given, {"payment_intent", "charge", "amount", "reason", "metadata[*]"}));
  const std::string param = value_of(given, "payment_intent").empty() ? "charge" : "payment_intent";
  TRY(const std::string paid_id, required(given, param));
  const SandboxSession* const session = find_paid(paid_id);
  if (session == nullptr) return refuse_unknown(param, paid_id, param);
  const std::string reason = value_of(given, "reason");
  constexpr std::array<std::string_view, 4> reasons = {"", "duplicate", "fraudulent", "requested_by_customer"};
  if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) return refuse("Invalid reason", "reason");

  const SessionView paid = view(*session);
  const Money remaining{paid.answer.captured.minor - paid.refunded.minor, session->amount.currency};
  if (remaining.minor <= 0)
    return refuse("Charge " + charge_id(session->number) + " has already been refunded.", "",
                  "charge_already_refunded");
  TRY(const int64_t amount,
      integer(given, "amount", stripe_amount(remaining).value_or(0), 1, std::numeric_limits<int32_t>::max()));
  const auto money = money_of_stripe(amount, stripe_currency(remaining.currency));
  if (!money) return refuse("Invalid amount of this currency.", "amount", "parameter_invalid_integer");

  SandboxRefund refund;
  refund.number = static_cast<int64_t>(records_.refunds.size()) + 1;
  refund.session_number = session->number;
  refund.amount = *money;
  refund.reason = reason;
  refund.metadata = metadata(given, "metadata");
  refund.created_at = now_();
  Refund ours;
  const auto named = refund.metadata.find("refund_id");
  ours.refund_id = {named != refund.metadata.end() ? named->second : refund_id_text(refund.number)};
  ours.amount = refund.amount;
  if (const auto taken = provider_.refund(ours, session->page); !taken) return refuse(taken.error().sentence, "amount");
  records_.refunds.push_back(refund);
  tell("refund.created", refund_object(refund));
  tell("charge.refunded", charge_object(view(*session)));
  return refund_object(refund);
}

StripeGateway::Answer StripeGateway::list_refunds(const Call& call) {
  TRY_DO(check_names(call.parameters, {"payment_intent", "charge", "limit", "starting_after"}));
  TRY(const int64_t limit, integer(call.parameters, "limit", 10, 1, 100));
  const std::string intent = value_of(call.parameters, "payment_intent");
  const std::string charge = value_of(call.parameters, "charge");
  const std::string after = value_of(call.parameters, "starting_after");
  std::vector<Json> data;
  bool has_more = false;
  bool has_begun = after.empty();
  for (auto each = records_.refunds.rbegin(); each != records_.refunds.rend(); ++each) {  // newest first
    const bool is_asked = (intent.empty() || intent == intent_id(each->session_number)) &&
                          (charge.empty() || charge == charge_id(each->session_number));
    if (has_begun && is_asked) {
      has_more = static_cast<int64_t>(data.size()) == limit;
      if (has_more) break;
      data.push_back(refund_object(*each));
    }
    has_begun = has_begun || id_of(*each) == after;
  }
  if (!has_begun) return refuse_unknown("refund", after, "starting_after");
  return list_object("/v1/refunds", std::move(data), has_more);
}

StripeGateway::Answer StripeGateway::show_refund(const Call& call) {
  TRY_DO(check_names(call.parameters, {}));
  const SandboxRefund* const refund =
      find_by(records_.refunds, [](const SandboxRefund& each) { return id_of(each); }, call.id);
  if (refund == nullptr) return refuse_unknown("refund", call.id, "refund");
  return refund_object(*refund);
}

}  // namespace sampan
