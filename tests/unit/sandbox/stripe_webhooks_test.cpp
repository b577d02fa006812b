#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/unit/sandbox/stripe_shop.hpp"

namespace sampan {
namespace {

// The shop's endpoint: keeps what is Stripe's, and answers as it is told.
struct Endpoint {
  StripeShop& shop;
  int32_t status = 200;
  std::vector<StripeEvent> events{};

  HttpSend send() {
    return [this](const HttpRequest& request) -> Result<HttpReply> {
      CHECK(request.method == "POST");
      CHECK(request.path == "/webhooks/stripe");
      REQUIRE(check_stripe_signature(field_of(request.fields, "Stripe-Signature"), request.body, "whsec_test", shop.now,
                                     test_hmac));
      const auto event = parse_stripe_event(request.body);
      REQUIRE(event);
      events.push_back(*event);
      if (status == 0) return fail(ErrorCode::outcome_unknown, "time-out");
      return HttpReply{status, {}, ""};
    };
  }
  size_t deliver(WebhookFault fault = WebhookFault::none) {
    return deliver_due(shop.records, shop.webhooks, send(), shop.now, fault);
  }
  std::vector<std::string> types() const {
    std::vector<std::string> types;
    for (const StripeEvent& each : events) types.push_back(each.type);
    return types;
  }
};

using Types = std::vector<std::string>;

}  // namespace

TEST_CASE("a payment and a refund are told, each with the payment's id", "[stripe][sandbox]") {
  StripeShop shop;
  Endpoint endpoint{shop};
  const std::string id = shop.paid();
  shop.call(
      "POST", "/v1/refunds",
      {{"payment_intent", shop.intent_of(id)}, {"metadata[payment_id]", "pay_1"}, {"metadata[refund_id]", "ref_1"}});
  CHECK(endpoint.deliver() == 4);
  CHECK(endpoint.types() ==
        Types{"payment_intent.succeeded", "checkout.session.completed", "refund.created", "charge.refunded"});
  for (const StripeEvent& each : endpoint.events) {
    CAPTURE(each.type);
    CHECK(each.payment_id == PaymentId{"pay_1"});
    CHECK(each.event_id.starts_with("evt_"));
  }
  CHECK(endpoint.events.at(1).object_id == ProviderId{id});
  CHECK(endpoint.deliver() == 0);
  CHECK_FALSE(next_delivery_at(shop.records));
}

TEST_CASE("an end is told once, by an act or by time", "[stripe][sandbox]") {
  StripeShop shop;
  Endpoint endpoint{shop};
  shop.call("POST", "/v1/checkout/sessions/" + shop.opened() + "/expire");
  shop.opened();
  shop.gateway.tell_expired();
  CHECK(endpoint.deliver() == 1);
  shop.now = shop.now + hours(24);
  shop.gateway.tell_expired();
  shop.gateway.tell_expired();
  CHECK(endpoint.deliver() == 1);
  CHECK(endpoint.types() == Types{"checkout.session.expired", "checkout.session.expired"});
}

TEST_CASE("a message that is not taken comes again, for three days", "[stripe][sandbox]") {
  const int32_t status = GENERATE(0, 500, 302, 404);
  CAPTURE(status);
  StripeShop shop;
  Endpoint endpoint{shop, status};
  shop.call("POST", "/v1/checkout/sessions/" + shop.opened() + "/expire");
  const Instant begin = shop.now;
  size_t attempts = 0;
  while (const auto at = next_delivery_at(shop.records)) {
    shop.now = *at;
    CHECK(endpoint.deliver() == 0);
    CHECK(endpoint.deliver() == 0);
    ++attempts;
    REQUIRE(attempts < 20);
  }
  CHECK(attempts == 8);
  CHECK(endpoint.events.size() == 8);
  CHECK(hours(70) < shop.now - begin);
  CHECK(shop.now - begin < hours(74));
}

TEST_CASE("a message that failed does not hold up the next one", "[stripe][sandbox]") {
  StripeShop shop;
  Endpoint endpoint{shop, 500};
  const std::string id = shop.paid();
  CHECK(endpoint.deliver() == 0);
  endpoint.status = 200;
  shop.call("POST", "/v1/refunds", {{"payment_intent", shop.intent_of(id)}});
  CHECK(endpoint.deliver() == 2);
  shop.now = shop.now + minutes(1);
  CHECK(endpoint.deliver() == 2);
  CHECK(endpoint.types() == Types{"payment_intent.succeeded", "checkout.session.completed", "refund.created",
                                  "charge.refunded", "payment_intent.succeeded", "checkout.session.completed"});
}

TEST_CASE("messages come twice or the newest first when that is asked for", "[stripe][sandbox]") {
  StripeShop shop;
  Endpoint twice{shop};
  shop.paid();
  twice.deliver(WebhookFault::twice);
  CHECK(twice.types() == Types{"payment_intent.succeeded", "payment_intent.succeeded", "checkout.session.completed",
                               "checkout.session.completed"});
  CHECK(twice.events.at(0).event_id == twice.events.at(1).event_id);

  Endpoint newest{shop};
  shop.paid();
  newest.deliver(WebhookFault::newest_first);
  CHECK(newest.types() == Types{"checkout.session.completed", "payment_intent.succeeded"});
}

TEST_CASE("messages are struck as the plan of faults says, so often and no more", "[stripe][sandbox]") {
  struct Case {
    FaultSite site;
    const char* about;
    std::vector<std::string> types;
  };
  const std::string paid = "payment_intent.succeeded";
  const std::string ended = "checkout.session.completed";
  const Case c = GENERATE_COPY(values<Case>({
      {FaultSite::duplicate_webhook, "*", {paid, paid, ended, ended}},
      {FaultSite::reorder_webhook, "payment_intent.*", {ended, paid}},
      {FaultSite::lose_webhook, "payment_intent.succeeded", {ended}},
      {FaultSite::lose_webhook, "charge.refunded", {paid, ended}},
      {FaultSite::lose_push, "*", {paid, ended}},
  }));
  CAPTURE(word(c.site), c.about);
  StripeShop shop;
  FaultPlan plan;
  plan.faults.push_back({c.site, 1, c.about});
  shop.paid();
  std::vector<std::string> types;
  for (const WebhookDelivery& each : struck_deliveries(shop.records, plan, shop.now))
    types.push_back(parse_stripe_event(each.body)->type);
  CHECK(types == c.types);
  const bool struck = c.types != std::vector<std::string>{paid, ended};
  CHECK(plan.faults.empty() == struck);
  CHECK(plan.struck[std::string(word(c.site))] == (struck ? 1 : 0));
  // What is lost stays lost; the others wait as they are.
  CHECK(struck_deliveries(shop.records, plan, shop.now).size() == (c.types.size() == 1 ? 1U : 2U));
}

}  // namespace sampan
