#include "shared/marketplace/alibaba1688/order.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/alibaba1688/errors.hpp"
#include "shared/marketplace/alibaba1688/logistics.hpp"
#include "shared/marketplace/alibaba1688/refund.hpp"
#include "tests/unit/marketplace/alibaba1688_replies.hpp"

namespace sampan::alibaba1688 {
namespace {

BuyerOrder read_order(const std::string& text) {
  const auto order = parse_order(json_of(text));
  if (!order) FAIL(order.error().context);
  return *order;
}

BuyerOrder order_in(UpstreamState state, const std::string& status) {
  BuyerOrder order = read_order(reply_text("order"));
  order.order.state = state;
  order.status = status;
  return order;
}

std::string sent(const Call& call, std::string_view key) {
  for (const Parameter& parameter : call.parameters)
    if (parameter.key == key) return parameter.value;
  return "(not sent)";
}

}  // namespace

TEST_CASE("an order's money is yuan, exact to the fen, and its goods are all but the freight", "[marketplace]") {
  const UpstreamOrder order = read_order(reply_text("order")).order;
  CHECK(order.goods == Money{4015, cny()});
  CHECK(order.freight == Money{600, cny()});
  CHECK(order.state == UpstreamState::shipped);
}

TEST_CASE("an id that a double has damaged is read from its string twin", "[marketplace]") {
  const BuyerOrder order = read_order(reply_text("order"));
  CHECK(order.order.upstream_order_id.value == "58218860983545941");
  REQUIRE(order.sub_orders.size() == 2);
  CHECK(order.sub_orders[0].id == "128403042259997715");
  CHECK(order.sub_orders[1].id == "58218860985545941");  // it has no twin
  CHECK(order.sub_orders[1].quantity == 3);
  CHECK(order.purchase_id.value == "pur_example");
  const BuyerOrder no_twin = read_order(reply_with("order", "\"idOfStr\"", "\"ignored\""));
  CHECK(no_twin.order.upstream_order_id.value == "58218860983545944");
}

TEST_CASE("an order's lines are what was ordered, without variants by the product's own id", "[marketplace]") {
  const std::vector<PurchaseItem> items = read_order(reply_text("order")).order.items;
  REQUIRE(items.size() == 2);
  CHECK(items[0].product_id.value == "547486647009");
  CHECK(items[0].sku_id.value == "3315536521048");
  CHECK(items[0].order_key == "28b952ec96c8b5c3ab0affc1b74923f0");
  CHECK(items[0].quantity == 2);
  CHECK(items[1].sku_id.value == "558700975520");
  CHECK(items[1].order_key.empty());
  CHECK(items[1].quantity == 3);
}

TEST_CASE("a shipment without a waybill is a shipment all the same", "[marketplace]") {
  const std::vector<UpstreamShipment> shipments = read_order(reply_text("order")).order.shipments;
  REQUIRE(shipments.size() == 2);
  CHECK(shipments[0].carrier == "中通快递");
  CHECK(shipments[0].tracking_number.value == "78912345678901");
  CHECK(shipments[1].tracking_number.is_empty());  // "不需要物流"
}

TEST_CASE("the logistics of an order are its waybills, each once and none that was cancelled", "[marketplace]") {
  const auto shipments = parse_logistics(json_of(reply_text("logistics")));
  REQUIRE(shipments);
  REQUIRE(shipments->size() == 2);
  CHECK((*shipments)[0].carrier == "圆通速递");
  CHECK((*shipments)[0].tracking_number.value == "YT8800112233445");
  CHECK((*shipments)[1].carrier == "8");
  CHECK((*shipments)[1].tracking_number.is_empty());
  check_error(parse_logistics(json_of(reply_text("logistics_not_shipped"))), ErrorCode::not_found, "500_2");
}

TEST_CASE("1688's status and refunds are one state of ours", "[marketplace]") {
  struct Case {
    StatusWords words;
    UpstreamState state;
  };
  using S = UpstreamState;
  const Case c = GENERATE(values<Case>({
      {{"waitbuyerpay", "", "", {}, false}, S::awaiting_payment},
      {{"waitsellersend", "", "", {}, false}, S::paid},
      {{"waitlogisticstakein", "", "", {}, false}, S::paid},
      {{"waitbuyerreceive", "", "", {}, false}, S::shipped},
      {{"waitbuyersign", "", "", {}, false}, S::shipped},
      {{"signinsuccess", "", "", {}, false}, S::received},
      {{"confirm_goods", "", "", {}, false}, S::received},
      {{"success", "", "", {}, false}, S::received},
      {{"cancel", "", "", {}, false}, S::closed},
      {{"terminated", "", "", {}, false}, S::closed},
      {{"waitsellersend", "waitselleragree", "", {}, false}, S::refunding},
      {{"waitsellersend", "waitbuyermodify", "", {}, false}, S::refunding},
      {{"waitbuyerreceive", "waitbuyersend", "", {}, false}, S::refunding},
      {{"waitbuyerreceive", "waitsellerreceive", "", {}, false}, S::refunding},
      {{"success", "", "waitselleragree", {}, false}, S::refunding},
      {{"waitbuyerreceive", "", "", {"", "WAIT_SELLER_AGREE"}, false}, S::refunding},
      {{"waitsellersend", "refundclose", "", {"REFUND_CLOSED"}, false}, S::paid},
      {{"cancel", "refundsuccess", "", {}, false}, S::refunded},
      {{"terminated", "", "refundsuccess", {}, false}, S::refunded},
      {{"success", "refundsuccess", "", {"REFUND_SUCCESS", "REFUND_SUCCESS"}, false}, S::refunded},
      {{"success", "refundsuccess", "", {}, true}, S::refunded},
      // The money of one line of two came back: the other is still on its way.
      {{"waitbuyerreceive", "refundsuccess", "", {"REFUND_SUCCESS", ""}, false}, S::shipped},
      {{"waitbuyerreceive", "refundsuccess", "", {}, false}, S::shipped},
  }));
  CAPTURE(c.words.status, c.words.refund_status, c.words.refund_status_after_sale);
  const auto state = upstream_state(c.words);
  REQUIRE(state);
  CHECK(word(*state) == word(c.state));
}

TEST_CASE("a status that nobody knows holds the order, with its text", "[marketplace]") {
  check_error(upstream_state({"waitformoon", "", "", {}, false}), ErrorCode::bad_reply,
              "/result/baseInfo/status: waitformoon");
  check_error(upstream_state({"", "", "", {}, false}), ErrorCode::bad_reply, "/result/baseInfo/status");
  check_error(upstream_state({"success", "refundmaybe", "", {}, false}), ErrorCode::bad_reply, "refundmaybe");
  check_error(upstream_state({"success", "", "refundmaybe", {}, false}), ErrorCode::bad_reply, "refundStatusForAs");
}

TEST_CASE("what an order must tell and does not is named by its place", "[marketplace]") {
  struct Case {
    const char* from;
    const char* to;
    const char* pointer;
  };
  const Case c = GENERATE(values<Case>({
      {"\"idOfStr\": \"58218860983545941\"", "\"idOfStr\": \"\", \"id\": null", "/result/baseInfo/id"},
      {"46.15", "null", "/result/baseInfo/totalAmount"},
      {"46.15", "\"46,15\"", "/result/baseInfo/totalAmount"},
      {"46.15", "5.99", "/result/baseInfo/totalAmount"},
      {"46.15", "4.615e1", "/result/baseInfo/totalAmount"},
      {"\"productItems\"", "\"goods\"", "/result/productItems"},
      {"547486647009", "null", "/result/productItems/0/productID"},
      {"\"3.0\"", "\"2.5\"", "/result/productItems/1/quantity"},
  }));
  CAPTURE(c.from, c.to);
  std::string text = reply_with("order", c.from, c.to);
  if (std::string(c.pointer) == "/result/baseInfo/id") {
    const std::string damaged = "\"id\": 58218860983545944, ";
    text.erase(text.find(damaged), damaged.size());
  }
  check_error(parse_order(json_of(text)), ErrorCode::bad_reply, c.pointer);
}

TEST_CASE("money given back in full means refunded, though the order's own words do not say so", "[marketplace]") {
  std::string text = reply_with("order", "\"refund\": 0", "\"refundStatus\": \"refundsuccess\", \"refund\": \"46.15\"");
  CHECK(read_order(text).order.state == UpstreamState::refunded);
  text = reply_with("order", "\"refund\": 0", "\"refundStatus\": \"refundsuccess\", \"refund\": 46.14");
  CHECK(read_order(text).order.state == UpstreamState::shipped);
  CHECK(read_order(text).refunded == Money{4614, cny()});
}

TEST_CASE("the list tells whose key an order carries, where it tells", "[marketplace]") {
  const auto list = parse_order_list(json_of(reply_text("order_list")));
  REQUIRE(list);
  CHECK(list->total == 3);
  REQUIRE(list->orders.size() == 3);
  CHECK(list->orders[0].upstream_order_id.value == "58218860983545941");
  CHECK(list->orders[0].purchase_id.value == "pur_example");
  CHECK(list->orders[2].purchase_id.is_empty());
  CHECK(parse_order_list(json_of(R"({"result":[]})"))->total == -1);
  check_error(parse_order_list(json_of(R"({"result":[{"baseInfo":{}}]})")), ErrorCode::bad_reply,
              "/result/0/baseInfo/id");
  check_error(parse_order_list(json_of(R"({"errorCode":"401","errorMessage":"no"})")), ErrorCode::auth);
}

TEST_CASE("the list is asked by our key since a time in China", "[marketplace]") {
  const Call call = order_list_call({"pur_example"}, *parse_instant("2026-11-24T08:05:09.007Z"), 2);
  CHECK(sent(call, "outOrderId") == "pur_example");
  CHECK(sent(call, "createStartTime") == "20261124160509007+0800");
  CHECK(sent(call, "page") == "2");
  CHECK(sent(call, "pageSize") == "50");
}

TEST_CASE("a payment is done only when 1688 says that it is", "[marketplace]") {
  CHECK(parse_payment(json_of(reply_text("payment"))).value());
  CHECK_FALSE(parse_payment(json_of(reply_with("payment", "\"paySuccess\": true", "\"paySuccess\": false"))).value());
  check_error(parse_payment(json_of(R"({"result":{"success":false,"code":"balance","message":"余额不足"}})")),
              ErrorCode::rejected, "余额不足");
  check_error(parse_payment(json_of(R"({"result":{"success":true}})")), ErrorCode::bad_reply, "/result");
  CHECK(sent(pay_call({"2237938826932135493"}), "tradeWithholdPreparePayParam") ==
        R"({"orderId":2237938826932135493})");
}

TEST_CASE("a cancellation is asked for as the buyer's, and success alone is an answer", "[marketplace]") {
  const Call call = cancel_call({"2237938826932135493"});
  CHECK(sent(call, "tradeID") == "2237938826932135493");
  CHECK(sent(call, "cancelReason") == "buyerCancel");
  CHECK(sent(call, "webSite") == "1688");
  const Json yes = json_of(R"({"success":true})");
  const Json no = json_of(R"({"success":false,"errorCode":"CLOSE_ORDER_TOO_FAST"})");
  const Json neither = json_of("{}");
  CHECK(accepted(Reply(yes)));
  check_error(accepted(Reply(no)), ErrorCode::retry_later, "CLOSE_ORDER_TOO_FAST");
  check_error(accepted(Reply(neither)), ErrorCode::bad_reply);
}

TEST_CASE("where the goods are decides how their money is asked for", "[marketplace]") {
  struct Case {
    UpstreamState state;
    const char* status;
    const char* goods_status;
    const char* request;
  };
  const Case c = GENERATE(values<Case>({
      {UpstreamState::paid, "waitsellersend", "refundWaitSellerSend", "refund"},
      {UpstreamState::shipped, "waitbuyerreceive", "refundWaitBuyerReceive", "refund"},
      {UpstreamState::received, "confirm_goods", "refundBuyerReceived", "returnRefund"},
      {UpstreamState::received, "success", "aftersaleBuyerReceived", "returnRefund"},
  }));
  const BuyerOrder order = order_in(c.state, c.status);
  const auto goods = goods_status(order);
  REQUIRE(goods);
  CHECK(*goods == c.goods_status);
  const Call call = refund_call(order, *goods, {"20007", true});
  CHECK(sent(call, "disputeRequest") == c.request);
  CHECK(sent(call, "applyPayment") == "4015");
  CHECK(sent(call, "applyCarriage") == "600");
  CHECK(sent(call, "applyReasonId") == "20007");
  CHECK(sent(call, "orderEntryIds") == "[128403042259997715,58218860985545941]");
}

TEST_CASE("before payment and after closing there is nothing to ask back", "[marketplace]") {
  check_error(goods_status(order_in(UpstreamState::awaiting_payment, "waitbuyerpay")), ErrorCode::rejected);
  check_error(goods_status(order_in(UpstreamState::closed, "cancel")), ErrorCode::rejected);
}

TEST_CASE("a refund's reason is one that needs no photograph, and gives the freight back where one does",
          "[marketplace]") {
  const auto reason = parse_refund_reason(json_of(reply_text("refund_reasons")));
  REQUIRE(reason);
  CHECK(reason->id == "20007");
  CHECK(reason->gives_freight_back);
  const auto goods_only = parse_refund_reason(json_of(reply_with(
      "refund_reasons", "\"id\": 20007, \"name\": \"协商一致退款\", \"needVoucher\": false", "\"needVoucher\": true")));
  REQUIRE(goods_only);
  CHECK(goods_only->id == "20006");
  CHECK(sent(refund_call(order_in(UpstreamState::paid, "waitsellersend"), "x", *goods_only), "applyCarriage") == "0");
  check_error(parse_refund_reason(json_of(R"({"result":{"result":{"reasons":[{"id":1,"needVoucher":"true"}]}}})")),
              ErrorCode::rejected);
  CHECK(parse_refund(json_of(R"({"result":{"success":true,"result":{"refundId":"TQ1"}}})")));
  CHECK(parse_refund(json_of(R"({"result":{"success":true}})")));
  check_error(parse_refund(json_of(R"({"result":{"success":false,"code":"5001","message":"不能退"}})")),
              ErrorCode::rejected);
}

}  // namespace sampan::alibaba1688
