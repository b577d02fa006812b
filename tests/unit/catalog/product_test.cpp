#include "shared/catalog/product.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace sampan {
namespace {

Product product_in_tiers() {
  Product product;
  product.key = {MarketplaceName::alibaba1688, {"600"}};
  product.skus.resize(2);
  product.skus[0].sku_id = {"red"};
  product.skus[1].sku_id = {"blue"};
  product.tier_prices = {{3, price_of_fen(1'000)}, {10, price_of_fen(800)}, {100, price_of_fen(650)}};
  return product;
}

}  // namespace

TEST_CASE("a tier holds from its least quantity to the next one", "[product]") {
  struct Case {
    const char* why;
    int64_t quantity;
    int64_t fen;
  };
  const Case c = GENERATE(values<Case>({
      {"under the first tier its price is still shown", 1, 1'000},
      {"the first tier", 3, 1'000},
      {"the last piece of the first tier", 9, 1'000},
      {"the first piece of the second", 10, 800},
      {"the last piece of the second", 99, 800},
      {"the last tier has no end", 100, 650},
      {"far up", 1'000'000, 650},
  }));
  CAPTURE(c.why);
  const Product product = product_in_tiers();
  CHECK(unit_price_at(product, product.skus[0], c.quantity) == price_of_fen(c.fen));
}

TEST_CASE("a SKU's own price stands above the tiers", "[product]") {
  Product product = product_in_tiers();
  product.skus[1].unit_price = price_of_fen(1'234);
  CHECK(unit_price_at(product, product.skus[1], 100) == price_of_fen(1'234));
  CHECK(unit_price_at(product, product.skus[0], 100) == price_of_fen(650));
}

TEST_CASE("a product without any price is a reply that cannot be used", "[product]") {
  Product product = product_in_tiers();
  product.tier_prices.clear();
  const auto price = unit_price_at(product, product.skus[0], 1);
  REQUIRE(!price);
  CHECK(price.error().code == ErrorCode::bad_reply);
  CHECK(price.error().context == "600");
}

TEST_CASE("the seller's least quantity comes before the lot", "[product]") {
  struct Case {
    const char* why;
    int64_t moq;
    int64_t lot;
    int64_t quantity;
    std::optional<ErrorCode> refused;
  };
  const Case c = GENERATE(values<Case>({
      {"one piece where one is sold", 1, 1, 1, std::nullopt},
      {"nothing is under every least quantity", 1, 1, 0, ErrorCode::below_moq},
      {"one short", 10, 1, 9, ErrorCode::below_moq},
      {"exactly the least", 10, 1, 10, std::nullopt},
      {"over it, one by one", 10, 1, 11, std::nullopt},
      {"whole lots", 1, 6, 12, std::nullopt},
      {"a broken lot", 1, 6, 13, ErrorCode::not_a_lot},
      {"under both", 12, 6, 7, ErrorCode::below_moq},
      {"a lot size of zero is no rule", 1, 0, 7, std::nullopt},
  }));
  CAPTURE(c.why);
  Product product;
  product.moq = c.moq;
  product.lot_size = c.lot;
  const auto checked = check_quantity(product, c.quantity);
  REQUIRE(checked.has_value() == !c.refused);
  if (c.refused) CHECK(checked.error().code == *c.refused);
}

TEST_CASE("a refusal names the number that the seller asks for", "[product]") {
  Product product;
  product.moq = 12;
  product.lot_size = 6;
  CHECK(check_quantity(product, 6).error().sentence == "The seller sells at least 12 of this.");
  CHECK(check_quantity(product, 13).error().sentence == "The seller sells this in lots of 6.");
}

TEST_CASE("a SKU is found by its id or is gone", "[product]") {
  const Product product = product_in_tiers();
  CHECK(sku_of(product, {"blue"})->sku_id == SkuId{"blue"});
  const auto gone = sku_of(product, {"green"});
  REQUIRE(!gone);
  CHECK(gone.error().code == ErrorCode::not_found);
  CHECK(gone.error().context == "green");
}

TEST_CASE("a line's total is rounded once, half to even", "[product]") {
  struct Case {
    const char* why;
    int64_t ten_thousandths;
    int64_t quantity;
    int64_t fen;
  };
  const Case c = GENERATE(values<Case>({
      {"0.065 is 6.5 fen: down to the even six", 650, 1, 6},
      {"three of them are 19.5 fen: up to the even twenty", 650, 3, 20},
      {"a thousand of them are whole", 650, 1'000, 6'500},
      {"the smallest price, half a fen", 50, 1, 0},
      {"no piece costs nothing", 650, 0, 0},
  }));
  CAPTURE(c.why);
  CHECK(line_total({c.ten_thousandths}, c.quantity) == Money{c.fen, cny()});
  CHECK(line_total({INT64_MAX}, INT64_MAX).error().code == ErrorCode::overflow);
}

}  // namespace sampan
