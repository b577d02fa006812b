// Whole recordings and the platform's own document samples, which are not ours to keep in the repository: read where the
// environment variable SAMPAN_SAMPLES names a folder of them, with a folder samples/taobao inside. Beside it, the same table
// of parsers on our own fixtures.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "shared/marketplace/taobao/parse_reply.hpp"
#include "tests/unit/marketplace/taobao_replies.hpp"

namespace sampan::taobao {
namespace {

// The value's JSON, or the error's word.
std::string said(const Result<std::string>& parsed) {
  return parsed ? *parsed : std::string(word(parsed.error().code));
}

// What must stand in what is said.
const std::map<std::string, std::vector<std::string>> expectations = {
    {"iop-error-call-limit.json", {"quota"}},
    {"iop-error-token.json", {"auth"}},
    {"iop-product-get.json",
     {R"("order_key":"2048153758314474:3357413213162")", R"("ten_thousandths":990000)", R"("quantity":800)",
      R"("value":"M 建议100-110斤")", R"("seller_id":"118690644")"}},
    {"iop-purchase-create-error.json", {"sold_out"}},
    {"iop-purchase-create-ok.json", {R"(["1000001234567"])"}},
    {"iop-push-trade.json", {R"("order_status":"unpaid")", R"("260422900198363")", "2020-10-26T07:50:38.000Z"}},
    {"iop-spus-get.json", {R"("product_id":"600042833131056800")", R"("currency":"USD")", R"("total":2)"}},
    {"top-error-call-limited.json", {"quota"}},
    {"top-error-invalid-session.json", {"auth"}},
    {"top-error-invalid-signature.json", {"auth"}},
    {"top-error-remote-service.json", {"retry_later"}},
    {"top-item-get.json",
     {R"("product_id":"5192139988")", R"("sku_id":"10999483556")", R"("value":"XXL")", R"("is_on_sale":false)"}},
    {"top-tbk-item-info.json", {R"("product_id":"576661572026")", R"("ten_thousandths":102000)"}},
    {"top-tbk-item-search.json", {R"("total":20632)", R"("product_id":"545080580844")", R"("monthly_sales":2856)"}},
    {"top-tbk-link-parse-tpwd.json", {R"("material_id":"NbKBdpOC5tnKr8bSZG7uRtB-rZ9xkXF2QOndGQgHv")"}},
    {"top-tbk-material-optional.json", {R"("total":7)", R"("product_id":"692686680737")", R"(:82500000)"}},
    {"top-tmc-trade-message.json", {R"("topic":"taobao_trade_TradeBuyerPay")", R"(["452790065331038"])"}},
    {"top-tpwd-create.json", {R"({"code":"￥xhQoYC66sMX￥"})"}},
    {"top-trade-fullinfo-closed.json", {R"("state":"closed")", R"("minor":1380)", R"("sku_id":"33395009470")"}},
};

}  // namespace

TEST_CASE("recorded replies of Taobao are understood, each file of them", "[marketplace]") {
  const char* const samples = std::getenv("SAMPAN_SAMPLES");
  if (samples == nullptr) SKIP("SAMPAN_SAMPLES names no folder of recordings");
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(samples) / "samples/taobao")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".json") continue;
    ++files;
    CAPTURE(name);
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const auto expected = expectations.find(name);
    REQUIRE(expected != expectations.end());
    const std::string value = said(parse_reply("", json_of(text)));
    CAPTURE(value);
    for (const std::string& part : expected->second) CHECK(value.find(part) != std::string::npos);
  }
  CHECK(files == expectations.size());
}

TEST_CASE("a reply of Taobao is read as what it is, named or not", "[marketplace]") {
  struct Case {
    const char* fixture;
    const char* api;
    const char* begins;
  };
  const Case c = GENERATE(values<Case>({
      {"product", "/product/get", R"({"product":{"key":{"marketplace":"taobao","product_id":"600000000001"})"},
      {"search", "/traffic/item/search", R"({"products":[{"key":)"},
      {"listed", "/product/spus/get", R"({"products":[{"product_id":"600042833131056800")"},
      {"render", "/purchase/order/render", R"({"goods":{"minor":19800,"currency":"CNY"},"freight":)"},
      {"created_several", "/purchase/order/create", R"(["1000000000000001","1000000000000011"])"},
      {"orders", "/purchase/orders/query", R"({"orders":[{"order":{"upstream_order_id":"1000000000000001")"},
      {"payment", "/purchase/order/batch/pay", "{}"},
      {"logistics", "/logistics/detail/get", R"([{"carrier":"圆通速递")"},
      {"token", "/auth/token/refresh", R"({"access_token":"50000600example")"},
      {"top_materials", "taobao.tbk.dg.material.optional", R"({"products":[{"key":)"},
      {"top_item_info", "taobao.tbk.item.info.get", R"([{"product":{"key":)"},
      {"top_item", "taobao.item.get", R"({"product":{"key":)"},
      {"top_trade", "taobao.trade.fullinfo.get", R"({"order":{"upstream_order_id":"452790000000038")"},
      {"top_link", "taobao.tbk.sc.general.link.parse", R"([{"written":)"},
      {"top_code", "taobao.tbk.tpwd.create", R"({"code":)"},
      {"created_none", "/purchase/order/create", "sold_out"},
      {"render_unavailable", "/purchase/order/render", "sold_out"},
      {"payment_refused", "/purchase/order/batch/pay", "rejected"},
  }));
  CAPTURE(c.fixture);
  const Json json = json_of(reply_text(c.fixture));
  const std::string named = said(parse_reply(c.api, json));
  CHECK(named.substr(0, std::string_view(c.begins).size()) == c.begins);
  CHECK(said(parse_reply("", json)) == named);
}

TEST_CASE("an unclear answer leaves open what happened only where something could", "[marketplace]") {
  const Json unclear = json_of(R"({"code":"ServiceTimeout","type":"ISP"})");
  CHECK(said(parse_reply("/purchase/order/create", unclear)) == "outcome_unknown");
  CHECK(said(parse_reply("/product/get", unclear)) == "retry_later");
  CHECK(said(parse_reply("", unclear)) == "retry_later");
}

TEST_CASE("what is not known is not guessed at", "[marketplace]") {
  CHECK(said(parse_reply("/purchase/order/asyn/cancel", json_of(R"({"code":"0","success":true})"))) == "{}");
  CHECK(said(parse_reply("", json_of(R"({"code":"0","success":false,"error_code":"ITEM_NOT_EXIST"})"))) == "not_found");
  CHECK(said(parse_reply("", json_of(R"({"some":"thing"})"))) == "bad_reply");
  CHECK(said(parse_reply("/no/such/api", json_of("{}"))) == "bad_input");
  CHECK(said(parse_reply("", json_of(reply_text("push_trade")))).find("\"message_type\":0") != std::string::npos);
}

TEST_CASE("every parser of Taobao has a name", "[marketplace]") {
  for (const ParserRow& row : parsers()) {
    CHECK_FALSE(row.api.empty());
    CHECK(row.parse != nullptr);
  }
}

}  // namespace sampan::taobao
