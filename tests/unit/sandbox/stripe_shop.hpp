// The sandbox's Stripe with a clock of its own, as a function that is called.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "proxy/sandbox/stripe_gateway.hpp"
#include "proxy/sandbox/stripe_page.hpp"
#include "proxy/sandbox/stripe_webhooks.hpp"
#include "shared/payment/stripe/stripe_provider.hpp"
#include "tests/unit/payment/stripe_digest.hpp"

namespace sampan {

struct StripeShop {
  Instant now{1'790'000'000'000};
  SimulatedProvider provider{[this] { return now; }};
  StripeRecords records;
  StripeGateway gateway{provider, records, [this] { return now; }, {"sk_test_sampan", "https://pay.example"}};
  StripePage page{gateway, "Sampan"};
  WebhookPlace webhooks{"/webhooks/stripe", "whsec_test", test_hmac};

  HttpReply call(const std::string& method, const std::string& path, const std::vector<HttpField>& parameters = {},
                 const std::string& key = {}) {
    HttpRequest request{method, path, "", {{"Authorization", "Bearer sk_test_sampan"}}, ""};
    (method == "GET" ? request.query : request.body) = form_text(parameters);
    if (!key.empty()) request.fields.push_back({"Idempotency-Key", key});
    return gateway.answer(request);
  }

  static std::vector<HttpField> order(const std::string& amount = "6994", const std::string& currency = "eur") {
    return {{"mode", "payment"},
            {"line_items[0][quantity]", "1"},
            {"line_items[0][price_data][currency]", currency},
            {"line_items[0][price_data][unit_amount]", amount},
            {"line_items[0][price_data][product_data][name]", "Order <1>"},
            {"success_url", "https://shop.example/paid?s={CHECKOUT_SESSION_ID}"},
            {"cancel_url", "https://shop.example/cart"},
            {"metadata[payment_id]", "pay_1"},
            {"payment_intent_data[metadata][payment_id]", "pay_1"}};
  }

  // The id of a new session; that of a paid one.
  std::string opened() { return text_at(call("POST", "/v1/checkout/sessions", order()), {"id"}); }
  std::string paid() {
    const std::string id = opened();
    REQUIRE(press(id, "act=pay&card=4242424242424242").status == 303);
    return id;
  }
  std::string intent_of(const std::string& session) {
    return text_at(call("GET", "/v1/checkout/sessions/" + session), {"payment_intent"});
  }

  HttpReply look(const std::string& session) { return page.answer({"GET", "/c/pay/" + session, "", {}, ""}); }
  HttpReply press(const std::string& session, const std::string& form) {
    return page.answer({"POST", "/c/pay/" + session, "", {}, form});
  }

  // The text of what stands at a path of members; "null" and "absent" for what has none.
  static std::string text_at(const HttpReply& reply, const std::vector<std::string>& path) {
    const auto json = parse_json(reply.body);
    REQUIRE(json);
    const Json* at = &*json;
    for (const std::string& name : path) {
      at = at->find(name);
      if (at == nullptr) return "absent";
    }
    if (at->kind == JsonKind::null) return "null";
    return at->kind == JsonKind::boolean ? (at->boolean ? "true" : "false") : at->text;
  }
};

}  // namespace sampan
