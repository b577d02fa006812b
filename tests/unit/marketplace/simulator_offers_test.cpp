// What the simulated 1688 shows, what moves it, and the demo's catalogue.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "shared/marketplace/simulator/simulated_marketplace.hpp"
#include "tests/unit/marketplace/small_market.hpp"

namespace sampan {
namespace {

using namespace small_market;

struct World {
  explicit World(const MarketRules& rules = quiet_rules()) : market(small_market::market(rules)) {}
  Instant now = opening;
  SimulatedMarket market;
  SimulatedMarketplace marketplace{MarketplaceName::alibaba1688, market, [this] { return now; }};

  ProductReading read(const PurchaseItem& item) {
    const auto reading = marketplace.read_product(item.product_id);
    REQUIRE(reading);
    return *reading;
  }
  StockLevel stock(const PurchaseItem& item) { return stock_of(read(item), item.sku_id); }
};

std::string file_text(const std::string& path) {
  std::ifstream file(std::string(SAMPAN_SOURCE_ROOT) + "/" + path);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

Catalogue demo_catalogue(MarketplaceName name) {
  const std::string folder = "assets/demo/" + std::string(word(name));
  const auto catalogue = parse_catalogue(file_text(folder + "/products.json"), file_text(folder + "/sellers.json"));
  REQUIRE(catalogue);
  return *catalogue;
}

TEST_CASE("a product with a price for each colour reads as one", "[simulator]") {
  World world;
  const ProductReading reading = world.read(white_cup);
  const Product& product = reading.product;
  CHECK(product.key == ProductKey{MarketplaceName::alibaba1688, {"600000000001"}});
  CHECK(product.title == "景德镇陶瓷茶杯家用");
  CHECK(product.title_translated == "Porcelain Tea cup");
  CHECK(product.seller_id.value == "tea");
  CHECK(product.seller_name == "茶具厂");
  CHECK(product.category == std::vector<std::string>{"餐具"});
  CHECK(product.pictures.size() == 2);
  CHECK(product.pictures.front() == "https://img.sampan.invalid/600000000001/1.webp");
  CHECK(product.tier_prices.empty());
  CHECK(product.moq == 2);
  CHECK(product.weight_grams == 300);
  CHECK(product.size == PackedSize{100, 100, 90});
  CHECK(product.read_at == opening);
  REQUIRE(product.skus.size() == 2);
  const Sku& blue = product.skus[1];
  CHECK(blue.order_key == blue_cup.order_key);
  CHECK(blue.options == std::vector{OptionValue{"颜色", "蓝色"}});
  CHECK(blue.unit_price == price_of_fen(1200));
  CHECK(blue.weight_grams == 350);
  CHECK(reading.freshness == Freshness{FreshnessSource::fetched, opening});
}

TEST_CASE("a product priced by tiers leaves its SKUs' prices out", "[simulator]") {
  World world;
  const Product product = world.read(tee_m).product;
  CHECK_FALSE(product.skus.front().unit_price);
  REQUIRE(product.tier_prices.size() == 3);
  CHECK(product.tier_prices[1] == TierPrice{25, price_of_fen(2375)});
}

TEST_CASE("a product without variants is bought by its own id and no spec", "[simulator]") {
  World world;
  const Product product = world.read(hourglass).product;
  REQUIRE(product.skus.size() == 1);
  CHECK(product.skus.front().sku_id.value == "600000000003");
  CHECK(product.skus.front().order_key.empty());
  CHECK(product.lot_size == 12);
}

TEST_CASE("a stock is a number, plenty, or not known", "[simulator]") {
  World world;
  CHECK(world.stock(white_cup) == StockLevel{StockKnowledge::number, 100});
  CHECK(world.stock(tee_m) == StockLevel{StockKnowledge::plenty, 0});
  CHECK(world.stock(socks) == StockLevel{StockKnowledge::unknown, 0});
}

TEST_CASE("words find products in Chinese and English, best sold first", "[simulator]") {
  struct Case {
    const char* why;
    const char* words;
    std::vector<std::string> found;
  };
  const Case c = GENERATE(values<Case>({
      {"two Chinese characters", "茶杯", {"600000000001"}},
      {"a part that all wholesalers write", "批发", {"600000000002", "600000000004", "600000000003"}},
      {"case does not matter", "porcelain TEA", {"600000000001"}},
      {"all words must occur", "tea wholesale", {}},
      {"words of both languages", "沙漏 glass", {"600000000003"}},
      {"spaces around", "  socks ", {"600000000004"}},
      {"no words: everything", "", {"600000000002", "600000000004", "600000000001", "600000000003"}},
  }));
  CAPTURE(c.why);
  World world;
  const auto page = world.marketplace.search({c.words, 1});
  REQUIRE(page);
  std::vector<std::string> found;
  for (const ProductSummary& summary : page->products) found.push_back(summary.key.product_id.value);
  CHECK(found == c.found);
  CHECK(page->total == static_cast<int64_t>(c.found.size()));
}

TEST_CASE("a search shows the least price at the MOQ", "[simulator]") {
  World world;
  CHECK(world.marketplace.search({"茶杯", 1})->products.front().price_from == price_of_fen(990));
  CHECK(world.marketplace.search({"cotton", 1})->products.front().price_from == price_of_fen(2540));
  CHECK(world.marketplace.search({"茶杯", 1})->products.front().monthly_sales == 500);
  CHECK(world.marketplace.search({"茶杯", 0}).error().code == ErrorCode::bad_request);
}

TEST_CASE("what is off sale is read, but neither found nor bought", "[simulator]") {
  World world;
  REQUIRE(world.market.take_off_sale(white_cup.product_id, opening));
  CHECK_FALSE(world.read(white_cup).product.is_on_sale);
  CHECK(world.marketplace.search({"茶杯", 1})->products.empty());
  CHECK(world.market.preview({white_cup}, opening).error().code == ErrorCode::not_found);

  REQUIRE(world.market.put_on_sale(white_cup.product_id, opening));
  CHECK(world.market.preview({white_cup}, opening));
}

TEST_CASE("a new price for a product keeps the proportion of its tiers", "[simulator]") {
  World world;
  REQUIRE(world.market.set_price(tee_m.product_id, price_of_fen(5080), opening));
  const Product product = world.read(tee_m).product;
  CHECK(product.tier_prices[0].unit_price == price_of_fen(5080));
  CHECK(product.tier_prices[1].unit_price == price_of_fen(4750));
  CHECK(product.tier_prices[2].unit_price == price_of_fen(4380));
  REQUIRE(world.market.set_price(white_cup.product_id, price_of_fen(1), opening));
  CHECK(world.read(white_cup).product.skus[1].unit_price == price_of_fen(1));
}

TEST_CASE("an operator's hand on what is not there, or to no price, is refused", "[simulator]") {
  World world;
  SimulatedMarket& market = world.market;
  CHECK(market.set_stock({"1"}, {}, opening).error().code == ErrorCode::not_found);
  CHECK(market.set_stock({"71"}, {StockKnowledge::number, -1}, opening).error().code == ErrorCode::bad_request);
  CHECK(market.set_price(SkuId{"1"}, price_of_fen(1), opening).error().code == ErrorCode::not_found);
  CHECK(market.set_price(ProductId{"1"}, price_of_fen(1), opening).error().code == ErrorCode::not_found);
  CHECK(market.set_price(tee_m.sku_id, price_of_fen(1), opening).error().code == ErrorCode::bad_request);
  CHECK(market.set_price(white_cup.sku_id, price_of_fen(0), opening).error().code == ErrorCode::bad_request);
  CHECK(market.take_off_sale({"1"}, opening).error().code == ErrorCode::not_found);
  CHECK(market.seller_closes({"1"}, opening).error().code == ErrorCode::not_found);
  CHECK(market.log().empty());
}

TEST_CASE("other buyers buy each day, and the seller fills up what he had", "[simulator]") {
  MarketRules lively = quiet_rules();
  lively.others_trade = true;
  World world(lively);
  CHECK(world.market.next_event() == opening + days(1));
  const auto cups = [&] { return world.stock(white_cup).quantity + world.stock(blue_cup).quantity; };

  world.now = opening + days(1) - milliseconds(1);
  CHECK(cups() == 103);
  world.now = opening + days(2);  // 1.5 a day
  CHECK(cups() == 100);
  world.now = opening + days(365);
  CHECK(world.stock(white_cup).quantity <= 100);
  CHECK(world.stock(blue_cup).quantity <= 40);
  CHECK(world.stock(tee_m) == StockLevel{StockKnowledge::plenty, 0});

  world.now = opening + days(365);
  REQUIRE(world.market.set_stock(white_cup.sku_id, {StockKnowledge::number, 5000}, world.now));
  world.now = opening + days(371);  // no delivery makes it less
  CHECK(world.stock(white_cup).quantity >= 5000 - 12);
}

TEST_CASE("a catalogue that contradicts itself is refused with its product", "[simulator]") {
  struct Case {
    const char* why;
    const char* from;
    const char* to;
    ErrorCode code;
  };
  const Case c = GENERATE(values<Case>({
      {"an unknown seller", R"("seller_id":"cloth")", R"("seller_id":"ghost")", ErrorCode::bad_data},
      {"a value that no option has", R"("values":[1],"price_fen":1200)", R"("values":[2],"price_fen":1200)",
       ErrorCode::bad_data},
      {"a price of nothing", R"("price_fen":1200)", R"("price_fen":0)", ErrorCode::bad_data},
      {"tiers that do not rise", R"("min_quantity":60)", R"("min_quantity":12)", ErrorCode::bad_data},
      {"an unknown price rule", R"("quote_type":2)", R"("quote_type":3)", ErrorCode::bad_data},
      {"no lot", R"("lot_size":12)", R"("lot_size":0)", ErrorCode::bad_data},
      {"a weight step of nothing", R"("step_grams":1000)", R"("step_grams":0)", ErrorCode::bad_data},
      {"one id twice", R"("product_id":"600000000002")", R"("product_id":"600000000001")", ErrorCode::bad_data},
      {"a stock below zero", R"("stock":600)", R"("stock":-1)", ErrorCode::bad_input},
      {"a stock in words", R"("stock":600)", R"("stock":"many")", ErrorCode::bad_input},
      {"a field that is missing", R"("title_en":"Glass)", R"("title_fr":"Glass)", ErrorCode::bad_input},
  }));
  CAPTURE(c.why);
  std::string text(products_json);
  const size_t at = text.find(c.from);
  REQUIRE(at != std::string::npos);
  text.replace(at, std::string(c.from).size(), c.to);
  const auto parsed = parse_catalogue(text, sellers_json);
  REQUIRE_FALSE(parsed);
  CAPTURE(parsed.error().sentence, parsed.error().context);
  CHECK(word(parsed.error().code) == word(c.code));
}

TEST_CASE("a seller sends a thousand of a thousand", "[simulator]") {
  std::string text(sellers_json);
  text.replace(text.find("[1000,"), 6, "[999,");
  CHECK(parse_catalogue(products_json, text).error().code == ErrorCode::bad_data);
}

TEST_CASE("the demo's catalogues open markets in which every product of the pool can be bought", "[simulator]") {
  struct Case {
    MarketplaceName name;
    size_t products;
    size_t sellers;
    int64_t more_than;
  };
  const Case c = GENERATE(values<Case>({
      {MarketplaceName::taobao, 285, 53, 1000},
      {MarketplaceName::alibaba1688, 142, 63, 600},
      {MarketplaceName::jd, 79, 17, 200},
  }));
  const Catalogue catalogue = demo_catalogue(c.name);
  CHECK(catalogue.products.size() == c.products);
  CHECK(catalogue.sellers.size() == c.sellers);
  SimulatedMarket market(catalogue, quiet_rules(), opening);
  SimulatedMarketplace marketplace(c.name, market, [] { return opening; });
  int64_t sellable = 0;
  for (const CatalogueProduct& listed : catalogue.products) {
    CAPTURE(listed.product_id.value);
    const auto reading = marketplace.read_product(listed.product_id);
    REQUIRE(reading);
    const Product& product = reading->product;
    CHECK(check_quantity(product, product.moq));
    for (const Sku& sku : product.skus) {
      const PurchaseItem item{product.key.product_id, sku.sku_id, sku.order_key, product.moq};
      const auto preview = marketplace.preview_purchase({{"pur_1"}, product.seller_id, {item}});
      const bool has_enough = available(stock_of(*reading, sku.sku_id), product.moq) == product.moq;
      CHECK(preview.has_value() == (has_enough && product.is_buyable));
      if (!preview) continue;
      ++sellable;
      CHECK(preview->goods == *line_total(*unit_price_at(product, sku, product.moq), product.moq));
    }
  }
  CHECK(sellable > c.more_than);
}

TEST_CASE("the demo's search pages by 24, and its pages are all of it once", "[simulator]") {
  SimulatedMarket market(demo_catalogue(MarketplaceName::alibaba1688), quiet_rules(), opening);
  SimulatedMarketplace marketplace(MarketplaceName::alibaba1688, market, [] { return opening; });
  std::vector<ProductKey> seen;
  for (int64_t page = 1;; ++page) {
    const auto found = marketplace.search({"", page});
    REQUIRE(found);
    CHECK(found->total == 142);
    if (found->products.empty()) break;
    CHECK(found->products.size() == (page == 6 ? 142 % 24 : 24));
    for (const ProductSummary& summary : found->products) seen.push_back(summary.key);
  }
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
  CHECK(seen.size() == 142);
  CHECK(marketplace.search({"", int64_t{1} << 60})->products.empty());
  CHECK(marketplace.search({"袜子", 1})->total > 0);
}

}  // namespace
}  // namespace sampan
