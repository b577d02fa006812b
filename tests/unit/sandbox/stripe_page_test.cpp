#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/unit/sandbox/stripe_shop.hpp"

namespace sampan {
namespace {

bool has(const HttpReply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

}  // namespace

TEST_CASE("the hosted page says what is paid, and runs no script", "[stripe][sandbox]") {
  StripeShop shop;
  const HttpReply page = shop.look(shop.opened());
  CHECK(page.status == 200);
  CHECK(field_of(page.fields, "Content-Type") == "text/html; charset=utf-8");
  CHECK(field_of(page.fields, "Content-Security-Policy").starts_with("default-src 'none'"));
  CHECK(has(page, "EUR 69.94"));
  CHECK(has(page, "Pay Sampan"));
  CHECK(has(page, "Order &lt;1&gt;"));
  CHECK(has(page, "<label for=\"card\">"));
  CHECK(has(page, "Cancel"));
  CHECK_FALSE(has(page, "<script"));
  CHECK_FALSE(has(page, "http://"));
}

TEST_CASE("a good card pays and leads back to the shop with the session's id", "[stripe][sandbox]") {
  StripeShop shop;
  const std::string id = shop.opened();
  const HttpReply paid = shop.press(id, "card=4242+4242+4242+4242&act=pay");
  CHECK(paid.status == 303);
  CHECK(field_of(paid.fields, "Location") == "https://shop.example/paid?s=" + id);
  CHECK(shop.provider.books().lines.front().captured.minor == 6'994);

  const HttpReply again = shop.press(id, "card=4242424242424242&act=pay");
  CHECK(again.status == 200);
  CHECK(has(again, "Paid to Sampan"));
  CHECK(has(again, "https://shop.example/paid?s=" + id));
  CHECK(has(shop.look(id), "Paid to Sampan"));
  CHECK(shop.provider.books().lines.front().captured.minor == 6'994);
}

TEST_CASE("a card that is refused leaves the page open and says why", "[stripe][sandbox]") {
  struct Case {
    const char* card;
    const char* sentence;
  };
  const Case c = GENERATE(values<Case>({
      {"4000000000009995", "Your card has insufficient funds."},
      {"4000000000000002", "Your card was declined."},
      {"4111111111111111", "This is none of the test cards below."},
      {"", "This is none of the test cards below."},
  }));
  CAPTURE(c.card);
  StripeShop shop;
  const std::string id = shop.opened();
  const HttpReply refused = shop.press(id, "act=pay&card=" + std::string(c.card));
  CHECK(refused.status == 402);
  CHECK(has(refused, c.sentence));
  CHECK(has(refused, "role=\"alert\""));
  CHECK(shop.provider.books().lines.front().captured.minor == 0);
  CHECK(shop.records.deliveries.empty());
  CHECK(shop.press(id, "act=pay&card=4242424242424242").status == 303);
}

TEST_CASE("a cancelled page leads back and stays open", "[stripe][sandbox]") {
  StripeShop shop;
  const std::string id = shop.opened();
  const HttpReply cancelled = shop.press(id, "act=cancel");
  CHECK(cancelled.status == 303);
  CHECK(field_of(cancelled.fields, "Location") == "https://shop.example/cart");
  CHECK(has(shop.look(id), "Card number"));
}

TEST_CASE("an expired page cannot be paid", "[stripe][sandbox]") {
  StripeShop shop;
  const std::string id = shop.opened();
  shop.now = shop.now + hours(24);
  CHECK(shop.look(id).status == 410);
  const HttpReply late = shop.press(id, "act=pay&card=4242424242424242");
  CHECK(late.status == 410);
  CHECK(has(late, "https://shop.example/cart"));
  CHECK(shop.provider.books().lines.front().captured.minor == 0);
}

TEST_CASE("there is no page elsewhere, and none for other methods", "[stripe][sandbox]") {
  StripeShop shop;
  const std::string id = shop.opened();
  CHECK(shop.look("cs_test_none").status == 404);
  CHECK(shop.page.answer({"GET", "/", "", {}, ""}).status == 404);
  CHECK(shop.page.answer({"PUT", "/c/pay/" + id, "", {}, ""}).status == 405);
}

}  // namespace sampan
