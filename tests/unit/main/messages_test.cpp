#include "proxy/main/messages.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "proxy/marketplace/digest.hpp"
#include "shared/payment/stripe/webhook.hpp"
#include "tests/story/teller.hpp"
#include "tests/unit/marketplace/alibaba1688_replies.hpp"
#include "tests/unit/payment/stripe_digest.hpp"

namespace sampan::story {
namespace {

struct Desk {
  World world;
  MessageSecrets secrets{"whsec_stripes", "the app's"};

  std::optional<HttpReply> send(const std::string& path, const std::string& body, std::vector<HttpField> fields = {}) {
    return hear_message(world.shop(), secrets, {"POST", path, "", std::move(fields), body});
  }
  int32_t push(const std::string& message, const std::string& signature) {
    const auto reply = send("/pushes/1688", form_text({{"message", message}, {"_aop_signature", signature}}));
    REQUIRE(reply);
    return reply->status;
  }
  int32_t event(const std::string& body, const std::string& secret) {
    const auto reply =
        send("/webhooks/stripe", body, {{"Stripe-Signature", stripe_signature(body, secret, world.now(), test_hmac)}});
    REQUIRE(reply);
    return reply->status;
  }
  // The bodies.
  std::vector<std::string> kept() {
    return world.stored<std::vector<std::string>>([](Transaction& tx) -> Result<std::vector<std::string>> {
      TRY(const auto rows, tx.select("select body from message order by message_id", {}));
      std::vector<std::string> all;
      for (const Row& row : rows) all.push_back(row.text(0));
      return all;
    });
  }
};

// As the platform's rules say it, beside our own signer: no path, one parameter.
std::string signed_by(const std::string& secret, const std::string& message) {
  return upper_hex(hmac_sha1(secret, "message" + message));
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a signed push is taken and kept as it came; the same one again is taken and not kept twice", "[push]") {
  Desk desk;
  const std::string message = alibaba1688::reply_text("push_paid");
  const std::string other = alibaba1688::reply_text("push_stock");
  for (int i = 0; i < 2; ++i) CHECK(desk.push(message, signed_by(desk.secrets.aop, message)) == 200);
  CHECK(desk.push(other, signed_by(desk.secrets.aop, other)) == 200);
  CHECK(desk.kept() == Texts{other, message});  // by their ids
}

TEST_CASE("a push of a type that does not exist yet is taken and kept", "[push]") {
  Desk desk;
  const std::string message = R"({"msgId":1,"type":"ORDER_OF_TOMORROW","data":{"what":"ever"}})";
  CHECK(desk.push(message, signed_by(desk.secrets.aop, message)) == 200);
  CHECK(desk.kept() == Texts{message});
}

TEST_CASE("a push that 1688 has not signed is refused, and nothing is kept", "[push]") {
  const std::string message = alibaba1688::reply_text("push_paid");
  const std::string altered = alibaba1688::reply_with("push_paid", "2237938826932135493", "2237938826932135494");
  struct Case {
    const char* why;
    std::string message;
    std::string signature;
  };
  const Case c = GENERATE_COPY(values<Case>({
      {"signed by another secret", message, signed_by("another's", message)},
      {"altered after it was signed", altered, signed_by("the app's", message)},
      {"signed as a call is, with a path", message, upper_hex(hmac_sha1("the app's", "pushes/1688message" + message))},
      {"the signature is cut", message, signed_by("the app's", message).substr(0, 39)},
      {"not signed", message, ""},
      {"nothing at all", "", ""},
  }));
  CAPTURE(c.why);
  Desk desk;
  CHECK(desk.push(c.message, c.signature) == 400);
  CHECK(desk.kept().empty());
}

TEST_CASE("a signed push that cannot be read is refused, and nothing is kept", "[push]") {
  const std::string message =
      GENERATE(as<std::string>(), "", "{", "[]", R"({"type":"ORDER_BUYER_VIEW_ORDER_PAY","data":{}})",
               R"({"msgId":1,"data":{}})", R"({"msgId":1,"type":"ORDER_BUYER_VIEW_ORDER_PAY","data":"{"})");
  CAPTURE(message);
  Desk desk;
  const auto reply = desk.send(
      "/pushes/1688", form_text({{"message", message}, {"_aop_signature", signed_by(desk.secrets.aop, message)}}));
  REQUIRE(reply);
  CHECK(reply->status == 400);
  CHECK(field_of(reply->fields, "Content-Type") == "application/problem+json");
  CHECK(desk.kept().empty());
}

TEST_CASE("an event is heard when the provider has signed it, and kept once", "[webhook]") {
  Desk desk;
  const std::string event = R"({"id":"evt_1","type":"charge.updated","data":{"object":{"id":"ch_1"}}})";
  CHECK(desk.event(event, "whsec_another") == 400);
  CHECK(desk.event("{}", desk.secrets.stripe) == 400);
  CHECK(desk.kept().empty());
  for (int i = 0; i < 2; ++i) CHECK(desk.event(event, desk.secrets.stripe) == 200);
  CHECK(desk.kept() == Texts{event});
}

TEST_CASE("nobody is heard whose secret is not configured, and nothing else is a message", "[push]") {
  Desk desk;
  const std::string message = alibaba1688::reply_text("push_paid");
  CHECK(!desk.send("/pushes/1689", "message=1"));
  CHECK(!hear_message(desk.world.shop(), desk.secrets, {"GET", "/pushes/1688", "", {}, ""}));
  desk.secrets = {};
  CHECK(!desk.send("/pushes/1688", form_text({{"message", message}, {"_aop_signature", signed_by("", message)}})));
  CHECK(!desk.send("/webhooks/stripe", "{}"));
}

}  // namespace sampan::story
