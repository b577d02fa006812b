// Every answer of the simulated 1688 has the shape that the real one was recorded with, or that its documents give.
#include "proxy/sandbox/wire_json.hpp"
#include "tests/unit/sandbox/aop_desk.hpp"
#include "tests/unit/sandbox/shape_desk.hpp"

namespace sampan {
namespace {

using namespace aop_desk;
using shape_desk::check_shape;
namespace goods_of = small_market;

const std::string search_words = R"({"keyword":"wholesale","beginPage":1,"pageSize":20,"country":"en"})";

std::string detail_of(const PurchaseItem& item, std::string_view country = "en") {
  return R"({"offerId":)" + item.product_id.value + R"(,"country":")" + std::string(country) + R"("})";
}

// Two lines, paid, sent and arrived.
std::string arrived_order(Desk& desk) {
  const std::string order = order_of(desk.create({goods_of::white_cup, goods_of::blue_cup}, "pur_shape"));
  desk.pay(order);
  desk.wait(days(12));
  return order;
}

}  // namespace

TEST_CASE("what is sold is told in 1688's shape", "[sandbox]") {
  Desk desk;
  check_shape("product.search.keywordQuery",
              desk.call(goods, "product.search.keywordQuery", {{"offerQueryParam", search_words}}));
  for (const PurchaseItem& item : {goods_of::white_cup, goods_of::tee_m, goods_of::hourglass, goods_of::socks})
    for (const std::string_view country : {"en", "ja"})
      check_shape("product.search.queryProductDetail", desk.call(goods, "product.search.queryProductDetail",
                                                                 {{"offerDetailParam", detail_of(item, country)}}));
  check_shape(
      "product.freight.estimate",
      desk.call(goods, "product.freight.estimate",
                {{"productFreightQueryParamsNew",
                  R"({"offerId":600000000001,"toProvinceCode":"440000","toCityCode":"440100",)"
                  R"("toCountryCode":"440111","totalNum":5,"logisticsSkuNumModels":[{"skuId":"71","number":5}]})"}}));
}

TEST_CASE("every product of the demo is told in 1688's shape, and can be previewed", "[sandbox]") {
  Desk desk;
  desk.sell(SAMPAN_SOURCE_ROOT "/assets/demo");
  std::vector<std::string> ids;
  for (int page = 1; page <= 3; ++page) {
    const Json found = desk.call(goods, "product.search.keywordQuery",
                                 {{"offerQueryParam", R"({"keyword":"","beginPage":)" + std::to_string(page) +
                                                          R"(,"pageSize":50,"country":"en"})"}});
    for (const Json& row : at(found, "/result/result/data").items) ids.push_back(said(row, "/offerId"));
  }
  CHECK(ids.size() == 142);
  for (const std::string& id : ids) {
    const Json detail = desk.call(goods, "product.search.queryProductDetail",
                                  {{"offerDetailParam", R"({"offerId":)" + id + R"(,"country":"en"})"}});
    check_shape("product.search.queryProductDetail", detail);
    const Json product = at(detail, "/result/result");
    const PurchaseItem item{
        {id}, {}, said(product, "/productSkuInfos/0/specId"), std::stoll(said(product, "/minOrderQuantity"))};
    const Json preview = desk.preview({item});
    INFO(json_text(preview));
    CHECK((said(preview, "/success") == "true" || said(preview, "/errorCode") == "500_004"));
  }
}

TEST_CASE("buying is answered in 1688's shape", "[sandbox]") {
  Desk desk;
  check_shape("alibaba.createOrder.preview", desk.preview({goods_of::white_cup, goods_of::blue_cup}));
  check_shape("alibaba.createOrder.preview", desk.preview({goods_of::hourglass}));
  check_shape("alibaba.trade.createCrossOrder", desk.create({goods_of::white_cup}, "pur_1"));
  const std::string order = order_of(desk.create({goods_of::hourglass}, "pur_2"));
  check_shape("alibaba.trade.get.buyerView", desk.view(order));
  check_shape("alibaba.trade.pay.protocolPay.preparePay", desk.pay(order));
  desk.wait(seconds(11));
  check_shape("alibaba.trade.getBuyerOrderList", desk.call(trade, "alibaba.trade.getBuyerOrderList", {{"page", "1"}}));
  const std::string unpaid = order_of(desk.create({goods_of::white_cup}, "pur_3"));
  desk.wait(seconds(11));
  check_shape("alibaba.trade.cancel", desk.cancel(unpaid));
  check_shape("alibaba.trade.get.buyerView", desk.view(unpaid));
}

TEST_CASE("a refused purchase is told in 1688's shape", "[sandbox]") {
  Desk desk;
  const auto too_many = {goods_of::so_many(goods_of::blue_cup, 4)};
  check_shape("alibaba.createOrder.preview.refused", desk.preview(too_many));
  check_shape("alibaba.createOrder.preview.refused", desk.preview({goods_of::so_many(goods_of::white_cup, 1)}));
  check_shape("alibaba.trade.createCrossOrder.refused", desk.create(too_many, "pur_1"));
  check_shape("refused.errorMessage", desk.view("1234567890123456789"));
  check_shape("refused.errorMessage", desk.cancel("1234567890123456789"));
}

TEST_CASE("a parcel's way is told in 1688's shape", "[sandbox]") {
  Desk desk;
  const Fields of_order = {{"webSite", "1688"}, {"orderId", arrived_order(desk)}};
  check_shape("alibaba.trade.getLogisticsInfos.buyerView",
              desk.call(logistics, "alibaba.trade.getLogisticsInfos.buyerView", of_order));
  check_shape("alibaba.trade.getLogisticsTraceInfo.buyerView",
              desk.call(logistics, "alibaba.trade.getLogisticsTraceInfo.buyerView", of_order));
  check_shape("alibaba.trade.get.buyerView", desk.view(of_order[1].value));
  const std::string unsent = order_of(desk.create({goods_of::white_cup}, "pur_unsent"));
  for (const char* api : {"alibaba.trade.getLogisticsInfos.buyerView", "alibaba.trade.getLogisticsTraceInfo.buyerView"})
    check_shape("refused.errorMessage", desk.call(logistics, api, {{"webSite", "1688"}, {"orderId", unsent}}));
}

TEST_CASE("a refund is answered in 1688's shape", "[sandbox]") {
  Desk desk;
  const std::string order = order_of(desk.create({goods_of::white_cup}, "pur_1"));
  desk.pay(order);
  const HttpField status{"goodsStatus", "refundWaitSellerSend"};
  const HttpField entries{"orderEntryIds", "[" + order + "]"};
  check_shape("alibaba.trade.getRefundReasonList",
              desk.call(trade, "alibaba.trade.getRefundReasonList", {{"orderId", order}, entries, status}));
  check_shape("alibaba.trade.getMaxRefundFee",
              desk.call(trade, "alibaba.trade.getMaxRefundFee",
                        {{"input", R"({"orderId":)" + order + R"(,"goodsStatus":"refundWaitSellerSend"})"}}));
  check_shape("alibaba.trade.createRefund", desk.call(trade, "alibaba.trade.createRefund",
                                                      {{"orderId", order},
                                                       entries,
                                                       status,
                                                       {"disputeRequest", "refund"},
                                                       {"applyPayment", "1980"},
                                                       {"applyCarriage", "400"},
                                                       {"applyReasonId", "20006"},
                                                       {"description", "不想要了"}}));
  check_shape("alibaba.trade.get.buyerView", desk.view(order));
  desk.wait(days(2));
  check_shape("alibaba.trade.get.buyerView", desk.view(order));
}

TEST_CASE("every push has its topic's shape", "[sandbox]") {
  Desk desk;
  arrived_order(desk);
  const auto move = [&](const std::string& act) {
    REQUIRE(desk.control("POST", "/control/market", act).status == 200);
  };
  move(R"({"act":"set_stock","sku_id":"71","quantity":7})");
  move(R"({"act":"set_price","sku_id":"71","yuan":"10.5"})");
  move(R"({"act":"take_off_sale","product_id":"600000000003"})");
  std::vector<std::string> texts;
  const HttpSend subscriber = [&](const HttpRequest& push) -> Result<HttpReply> {
    texts.emplace_back(field_of(parse_form(push.body), "message"));
    return HttpReply{500, {}, {}};
  };
  AopPush push(*desk.world, desk.account, sign, subscriber, "/push");
  REQUIRE(push.deliver() == 0);
  std::vector<std::string> seen;
  for (const std::string& text : texts) {
    const Json message = *parse_json(text);
    const std::string type = said(message, "/type");
    seen.push_back(type);
    if (type.rfind("ORDER_", 0) == 0) check_shape("push.order", message);
    if (type.rfind("LOGISTICS_", 0) == 0) check_shape("push.logistics", message);
    if (type == "PRODUCT_PRODUCT_INVENTORY_CHANGE") check_shape("push.inventory", message);
    if (type.rfind("PRODUCT_RELATION_VIEW_", 0) == 0) check_shape("push.product", message);
  }
  CHECK(seen == std::vector<std::string>{
                    "ORDER_BUYER_VIEW_BUYER_MAKE", "ORDER_BUYER_VIEW_ORDER_PAY", "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS",
                    "LOGISTICS_BUYER_VIEW_TRACE", "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS",
                    "LOGISTICS_BUYER_VIEW_TRACE", "PRODUCT_PRODUCT_INVENTORY_CHANGE",
                    "PRODUCT_RELATION_VIEW_PRODUCT_NEW_OR_MODIFY", "PRODUCT_RELATION_VIEW_PRODUCT_EXPIRE"});
  const Json listed = desk.call(messages, "push.query.messageList", {{"page", "1"}, {"pageSize", "20"}});
  check_shape("push.query.messageList", listed);
  CHECK(said(listed, "/pushMessagePage/totalCount") == "9");
  check_shape("push.message.confirm", desk.call(messages, "push.message.confirm", {{"msgIdList", "[1]"}}));
}

}  // namespace sampan
