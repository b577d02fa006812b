// Any bytes: Stripe's replies and messages, and calls of the sandbox's Stripe, are values or errors, never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "proxy/sandbox/stripe_gateway.hpp"
#include "proxy/sandbox/stripe_page.hpp"
#include "shared/payment/stripe/errors.hpp"
#include "shared/payment/stripe/webhook.hpp"

namespace {

using namespace sampan;

constexpr Instant now{1'790'000'000'000};

std::string no_digest(std::string_view /*key*/, std::string_view /*text*/) { return std::string(64, '0'); }

void read_as_reply(std::string_view text) {
  if (const auto session = parse_stripe_session(text)) {
    const auto answer = answer_of(*session);
    if (!answer && answer.error().code != ErrorCode::bad_reply) std::abort();
  }
  (void)parse_stripe_refunds(text);
  const Error error = stripe_error({500, {}, std::string(text)}, StripeCall::asks);
  if (error.sentence.empty()) std::abort();
}

void read_as_message(std::string_view text) {
  const auto accepted = check_stripe_signature(text, "{}", "whsec", now, no_digest);
  if (accepted && text.find(std::string(64, '0')) == std::string_view::npos) std::abort();
  const auto event = parse_stripe_event(text);
  if (event ? event->event_id.empty() : event.error().code != ErrorCode::bad_input) std::abort();
}

// A session that exists, paid or not, and then the bytes as a body for each of the gateway's calls.
void call_sandbox(std::string_view text) {
  SimulatedProvider provider([] { return now; });
  StripeRecords records;
  StripeGateway gateway(provider, records, [] { return now; }, {});
  StripePage page(gateway, "Sampan");
  const std::string body(text);
  const std::vector<HttpField> key{{"Authorization", "Bearer sk_test_sampan"}};
  gateway.answer({"POST", "/v1/checkout/sessions", "", key,
                  "mode=payment&success_url=https://a.example&line_items[0][price_data][currency]=eur"
                  "&line_items[0][price_data][unit_amount]=100&line_items[0][price_data][product_data][name]=x&" +
                      body});
  if (!records.sessions.empty()) {
    const std::string id = session_id(1);
    if (page.answer({"GET", "/c/pay/" + id, "", {}, ""}).body.find("<script") != std::string::npos) std::abort();
    page.answer({"POST", "/c/pay/" + id, "", {}, "card=4242424242424242&act=pay"});
    if (page.answer({"POST", "/c/pay/" + id, "", {}, body}).status >= 500) std::abort();
    gateway.answer({"POST", "/v1/refunds", "", key, "payment_intent=" + intent_id(1) + "&" + body});
  }
  for (const char* const path : {"/v1/refunds",
                                 "/v1/checkout/sessions/"
                                 "x",
                                 "/v1/payment_intents/x"}) {
    const HttpReply reply = gateway.answer({"GET", path, body, key, ""});
    if (!parse_json(reply.body)) std::abort();
  }
  for (const ProviderBookLine& line : provider.books().lines)
    if (line.captured.minor < line.refunded.minor) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_as_reply(text);
  read_as_message(text);
  call_sandbox(text);
  return 0;
}
