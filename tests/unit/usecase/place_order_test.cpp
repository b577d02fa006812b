// A quote becomes an order while it holds, once, and for nobody else.
#include "shared/usecase/place_order.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/story/teller.hpp"

namespace sampan {
namespace {

using story::anna;

const Recipient home{
    "Anna Schmidt", "anna@example.com", "+4930123456", "Lindenstr. 5", "", "Berlin", "", "10969", "DE"};

Result<OrderId> ordered(story::Teller& teller, const ShopperId& shopper = anna, const Recipient& recipient = home) {
  return place_order(teller.world.shop(), shopper, {teller.quote.quote_id, recipient});
}

}  // namespace

TEST_CASE("a quote holds until it expires, not longer", "[place_order]") {
  story::Teller teller;
  teller.finds_and_quotes();
  SECTION("in its last millisecond") {
    teller.world.pass(teller.quote.expires_at - milliseconds(1) - teller.world.now());
    CHECK(ordered(teller));
  }
  SECTION("at its end") {
    teller.world.pass(teller.quote.expires_at - teller.world.now());
    CHECK(ordered(teller).error().code == ErrorCode::quote_stale);
  }
}

TEST_CASE("a quote is of the cart as it was", "[place_order]") {
  story::Teller teller;
  teller.finds_and_quotes();
  REQUIRE(
      add_to_cart(teller.world.shop(), anna, {teller.quote.cart_id, story::dress, teller.sku(story::dress), 1, {}}));
  CHECK(ordered(teller).error().code == ErrorCode::quote_stale);
}

TEST_CASE("a quote that is ordered again is the same order, later and after the cart has changed too",
          "[place_order]") {
  story::Teller teller;
  teller.finds_and_quotes();
  const auto first = ordered(teller);
  REQUIRE(first);
  REQUIRE(
      add_to_cart(teller.world.shop(), anna, {teller.quote.cart_id, story::dress, teller.sku(story::dress), 1, {}}));
  teller.world.pass(days(3));
  CHECK(ordered(teller) == *first);
}

TEST_CASE("another's quote is not found, ordered or not", "[place_order]") {
  story::Teller teller;
  teller.finds_and_quotes();
  const ShopperId ben{"sho_ben"};
  CHECK(ordered(teller, ben).error().code == ErrorCode::not_found);
  REQUIRE(ordered(teller));
  CHECK(ordered(teller, ben).error().code == ErrorCode::not_found);
}

TEST_CASE("the address is in the country that the price is of, and is one that a parcel can go to", "[place_order]") {
  story::Teller teller;
  teller.finds_and_quotes();
  Recipient elsewhere = home;
  elsewhere.country = "FR";
  const auto refused = ordered(teller, anna, elsewhere);
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::bad_input);
  CHECK(refused.error().context == "FR");
  Recipient nameless = home;
  nameless.name.clear();
  CHECK(ordered(teller, anna, nameless).error().code == ErrorCode::bad_input);
}

}  // namespace sampan
