// A SKU of JD as a product: of our pool by VOP, of all others by the union.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/jd/product.hpp"
#include "shared/marketplace/jd/search.hpp"
#include "tests/unit/marketplace/jd_replies.hpp"

namespace sampan::jd {
namespace {

const SkuId white{"100012043978"};
const SkuId black{"100012043980"};
const SkuId big{"100012043982"};
constexpr Instant now{1'795'507'200'000};

template <class T>
T told(const Result<T>& result) {
  INFO((result ? "" : result.error().context));
  REQUIRE(result);
  return *result;
}

Json answer(const std::string& name) { return told(read_jos_reply({200, {}, reply_text(name)})); }

ProductParts parts() {
  ProductParts all;
  all.detail = told(parse_detail(json_of(reply_text("detail"))));
  all.pictures = told(parse_pictures(json_of(reply_text("pictures")))).at(white.value);
  all.variants = told(parse_variants(json_of(reply_text("variants"))));
  all.states = told(parse_sku_states(json_of(reply_text("states"))));
  all.prices = told(parse_sell_prices(json_of(reply_text("prices"))));
  all.stock = told(parse_stock(json_of(reply_text("stock"))));
  return all;
}

}  // namespace

TEST_CASE("a SKU of our pool is a product with its variants", "[marketplace]") {
  const ProductReading reading = product_of(parts(), now);
  const Product& product = reading.product;
  CHECK(product.key == ProductKey{MarketplaceName::jd, {white.value}});
  CHECK(product.title == "示例 保温杯 500ml 白色");
  CHECK(product.seller_id.value == "jd");
  CHECK(product.seller_name == "京东自营");
  CHECK(product.is_on_sale);
  CHECK(product.is_buyable);
  CHECK(product.moq == 1);
  CHECK(product.weight_grams == 420);
  CHECK(product.pictures == std::vector<std::string>{"https://img13.360buyimg.com/n1/jfs/t1/101/cup.jpg",
                                                     "https://img13.360buyimg.com/n1/jfs/t1/102/top.jpg",
                                                     "https://img13.360buyimg.com/n1/jfs/t1/103/side.jpg"});
  REQUIRE(product.skus.size() == 3);
  const auto bought_black = sku_of(product, black);
  REQUIRE(bought_black);
  CHECK(bought_black->order_key == black.value);
  CHECK(bought_black->options == std::vector<OptionValue>{{"颜色", "黑色"}, {"容量", "500ml"}});
  CHECK(bought_black->unit_price == price_of_fen(6100));
  CHECK(sku_of(product, big)->picture == "https://img13.360buyimg.com/n1/jfs/t1/101/white.jpg");
}

TEST_CASE("stock is what JD tells of our region: a number, plenty, or none", "[marketplace]") {
  const ProductReading reading = product_of(parts(), now);
  CHECK(stock_of(reading, white) == StockLevel{StockKnowledge::number, 37});
  CHECK(stock_of(reading, black) == StockLevel{StockKnowledge::plenty, 0});
  CHECK(stock_of(reading, big) == StockLevel{StockKnowledge::number, 0});

  struct Case {
    int64_t state;
    const char* remaining;
    StockLevel level;
    bool is_sold_now;
  };
  const Case c = GENERATE(values<Case>({
      {33, "12", {StockKnowledge::number, 12}, true},
      {33, "\"12\"", {StockKnowledge::number, 12}, true},
      {39, "-1", {StockKnowledge::plenty, 0}, true},
      {40, "null", {StockKnowledge::plenty, 0}, true},
      {34, "7", {StockKnowledge::number, 0}, false},
      {36, "7", {StockKnowledge::number, 0}, false},
      {99, "-1", {StockKnowledge::number, 0}, false},
      {77, "7", {}, false},
  }));
  CAPTURE(c.state, c.remaining);
  const std::string row = R"({"skuId":1,"stockStateId":)" + std::to_string(c.state) + R"(,"remainNum":)" + c.remaining;
  const auto stock = told(parse_stock(json_of(R"({"success":true,"result":[)" + row + "}]}")));
  CHECK(stock.at(0).level == c.level);
  CHECK(stock.at(0).is_sold_now == c.is_sold_now);
}

TEST_CASE("a variant that is off the shelf has no stock, one without a price is left out", "[marketplace]") {
  ProductParts all = parts();
  all.states[1].is_on_sale = false;
  CHECK(stock_of(product_of(all, now), black) == StockLevel{StockKnowledge::number, 0});
  all.prices[1].price.reset();
  CHECK(product_of(all, now).product.skus.size() == 2);
  all.prices[0].price.reset();
  CHECK_FALSE(product_of(all, now).product.is_on_sale);
  CHECK(sku_of(product_of(all, now).product, white));
}

TEST_CASE("a SKU without variants is its product's only one", "[marketplace]") {
  ProductParts all = parts();
  all.variants.clear();
  all.pictures.clear();
  const Product product = product_of(all, now).product;
  REQUIRE(product.skus.size() == 1);
  CHECK(product.skus[0].options.empty());
  CHECK(product.skus[0].unit_price == price_of_fen(5990));
  CHECK(product.pictures == std::vector<std::string>{"https://img13.360buyimg.com/n1/jfs/t1/101/cup.jpg"});
}

TEST_CASE("a seller, a least quantity and a size are read where JD tells them", "[marketplace]") {
  const std::string told_more = reply_with(
      "detail", "\"state\": 1",
      R"("state":1,"venderId":10234,"venderName":"示例专营店","LowestBuy":5,"sizeDesc":{"length":"90","width":90,"height":240})");
  const ProductDetail detail = told(parse_detail(json_of(told_more)));
  CHECK(detail.seller_id.value == "10234");
  CHECK(detail.seller_name == "示例专营店");
  CHECK(detail.moq == 5);
  CHECK(detail.size == PackedSize{90, 90, 240});
  CHECK_FALSE(told(parse_detail(json_of(reply_with("detail", "\"state\": 1", "\"state\": 0")))).is_on_sale);
}

TEST_CASE("a price that is null, below zero or missing is no quote", "[marketplace]") {
  const std::string price = GENERATE("null", "-1", "0", "\"\"");
  CAPTURE(price);
  const auto prices = told(parse_sell_prices(json_of(reply_with("prices", "59.9", price))));
  CHECK_FALSE(prices[0].price);
  CHECK(prices[0].list_price == price_of_fen(6900));
}

TEST_CASE("what is no value of its kind is told by its place", "[marketplace]") {
  check_error(parse_detail(json_of(reply_with("detail", "\"name\"", "\"nom\""))), ErrorCode::bad_reply, "/result/name");
  check_error(parse_detail(json_of(reply_with("detail", "\"state\": 1", "\"state\": \"on\""))), ErrorCode::bad_reply,
              "/result/state");
  check_error(parse_sell_prices(json_of(reply_with("prices", "59.9", "\"dear\""))), ErrorCode::bad_reply,
              "/result/0/price");
  check_error(parse_stock(json_of(R"({"success":true,"result":"{"})")), ErrorCode::bad_reply, "/result");
  check_error(parse_sku_states(json_of(R"({"success":true,"result":{}})")), ErrorCode::bad_reply, "/result");
  check_error(parse_area_limits(json_of(reply_with("area_limits", "false", "\"no\""))), ErrorCode::bad_reply,
              "/result/0/isAreaRestrict");
  check_error(parse_freight(json_of(reply_with("freight", "6", "-6"))), ErrorCode::bad_reply, "/result/freight");
  check_error(parse_stock(json_of(reply_text("not_in_pool"))), ErrorCode::not_offered, black.value);
}

TEST_CASE("area limits may be JSON text", "[marketplace]") {
  const auto limits =
      told(parse_area_limits(json_of(R"({"success":true,"result":"[{\"skuId\":1,\"isAreaRestrict\":true}]"})")));
  CHECK(limits.at(0).is_restricted);
}

TEST_CASE("the union's rows are summaries, those without a price left out", "[marketplace]") {
  const SearchPage page = told(parse_search(answer("union_goods")));
  CHECK(page.total == 41);
  REQUIRE(page.products.size() == 2);
  CHECK(page.products[0].key.product_id.value == white.value);
  CHECK(page.products[0].price_from == price_of_fen(5990));
  CHECK(page.products[0].monthly_sales == 6018);
  CHECK(page.products[0].picture == "https://img14.360buyimg.com/pop/jfs/t1/101/cup.jpg");
  CHECK(page.products[1].key.product_id.value == "Abc_opaque-1");
  CHECK(page.products[1].price_from == price_of_fen(50));
  CHECK(told(parse_search(answer("union_none"))).products.empty());
}

TEST_CASE("a product outside our pool can be looked at, not bought", "[marketplace]") {
  const ProductReading reading = told(parse_union_product(answer("union_goods"), {white.value}, now));
  const Product& product = reading.product;
  CHECK_FALSE(product.is_buyable);
  CHECK(product.is_on_sale);
  CHECK(product.seller_id.value == "1000000127");
  CHECK(product.category == std::vector<std::string>{"厨具", "水具酒具", "保温杯"});
  CHECK(product.pictures.size() == 2);
  CHECK(product.skus.at(0).unit_price == price_of_fen(5990));
  CHECK(stock_of(reading, white) == StockLevel{});

  const Product opaque = told(parse_union_product(answer("union_goods"), {"Abc_opaque-1"}, now)).product;
  CHECK(opaque.key.product_id.value == "Abc_opaque-1");
  CHECK(opaque.seller_id.value == "jd");
  check_error(parse_union_product(answer("union_goods"), {"42"}, now), ErrorCode::not_found, "42");
  check_error(parse_union_product(answer("union_none"), {white.value}, now), ErrorCode::not_found);
}

TEST_CASE("the calls that read are written as JD documents them", "[marketplace]") {
  CHECK(search_call({"保温 \"杯\"", 2}).business_json ==
        R"({"goodsReqDTO":{"keyword":"保温 \"杯\"","pageIndex":2,"pageSize":20}})");
  CHECK(union_product_call({"42"}).business_json == R"({"goodsReqDTO":{"skuIds":[42],"pageIndex":1,"pageSize":1}})");
  CHECK(union_product_call({"Ab-1"}).business_json ==
        R"({"goodsReqDTO":{"itemIds":["Ab-1"],"pageIndex":1,"pageSize":1}})");
  const VopCall stock = stock_call({{white, 1}, {black, 2}}, {19, 1607, 3639, 0});
  CHECK(stock.api == "stock/getNewStockById");
  CHECK(stock.parameters[0].value == R"([{"skuId":100012043978,"num":1},{"skuId":100012043980,"num":2}])");
  CHECK(stock.parameters[1].value == "19_1607_3639_0");
  CHECK(sku_state_call({white, black}).parameters[0].value == "100012043978,100012043980");
}

TEST_CASE("a picture's path becomes an address", "[marketplace]") {
  CHECK(picture_url("//h/a.jpg") == "https://h/a.jpg");
  CHECK(picture_url("http://h/a.jpg") == "https://h/a.jpg");
  CHECK(picture_url("/jfs/a.jpg") == "https://img13.360buyimg.com/n1/jfs/a.jpg");
  CHECK(picture_url("javascript:alert(1)").empty());
  CHECK(picture_url("").empty());
}

}  // namespace sampan::jd
