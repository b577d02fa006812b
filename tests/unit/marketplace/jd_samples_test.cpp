// Whole recordings, which are not ours to keep in the repository: read where the environment variable SAMPAN_SAMPLES names a
// folder of them, with a folder samples/jd inside. None of them is named an API.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "shared/marketplace/jd/parse_reply.hpp"

namespace sampan::jd {
namespace {

// How the answer begins, or the error's code.
const std::map<std::string, std::string> expectations = {
    {"jos-error-method.json", "bad_request"},
    {"jos-error-signature.json", "auth"},
    {"jos-error-token.json", "auth"},
    {"union-giftcoupon.json", R"([{"key":"9f622b45acaff312","title":"礼金测试01","denomination":{"minor":100,)"},
    {"union-goods-query.json", R"({"products":[{"key":{"marketplace":"jd","product_id":"26898778009"})"},
    {"vop-cancel-already.json", R"({"done":true})"},
    {"vop-cancel-ok.json", R"({"done":true})"},
    {"vop-message-1-split.json", R"([{"message_id":"3612991444","type":1,"kind":"order_split")"},
    {"vop-message-10-cancelled.json", R"([{"message_id":"3613535817","type":10,"kind":"order_cancelled")"},
    {"vop-message-16-product-changed.json", R"([{"message_id":"4228356311","type":16,"kind":"product_changed")"},
    {"vop-message-2-price.json", R"([{"message_id":"4215681460","type":2,"kind":"price_changed")"},
    {"vop-message-4-shelf.json", R"([{"message_id":"4206002777","type":4,"kind":"taken_off_shelf")"},
    {"vop-message-5-delivered.json", R"([{"message_id":"3283471578","type":5,"kind":"delivered")"},
    {"vop-order-by-third-found.json", R"({"upstream_order_id":"71411883073"})"},
    {"vop-order-by-third-missing.json", "not_found"},
    {"vop-order-split.json",
     R"({"order":{"upstream_order_id":"71411883073","state":"received","goods":{"minor":28382,"currency":"CNY"})"},
    {"vop-order-track.json", R"({"upstream_order_id":"70420843945","steps":[{"at":"2017-12-15T01:42:19.000Z")"},
    {"vop-product-detail.json", R"({"sku_id":"127768","title":"Double A A4 80克复印纸 5包/箱")"},
    {"vop-search.json", R"({"products":[{"product_id":"6529483")"},
    {"vop-sell-price.json", R"([{"sku_id":"826076","price":{"ten_thousandths":180000})"},
    {"vop-service-error.json", "retry_later"},
    {"vop-similar-sku.json", R"([{"sku_id":"3158046","options":[{"name":"颜色","value":"太空银"})"},
    {"vop-sku-image.json",
     R"({"127768":["https://img13.360buyimg.com/n1/g10/M00/09/00/rBEQWFE5sTkIAAAAAAGinXtk8gYAABwwwLnELAAAaK1513.jpg")"},
    {"vop-sku-state.json", R"([{"sku_id":"127768","is_on_sale":true})"},
    {"vop-stock-not-in-pool.json", "not_offered"},
    {"vop-stock.json",
     R"([{"sku_id":"892900","area":"19_1607_3639_0","stock_state":33,"is_sold_now":true,"level":{"knowledge":"plenty")"},
    {"vop-submit-order-duplicate.json",
     R"({"order":{"upstream_order_id":"52917852970","state":"awaiting_payment","goods":{"minor":12500)"},
    {"vop-submit-order-error-area-limited.json", "rejected"},
    {"vop-submit-order-error-balance.json", "rejected"},
    {"vop-submit-order-error-gift-out-of-stock.json", "sold_out"},
    {"vop-submit-order-error-off-shelf.json", "sold_out"},
    {"vop-submit-order-ok.json",
     R"({"order":{"upstream_order_id":"52917852970","state":"awaiting_payment","goods":{"minor":12500)"},
    {"vop-token.json", R"({"access_token":"N00exampleAccessToken000")"},
};

}  // namespace

TEST_CASE("recorded replies of JD are understood, each file of them", "[marketplace]") {
  const char* const samples = std::getenv("SAMPAN_SAMPLES");
  if (samples == nullptr) SKIP("SAMPAN_SAMPLES names no folder of recordings");
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(samples) / "samples/jd")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".json") continue;
    ++files;
    CAPTURE(name);
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const auto expected = expectations.find(name);
    REQUIRE(expected != expectations.end());
    const auto json = parse_json(text);
    REQUIRE(json);
    const auto parsed = parse_reply("", *json);
    const std::string said = parsed ? *parsed : std::string(word(parsed.error().code));
    CHECK(said.substr(0, expected->second.size()) == expected->second);
  }
  CHECK(files == expectations.size());
}

}  // namespace sampan::jd
