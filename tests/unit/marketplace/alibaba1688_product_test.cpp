#include "shared/marketplace/alibaba1688/product.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/alibaba1688/search.hpp"
#include "tests/unit/marketplace/alibaba1688_replies.hpp"

namespace sampan::alibaba1688 {
namespace {

constexpr Instant now{1'795'507'200'000};

ProductReading read_product(const std::string& text) {
  const auto reading = parse_product(json_of(text), now);
  if (!reading) FAIL(reading.error().context);
  return *reading;
}

std::vector<std::pair<int64_t, int64_t>> tiers_of(const Product& product) {
  std::vector<std::pair<int64_t, int64_t>> tiers;
  for (const TierPrice& tier : product.tier_prices)
    tiers.emplace_back(tier.min_quantity, tier.unit_price.ten_thousandths);
  return tiers;
}

const StockLevel unknown{};
StockLevel pieces(int64_t quantity) { return {StockKnowledge::number, quantity}; }

}  // namespace

TEST_CASE("a product is read with its titles, pictures, seller and size", "[marketplace]") {
  const Product product = read_product(reply_text("product_by_sku")).product;
  CHECK(product.key == ProductKey{MarketplaceName::alibaba1688, {"676651652931"}});
  CHECK(product.title == "撕页笔记本加厚底板");
  CHECK(product.title_translated == "Tear-off notebook with a thick back");
  CHECK(product.pictures == std::vector<std::string>{"https://cbu01.alicdn.com/img/a.jpg",
                                                     "https://cbu01.alicdn.com/img/b.jpg",
                                                     "https://cbu01.alicdn.com/img/ibank/c.jpg"});
  CHECK(product.seller_id.value == "BBBexampleSeller_A");
  CHECK(product.seller_name == "示例文具厂");
  CHECK(product.moq == 2);
  CHECK(product.lot_size == 1);
  CHECK(product.weight_grams == 420);
  CHECK(product.size == PackedSize{250, 176, 21});
  CHECK(product.is_on_sale);
  CHECK(product.read_at == now);
}

TEST_CASE("quoteType 1: each variant has its price, exact to 10^-4 yuan, and what an order names it by",
          "[marketplace]") {
  const Product product = read_product(reply_text("product_by_sku")).product;
  REQUIRE(product.skus.size() == 4);
  const Sku& lines = product.skus[0];
  CHECK(lines.sku_id.value == "4878065068300");
  CHECK(lines.order_key == "b222c2964434b1ab3e92753338fa6af2");
  CHECK(lines.options == std::vector<OptionValue>{{"颜色", "横线"}, {"尺寸", "B5"}});
  CHECK(lines.picture == "https://cbu01.alicdn.com/img/lines.jpg");
  CHECK(lines.unit_price == UnitPrice{149'000});
  CHECK(product.skus[1].unit_price == UnitPrice{650});
  CHECK(product.skus[2].unit_price == UnitPrice{139'000});
  CHECK(product.skus[3].unit_price == UnitPrice{139'000});
  CHECK(product.tier_prices.empty());
}

TEST_CASE("a variant's weight comes in kilograms from one list and in grams from the other", "[marketplace]") {
  const Product product = read_product(reply_text("product_by_sku")).product;
  CHECK(product.skus[0].weight_grams == 422);  // 0.4215 kg, half to even
  CHECK(product.skus[1].weight_grams == 380);
  CHECK_FALSE(product.skus[2].weight_grams);
}

TEST_CASE("stock that is null or -1 is unknown, and 0 is none", "[marketplace]") {
  const ProductReading reading = read_product(reply_text("product_by_sku"));
  CHECK(stock_of(reading, {"4878065068300"}) == pieces(1030));
  CHECK(stock_of(reading, {"4878065068296"}) == pieces(0));
  CHECK(stock_of(reading, {"4878065068297"}) == unknown);
  CHECK(stock_of(reading, {"4878065068298"}) == unknown);
  CHECK(reading.freshness == Freshness{FreshnessSource::fetched, now});
}

TEST_CASE("quoteType 2: the tiers say the price, in rising order, and the first of them the MOQ", "[marketplace]") {
  const ProductReading reading = read_product(reply_text("product_by_tiers"));
  const Product& product = reading.product;
  CHECK(tiers_of(product) == std::vector<std::pair<int64_t, int64_t>>{{5, 254'000}, {25, 237'500}, {250, 219'000}});
  CHECK(product.moq == 5);
  CHECK(product.lot_size == 5);
  CHECK(product.title_translated.empty());
  REQUIRE(product.skus.size() == 2);
  CHECK_FALSE(product.skus[0].unit_price);
  CHECK(unit_price_at(product, product.skus[1], 30)->ten_thousandths == 237'500);
  CHECK(stock_of(reading, {"82"}) == pieces(7));
}

TEST_CASE("quoteType 0: a product without variants is one SKU of its own id, ordered without a key", "[marketplace]") {
  const ProductReading reading = read_product(reply_text("product_whole"));
  const Product& product = reading.product;
  REQUIRE(product.skus.size() == 1);
  CHECK(product.skus[0].sku_id.value == "600000000003");
  CHECK(product.skus[0].order_key.empty());
  CHECK(unit_price_at(product, product.skus[0], 60)->ten_thousandths == 86'500);
  CHECK(product.lot_size == 12);
  CHECK(stock_of(reading, {"600000000003"}) == pieces(600));
}

TEST_CASE("only a published product is on sale, and one off sale needs no price", "[marketplace]") {
  CHECK_FALSE(read_product(reply_with("product_whole", "\"published\"", "\"expired\"")).product.is_on_sale);
  CHECK_FALSE(read_product(reply_with("product_whole", "\"published\"", "\"member deleted\"")).product.is_on_sale);
  const std::string gone = R"({"result":{"result":{"offerId":1,"subject":"x","sellerOpenId":"s","status":"deleted"}}})";
  CHECK(read_product(gone).product.skus.size() == 1);
}

TEST_CASE("what a purchase needs and a reply does not have is named by its place", "[marketplace]") {
  struct Case {
    const char* reply;
    const char* from;
    const char* to;
    const char* pointer;
  };
  const Case c = GENERATE(values<Case>({
      {"product_by_sku", "\"subject\"", "\"subjekt\"", "/result/result/subject"},
      {"product_by_sku", "\"BBBexampleSeller_A\"", "null", "/result/result/sellerOpenId"},
      {"product_by_sku", "\"status\"", "\"state\"", "/result/result/status"},
      {"product_by_sku", "4878065068300", "null", "/result/result/productSkuInfos/0/skuId"},
      {"product_by_sku", "4878065068300", "4.878065068300E12", "/result/result/productSkuInfos/0/skuId"},
      {"product_by_sku", "\"132d73687bfeb645b8af2316e20427fe\"", "\"\"", "/result/result/productSkuInfos/1/specId"},
      {"product_by_sku", "\"14.9\"", "null", "/result/result/productSkuInfos/0/price"},
      {"product_by_sku", "\"14.9\"", "\"0.00\"", "/result/result/productSkuInfos/0/price"},
      {"product_by_sku", "\"14.9\"", "\"14,9\"", "/result/result/productSkuInfos/0/price"},
      {"product_by_tiers", "\"25.40\"", "null", "/result/result/productSaleInfo/priceRangeList/1/price"},
      {"product_by_tiers", "priceRangeList", "priceRanges", "/result/result/productSaleInfo/priceRangeList"},
  }));
  CAPTURE(c.from, c.to);
  check_error(parse_product(json_of(reply_with(c.reply, c.from, c.to)), now), ErrorCode::bad_reply, c.pointer);
}

TEST_CASE("pictures are https addresses, or nothing", "[marketplace]") {
  CHECK(picture_url("//img.example/a.jpg") == "https://img.example/a.jpg");
  CHECK(picture_url("http://img.example/a.jpg") == "https://img.example/a.jpg");
  CHECK(picture_url("https://img.example/a.jpg") == "https://img.example/a.jpg");
  CHECK(picture_url("img/a.jpg") == "https://cbu01.alicdn.com/img/a.jpg");
  CHECK(picture_url("/img/a.jpg") == "https://cbu01.alicdn.com/img/a.jpg");
  CHECK(picture_url("javascript:alert(1)").empty());
  CHECK(picture_url("").empty());
}

TEST_CASE("a product is asked for by its number, in the shopper's language", "[marketplace]") {
  const Call call = product_call({"676651652931"}, "ja");
  CHECK(signed_path(call, "1000000") ==
        "param2/1/com.alibaba.fenxiao.crossborder/product.search.queryProductDetail/1000000");
  REQUIRE(call.parameters.size() == 1);
  CHECK(call.parameters[0].key == "offerDetailParam");
  CHECK(call.parameters[0].value == R"({"offerId":676651652931,"country":"ja"})");
  CHECK(product_call({"1\"2"}, "en").parameters[0].value == R"({"offerId":"1\"2","country":"en"})");
}

TEST_CASE("a search page has what can be bought on it, with the marketplace's total", "[marketplace]") {
  const auto page = parse_search(json_of(reply_text("search")));
  REQUIRE(page);
  CHECK(page->total == 2000);
  REQUIRE(page->products.size() == 2);  // the row without a price is left out
  const ProductSummary& antenna = page->products[0];
  CHECK(antenna.key == ProductKey{MarketplaceName::alibaba1688, {"556733445249"}});
  CHECK(antenna.title == "双频内置天线");
  CHECK(antenna.title_translated == "Dual band antenna");
  CHECK(antenna.picture == "https://cbu01.alicdn.com/img/antenna.jpg");
  CHECK(antenna.price_from == UnitPrice{12'000});
  CHECK(antenna.moq == 3);
  CHECK(antenna.monthly_sales == 172);
  CHECK(page->products[1].moq == 1);
  CHECK_FALSE(page->products[1].monthly_sales);
  check_error(parse_search(json_of(reply_with("search", "556733445249", "null"))), ErrorCode::bad_reply,
              "/result/result/data/0/offerId");
}

TEST_CASE("a search that finds nothing is a page with nothing", "[marketplace]") {
  const auto page = parse_search(json_of(R"({"result":{"success":true,"result":{"totalRecords":0,"data":null}}})"));
  REQUIRE(page);
  CHECK(page->products.empty());
  CHECK(page->total == 0);
}

TEST_CASE("a search sends the words, the page and the language as one JSON text", "[marketplace]") {
  const Call call = search_call({"天线 \"5G\"", 3}, "en");
  CHECK(call.api == "product.search.keywordQuery");
  CHECK(call.parameters[0].value == R"({"keyword":"天线 \"5G\"","beginPage":3,"pageSize":20,"country":"en"})");
}

}  // namespace sampan::alibaba1688
