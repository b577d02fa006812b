#include "shared/payment/stripe/webhook.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <vector>

#include "tests/unit/marketplace/fixture.hpp"
#include "tests/unit/payment/stripe_digest.hpp"

namespace sampan {
namespace {

constexpr Instant t{1'790'000'000'000};
const std::string secret = "whsec_sampan_test_secret_0001";
const std::string body = R"({"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1"}}})";

std::string check(const std::string& header, Instant now) {
  const auto checked = check_stripe_signature(header, body, secret, now, test_hmac);
  return checked ? "accepted" : std::string(word(checked.error().code)) + ": " + checked.error().context;
}

std::string v1() {
  const std::string header = stripe_signature(body, secret, t, test_hmac);
  return header.substr(header.find(',') + 1);
}

}  // namespace

TEST_CASE("a webhook is Stripe's exactly where the SDK says so", "[stripe]") {
  const std::vector<Json> cases = fixture("stripe_webhooks.json").find("cases")->items;
  REQUIRE(cases.size() == 17);
  for (const Json& each : cases) {
    CAPTURE(text_of(each, "why"));
    const Instant now{std::stoll(text_of(each, "now")) * 1000};
    const auto checked =
        check_stripe_signature(text_of(each, "header"), text_of(each, "body"), text_of(each, "secret"), now, test_hmac);
    CHECK(checked.has_value() == each.find("is_accepted")->boolean);
    if (!checked) {
      CHECK(word(checked.error().code) == "auth");
      continue;
    }
    const auto event = parse_stripe_event(text_of(each, "body"));
    REQUIRE(event);
    CHECK(event->event_id == text_of(*each.find("event"), "event_id"));
    CHECK(event->type == text_of(*each.find("event"), "type"));
  }
}

TEST_CASE("a signature is good for 300 seconds before and after its time", "[stripe]") {
  const std::string header = stripe_signature(body, secret, t, test_hmac);
  CHECK(check(header, t + seconds(300)) == "accepted");
  CHECK(check(header, t + milliseconds(300'999)) == "accepted");
  CHECK(check(header, t + seconds(301)) == "auth: too old");
  CHECK(check(header, t - seconds(300)) == "accepted");
  CHECK(check(header, t - seconds(301)) == "auth: from the future");
}

TEST_CASE("a header that is not Stripe's is refused, whatever is wrong with it", "[stripe]") {
  struct Case {
    const char* why;
    std::string header;
    const char* answer;
  };
  const Case c = GENERATE(values<Case>({
      {"a trailing comma is what the SDK accepts too", "t=1790000000," + v1() + ",", "accepted"},
      {"the time is no number", "t=now," + v1(), "auth: no time t in Stripe-Signature"},
      {"the last time is no number", "t=1790000000,t=x," + v1(), "auth: no time t in Stripe-Signature"},
      {"a negative time", "t=-1790000000," + v1(), "auth: no time t in Stripe-Signature"},
      {"a time too long for a number", "t=17900000001790000000," + v1(), "auth: no time t in Stripe-Signature"},
      {"a time with a leading space", "t= 1790000000," + v1(), "auth: no time t in Stripe-Signature"},
      {"no signature", "t=1790000000", "auth: no v1 in Stripe-Signature"},
      {"an empty signature", "t=1790000000,v1=", "auth: no v1 matches"},
      {"half a signature", "t=1790000000," + v1().substr(0, 30), "auth: no v1 matches"},
      {"a signature and more", "t=1790000000," + v1() + "0", "auth: no v1 matches"},
      {"the signature of another time", "t=1790000001," + v1(), "auth: no v1 matches"},
      {"only commas", ",,,,", "auth: no time t in Stripe-Signature"},
  }));
  CAPTURE(c.why);
  CHECK(check(c.header, t + seconds(10)) == c.answer);
}

TEST_CASE("an event names the payment that it is about", "[stripe]") {
  struct Case {
    const char* why;
    const char* object;
    const char* payment_id;
    const char* object_id;
  };
  const Case c = GENERATE(values<Case>({
      {"a session's metadata", R"({"id":"cs_1","client_reference_id":"pay_other","metadata":{"payment_id":"pay_1"}})",
       "pay_1", "cs_1"},
      {"else its reference", R"({"id":"cs_1","client_reference_id":"pay_1","metadata":{}})", "pay_1", "cs_1"},
      {"a refund's metadata", R"({"id":"re_1","metadata":{"refund_id":"ref_1","payment_id":"pay_1"}})", "pay_1",
       "re_1"},
      {"something else", R"({"id":"po_1","metadata":null,"client_reference_id":null})", "", "po_1"},
  }));
  CAPTURE(c.why);
  const auto event =
      parse_stripe_event(R"({"id":"evt_1","type":"x.y","data":{"object":)" + std::string(c.object) + "}}");
  REQUIRE(event);
  CHECK(event->type == "x.y");
  CHECK(event->payment_id.value == c.payment_id);
  CHECK(event->object_id.value == c.object_id);
}

TEST_CASE("what is signed but no event is a bad input", "[stripe]") {
  const char* const text =
      GENERATE("", "[]", "{}", R"({"id":""})", R"({"id":7})", R"({"id":"evt_1","data":[]})", "{\"id\":\"e");
  CAPTURE(text);
  const auto event = parse_stripe_event(text);
  REQUIRE_FALSE(event);
  CHECK(word(event.error().code) == "bad_input");
}

}  // namespace sampan
