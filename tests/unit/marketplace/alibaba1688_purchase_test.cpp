#include "shared/marketplace/alibaba1688/purchase.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/unit/marketplace/alibaba1688_replies.hpp"

namespace sampan::alibaba1688 {
namespace {

PurchaseRequest two_lines() {
  return {{"pur_example"},
          {"tea"},
          {{{"676651652931"}, {"4878065068300"}, "b222c2964434b1ab3e92753338fa6af2", 3},
           {{"600000000003"}, {"600000000003"}, "", 12}}};
}

ShipTo warehouse() {
  return {"集运仓 A01", "13800000000", "", "330000", "浙江省", "杭州市", "滨江区", "", "示例路1号", "330108"};
}

std::string sent(const Call& call, std::string_view key) {
  for (const Parameter& parameter : call.parameters)
    if (parameter.key == key) return parameter.value;
  return "(not sent)";
}

std::vector<std::string> ids_of(const std::string& text) {
  const auto created = parse_created(json_of(text));
  if (!created) FAIL(created.error().context);
  std::vector<std::string> ids;
  for (const UpstreamOrderId& id : *created) ids.push_back(id.value);
  return ids;
}

}  // namespace

TEST_CASE("an order names offers by number and variants by specId, and a product without variants by no spec",
          "[marketplace]") {
  const Call call = create_call(two_lines(), warehouse(), "nzassure");
  CHECK(call.api == "alibaba.trade.createCrossOrder");
  CHECK(sent(call, "cargoParamList") ==
        R"([{"offerId":676651652931,"specId":"b222c2964434b1ab3e92753338fa6af2","quantity":3},)"
        R"({"offerId":600000000003,"quantity":12}])");
  CHECK(sent(call, "outOrderId") == "pur_example");
  CHECK(sent(call, "flow") == "general");
  CHECK(sent(call, "isvBizType") == "cross");
  CHECK(sent(call, "tradeType") == "nzassure");
}

TEST_CASE("nothing empty is sent", "[marketplace]") {
  const Call call = create_call(two_lines(), warehouse(), "");
  CHECK(sent(call, "tradeType") == "(not sent)");
  CHECK(sent(call, "addressParam") ==
        R"({"fullName":"集运仓 A01","mobile":"13800000000","postCode":"330000","provinceText":"浙江省",)"
        R"("cityText":"杭州市","areaText":"滨江区","address":"示例路1号","districtCode":"330108"})");
}

TEST_CASE("a preview asks for the same basket at the same address", "[marketplace]") {
  const Call asked = preview_call(two_lines(), warehouse());
  const Call bought = create_call(two_lines(), warehouse(), "");
  for (const std::string_view key : {"cargoParamList", "addressParam", "flow"})
    CHECK(sent(asked, key) == sent(bought, key));
  CHECK(sent(asked, "outOrderId") == "(not sent)");
}

TEST_CASE("a request that no order can be made of is refused before it is sent", "[marketplace]") {
  PurchaseRequest request = two_lines();
  CHECK(check_lines(request));
  request.items[1].quantity = 0;
  check_error(check_lines(request), ErrorCode::bad_request);
  request.items.clear();
  check_error(check_lines(request), ErrorCode::bad_request);
  request.items.assign(50, two_lines().items[0]);
  CHECK(check_lines(request));
  request.items.push_back(two_lines().items[0]);
  check_error(check_lines(request), ErrorCode::bad_request);
}

TEST_CASE("a preview's sums are fen, though its cargo is in yuan", "[marketplace]") {
  const auto preview = parse_preview(json_of(reply_text("preview")));
  REQUIRE(preview);
  CHECK(preview->sums.goods == Money{3600, cny()});
  CHECK(preview->sums.freight == Money{800, cny()});
  CHECK(preview->trade_type == "nzassure");
}

TEST_CASE("a preview that splits the basket is summed", "[marketplace]") {
  const auto preview = parse_preview(json_of(
      R"({"orderPreviewResuslt":[{"status":true,"sumPayment":"4400","sumCarriage":800},{"status":true,"sumPayment":100}]})"));
  REQUIRE(preview);
  CHECK(preview->sums.goods.minor == 3700);
  CHECK(preview->sums.freight.minor == 800);
  CHECK(preview->trade_type.empty());
}

TEST_CASE("a preview says why the seller would refuse", "[marketplace]") {
  check_error(parse_preview(json_of(reply_text("preview_below_moq"))), ErrorCode::below_moq, "500_005");
  check_error(parse_preview(json_of(R"({"orderPreviewResuslt":[],"success":false,"errorCode":"500_004"})")),
              ErrorCode::sold_out);
  check_error(parse_preview(json_of(R"({"orderPreviewResuslt":[{"status":false,"errorCode":"500_004"}]})")),
              ErrorCode::sold_out);
  check_error(parse_preview(json_of(reply_with("preview", "4400", "null"))), ErrorCode::bad_reply,
              "/orderPreviewResuslt/0/sumPayment");
  check_error(parse_preview(json_of(reply_with("preview", "4400", "44.5"))), ErrorCode::bad_reply, "/sumPayment");
  check_error(parse_preview(json_of(reply_with("preview", "4400", "700"))), ErrorCode::bad_reply, "/sumPayment");
}

TEST_CASE("an order id means that an order was made, wrapped or flat, whatever `success` says", "[marketplace]") {
  CHECK(ids_of(reply_text("created")) == std::vector<std::string>{"87407346014789305"});
  CHECK(ids_of(reply_text("created_flat")) == std::vector<std::string>{"87407346014789305"});
  CHECK(ids_of(R"({"result":{"orderId":2237938826932135493}})") == std::vector<std::string>{"2237938826932135493"});
}

TEST_CASE("one request may make several orders, and each is told once", "[marketplace]") {
  const std::vector<std::string> both = {"105581756010628640", "105637283010628641"};
  CHECK(ids_of(reply_text("created_several")) == both);
  CHECK(ids_of(reply_with("created_several", R"("orderList")", R"("orderId": "105581756010628640", "orderList")")) ==
        both);
}

TEST_CASE("an order that was not made says why, by the line that failed", "[marketplace]") {
  check_error(parse_created(json_of(reply_text("created_none"))), ErrorCode::sold_out, "500_004 商品[554456348334]");
  check_error(parse_created(json_of(R"({"result":{"success":false,"code":"500_005","failedOfferList":[]}})")),
              ErrorCode::below_moq);
  check_error(parse_created(json_of(R"({"result":{"success":false,"orderId":"","orderList":[]}})")),
              ErrorCode::rejected);
}

TEST_CASE("a reply that names an order unreadably is no refusal", "[marketplace]") {
  check_error(parse_created(json_of(R"({"result":{"orderId":8.74E16}})")), ErrorCode::bad_reply, "/result/orderId");
  check_error(parse_created(json_of(R"({"result":{"orderList":[{"postFee":1}]}})")), ErrorCode::bad_reply,
              "/result/orderList/0/orderId");
  check_error(parse_created(json_of(R"({"result":{"success":true}})")), ErrorCode::bad_reply, "/result");
}

}  // namespace sampan::alibaba1688
