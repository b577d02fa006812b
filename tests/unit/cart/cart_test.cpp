#include "shared/cart/cart.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

namespace sampan {
namespace {

const ProductKey dress{MarketplaceName::taobao, {"600"}};

CartLine line(const std::string& id, const std::string& sku, int64_t quantity, LinePolicy policy = {}) {
  return {{id}, dress, {sku}, quantity, std::move(policy)};
}

LinePolicy waits(int64_t days) {
  LinePolicy policy;
  policy.wait_days = days;
  return policy;
}

Cart cart_of(const std::vector<CartLine>& lines) {
  Cart cart;
  for (const CartLine& each : lines) {
    const auto grown = with_line(cart, each);
    REQUIRE(grown);
    cart = *grown;
  }
  return cart;
}

}  // namespace

TEST_CASE("a quantity is between 1 and 9,999, whichever way it comes", "[cart]") {
  struct Case {
    int64_t quantity;
    bool fits;
  };
  const Case c =
      GENERATE(values<Case>({{1, true}, {9'999, true}, {10'000, false}, {0, false}, {-1, false}, {INT64_MAX, false}}));
  CAPTURE(c.quantity);
  const auto added = with_line({}, line("a", "red", c.quantity));
  REQUIRE(added.has_value() == c.fits);
  if (!c.fits) CHECK(added.error().code == ErrorCode::bad_input);
  if (c.quantity != 0) CHECK(with_quantity(cart_of({line("a", "red", 5)}), {"a"}, c.quantity).has_value() == c.fits);
}

TEST_CASE("the same SKU with the same policy joins its line", "[cart]") {
  const Cart cart = cart_of({line("a", "red", 2), line("b", "red", 3)});
  CHECK(cart.lines == std::vector<CartLine>{line("a", "red", 5)});
}

TEST_CASE("another SKU, another product or another policy is a line of its own", "[cart]") {
  CartLine elsewhere = line("d", "red", 1);
  elsewhere.product.marketplace = MarketplaceName::jd;
  const Cart cart = cart_of({line("a", "red", 1), line("b", "blue", 1), line("c", "red", 1, waits(3)), elsewhere});
  CHECK(cart.lines.size() == 4);
  CHECK(quantity_of(cart, dress) == 3);
  CHECK(quantity_of(cart, elsewhere.product) == 1);
  CHECK(quantity_of(cart, {MarketplaceName::taobao, {"601"}}) == 0);
}

TEST_CASE("a line that joins is checked by itself and with what is there", "[cart]") {
  struct Case {
    const char* why;
    int64_t there;
    int64_t joins;
    bool fits;
  };
  const Case c = GENERATE(values<Case>({
      {"up to the most", 9'998, 1, true},
      {"one over", 9'999, 1, false},
      {"a negative quantity does not take away", 5, -2, false},
      {"nothing is not added", 5, 0, false},
      {"a sum that no integer holds", 5, INT64_MAX, false},
  }));
  CAPTURE(c.why);
  const auto joined = with_line(cart_of({line("a", "red", c.there)}), line("b", "red", c.joins));
  REQUIRE(joined.has_value() == c.fits);
  if (!c.fits) CHECK(joined.error().code == ErrorCode::bad_input);
}

TEST_CASE("a cart holds a hundred lines, and a full one still joins", "[cart]") {
  std::vector<CartLine> lines;
  for (int i = 0; i < 100; ++i) lines.push_back(line(std::to_string(i), "sku" + std::to_string(i), 1));
  const Cart full = cart_of(lines);
  CHECK(with_line(full, line("x", "other", 1)).error().code == ErrorCode::bad_input);
  const auto joined = with_line(full, line("x", "sku7", 1));
  REQUIRE(joined);
  CHECK(joined->lines[7].quantity == 2);
}

TEST_CASE("the shop waits for stock at most 30 days", "[cart]") {
  const Cart cart = cart_of({line("a", "red", 1)});
  for (const int64_t days : {0, 1, 30}) CHECK(with_policy(cart, {"a"}, waits(days)));
  for (const int64_t days : {-1, 31}) {
    CAPTURE(days);
    CHECK(with_policy(cart, {"a"}, waits(days)).error().code == ErrorCode::bad_input);
    CHECK(with_line(cart, line("b", "blue", 1, waits(days))).error().code == ErrorCode::bad_input);
  }
}

TEST_CASE("a quantity of zero removes the line and leaves the others in their order", "[cart]") {
  const Cart cart = cart_of({line("a", "red", 1), line("b", "blue", 2), line("c", "green", 3)});
  const auto smaller = with_quantity(cart, {"b"}, 0);
  REQUIRE(smaller);
  CHECK(smaller->lines == std::vector<CartLine>{line("a", "red", 1), line("c", "green", 3)});
}

TEST_CASE("every edit is a new version, a refused one is none", "[cart]") {
  Cart cart = cart_of({line("a", "red", 1), line("b", "red", 1), line("c", "blue", 1)});
  CHECK(cart.version == 3);
  cart = *with_quantity(cart, {"a"}, 7);
  cart = *with_policy(cart, {"a"}, waits(2));
  cart = *with_quantity(cart, {"c"}, 0);
  CHECK(cart.version == 6);
  CHECK(cart.lines == std::vector<CartLine>{line("a", "red", 7, waits(2))});
  CHECK(!with_quantity(cart, {"a"}, 10'000));
  CHECK(cart.version == 6);
}

TEST_CASE("a line that is not there any more is not found", "[cart]") {
  const Cart cart = cart_of({line("a", "red", 1)});
  CHECK(with_quantity(cart, {"b"}, 2).error().code == ErrorCode::not_found);
  CHECK(with_quantity(cart, {"b"}, 0).error().code == ErrorCode::not_found);
  CHECK(with_policy(cart, {"b"}, {}).error().code == ErrorCode::not_found);
}

}  // namespace sampan
