#include "shared/marketplace/taobao/product.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/taobao/search.hpp"
#include "tests/unit/marketplace/taobao_replies.hpp"

namespace sampan::taobao {
namespace {

constexpr Instant now{1'795'507'200'000};

ProductReading product_in(const std::string& text) {
  const auto reading = parse_product(json_of(text), now);
  if (!reading) FAIL(reading.error().context);
  return *reading;
}

}  // namespace

TEST_CASE("an item is read with what an order names it by", "[marketplace]") {
  const ProductReading reading = product_in(reply_text("product"));
  const Product& product = reading.product;
  CHECK(product.key == ProductKey{MarketplaceName::taobao, {"600000000001"}});
  CHECK(product.title == "手冲咖啡杯");
  CHECK(product.category == std::vector<std::string>{"居家日用", "杯子"});
  CHECK(product.pictures == std::vector<std::string>{"https://img.example/cup_a.jpg", "https://img.example/cup_b.jpg"});
  CHECK(product.seller_id.value == "118600001");
  CHECK(product.seller_name == "茶具小店");
  CHECK(product.moq == 2);
  CHECK(product.is_on_sale);
  CHECK(product.is_buyable);
  CHECK(reading.freshness.as_of == now);

  REQUIRE(product.skus.size() == 3);
  CHECK(product.skus[0].sku_id.value == "4984000000001");
  CHECK(product.skus[0].order_key == "2048000000000001:3357000000001");
  CHECK(product.skus[1].order_key == "2048000000000001:3357000000002");
  CHECK(product.skus[0].picture == "https://img.example/white.jpg");
  CHECK(product.skus[1].picture.empty());
}

TEST_CASE("the seller's own text names a value, else the value's without its number", "[marketplace]") {
  const Product product = product_in(reply_text("product")).product;
  CHECK(product.skus[0].options == std::vector<OptionValue>{{"颜色分类", "象牙白"}, {"尺码", "M"}});
  CHECK(product.skus[1].options == std::vector<OptionValue>{{"颜色分类", "黑色"}});
}

TEST_CASE("a promotion is the price, none and zero are none; a coupon is not promised", "[marketplace]") {
  const Product product = product_in(reply_text("product")).product;
  CHECK(product.skus[0].unit_price == price_of_fen(9900));
  CHECK(product.skus[1].unit_price == price_of_fen(12900));
  CHECK(product.skus[2].unit_price == price_of_fen(12900));
}

TEST_CASE("null is an unknown stock, a variant that is not sold has none", "[marketplace]") {
  const ProductReading reading = product_in(reply_text("product"));
  CHECK(stock_of(reading, {"4984000000001"}) == StockLevel{StockKnowledge::number, 800});
  CHECK(stock_of(reading, {"4984000000002"}) == StockLevel{});
  CHECK(stock_of(reading, {"4984000000003"}) == StockLevel{StockKnowledge::number, 0});
  CHECK(product_in(reply_with("product", "\"quantity\": 800", "\"quantity\": -1")).stock[0].level == StockLevel{});
}

TEST_CASE("an item without variants is one SKU of the item's own id, ordered by mp_id alone", "[marketplace]") {
  const ProductReading reading = product_in(reply_text("product_whole"));
  REQUIRE(reading.product.skus.size() == 1);
  const Sku& sku = reading.product.skus[0];
  CHECK(sku.sku_id.value == "600000000002");
  CHECK(sku.order_key == "2048000000000002");
  CHECK(sku.unit_price == price_of_fen(1500));
  CHECK(sku.options.empty());
  CHECK(reading.stock == std::vector<SkuStock>{{{"600000000002"}, {StockKnowledge::number, 30}}});
}

TEST_CASE("an item that is not NORMAL is not on sale, and needs no price", "[marketplace]") {
  const std::string off = reply_with("product_whole", "\"NORMAL\"", "\"DELETED\"");
  CHECK_FALSE(product_in(off).product.is_on_sale);
  std::string free = reply_with("product_whole", "\"NORMAL\"", "\"DELETED\"");
  free.replace(free.find("\"price\": 1500"), 13, "\"price\": null");
  CHECK_FALSE(product_in(free).product.skus[0].unit_price);
}

TEST_CASE("a product that cannot be read says where", "[marketplace]") {
  struct Case {
    std::string text;
    const char* pointer;
  };
  const Case c = GENERATE(values<Case>({
      {reply_with("product", "\"title\": \"手冲咖啡杯\"", "\"title\": null"), "/data/title"},
      {reply_with("product", "\"shop_id\": 118600001", "\"shop_id\": 1.5"), "/data/shop_id"},
      {reply_with("product", "\"mp_skuId\": 3357000000001", "\"mp_skuId\": \"\""), "/data/sku_list/0/mp_skuId"},
      {reply_with("product", "\"promotion_price\": 9900", "\"promotion_price\": \"¥99\""), "/data/promotion_price"},
      {reply_with("product_whole", "\"price\": 1500", "\"price\": 0"), "/data/price"},
      {R"({"code":"0","success":true,"data":null})", "/data"},
  }));
  CAPTURE(c.pointer);
  check_error(parse_product(json_of(c.text), now), ErrorCode::bad_reply, c.pointer);
}

TEST_CASE("an item that does not exist is not found", "[marketplace]") {
  const char* const text = R"({"success":false,"error_code":"ITEM_NOT_EXIST","error_msg":"no such item","code":"0"})";
  check_error(parse_product(json_of(text), now), ErrorCode::not_found, "ITEM_NOT_EXIST");
}

TEST_CASE("an order key is read as it was written, and nothing else is", "[marketplace]") {
  for (const char* const text : {"2048000000000001:3357000000001", "2048000000000002"}) {
    const auto key = parse_order_key(text);
    REQUIRE(key);
    CHECK(order_key_text(*key) == text);
  }
  for (const char* const text : {"", ":", "1:", ":1", "a:1", "1:b", "1:2:3", "28b952ec96c8b5c3"}) {
    CAPTURE(text);
    check_error(parse_order_key(text), ErrorCode::bad_request);
  }
}

TEST_CASE("a search is asked for in a language that is spoken there", "[marketplace]") {
  const auto language_of = [](std::string_view asked) {
    const IopCall call = search_call({"杯", 2}, asked);
    CHECK(call.path == "/traffic/item/search");
    CHECK(call.parameters[1].value == "2");
    return call.parameters[3].value;
  };
  CHECK(language_of("ja") == "ja");
  CHECK(language_of("de").empty());
}

TEST_CASE("a search lists what has a price, in yuan, with the title in both languages", "[marketplace]") {
  const auto page = parse_search(json_of(reply_text("search")));
  REQUIRE(page);
  REQUIRE(page->products.size() == 2);
  const ProductSummary& cup = page->products[0];
  CHECK(cup.key.product_id.value == "600000000001");
  CHECK(cup.title == "手冲咖啡杯");
  CHECK(cup.title_translated == "Pour-over coffee cup");
  CHECK(cup.picture == "https://img.example/cup_a.jpg");
  CHECK(cup.price_from == price_of_fen(9900));
  CHECK(page->products[1].price_from == price_of_fen(1550));
  CHECK(page->products[1].picture == "https://img.example/scoop.jpg");
}

TEST_CASE("a search without a total counts what was seen, and one more while pages come full", "[marketplace]") {
  CHECK(parse_search(json_of(reply_text("search")))->total == 7);
  CHECK(parse_search(json_of(reply_with("search", "\"page_size\": 3", "\"page_size\": 20")))->total == 23);
  CHECK(parse_search(json_of(reply_with("search", "\"page_no\": 2", "\"total_results\": 512")))->total == 512);
  CHECK(parse_search(json_of(R"({"code":"0","data":{"data":[],"page_no":1,"page_size":20}})"))->total == 0);
}

TEST_CASE("a search that was refused says why", "[marketplace]") {
  check_error(parse_search(json_of(R"({"code":"0","biz_error_code":"PARAM_ERROR","biz_error_msg":"keyword"})")),
              ErrorCode::bad_request);
  check_error(parse_search(json_of(R"({"code":"0"})")), ErrorCode::bad_reply);
  check_error(parse_search(json_of(reply_with("search", "\"price\": \"99\"", "\"price\": \"99 yuan\""))),
              ErrorCode::bad_reply, "/data/data/0/price");
}

TEST_CASE("a list of one that is shown as its element is a list", "[marketplace]") {
  const auto page = parse_listed(json_of(reply_text("listed")));
  REQUIRE(page);
  REQUIRE(page->products.size() == 1);
  const ListedProduct& cup = page->products[0];
  CHECK(cup.product_id.value == "600042833131056800");
  CHECK(cup.picture == "https://img.example/a.jpg");
  CHECK(cup.price == "24");
  CHECK(cup.currency == "USD");
  CHECK(cup.stock == 60307);
  CHECK(page->total == 2);
}

}  // namespace sampan::taobao
