#include "shared/marketplace/taobao/order.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/taobao/logistics.hpp"
#include "tests/unit/marketplace/taobao_replies.hpp"

namespace sampan::taobao {
namespace {

BuyerOrder order_in(const std::string& text) {
  const auto page = parse_orders(json_of(text));
  if (!page) FAIL(page.error().context);
  REQUIRE(page->orders.size() == 1);
  return page->orders[0];
}

std::string sent(const IopCall& call, std::string_view name) {
  for (const Parameter& parameter : call.parameters)
    if (parameter.key == name) return parameter.value;
  return {};
}

}  // namespace

TEST_CASE("an order is read with its sums, lines and waybills", "[marketplace]") {
  const BuyerOrder read = order_in(reply_text("orders"));
  CHECK(read.order.upstream_order_id.value == "1000000000000001");
  CHECK(read.purchase_id.value == "pur_example");
  CHECK(read.order.state == UpstreamState::shipped);
  CHECK(read.order.goods == Money{19800, cny()});
  CHECK(read.order.freight == Money{600, cny()});
  REQUIRE(read.order.items.size() == 1);
  CHECK(read.order.items[0].order_key == "2048000000000001:3357000000001");
  CHECK(read.order.items[0].quantity == 2);
  CHECK(read.line_ids == std::vector<std::string>{"1000000000000002"});
  REQUIRE(read.order.shipments.size() == 1);
  CHECK(read.order.shipments[0].carrier == "圆通速递");
  CHECK(read.order.shipments[0].tracking_number.value == "YT8800112233445");
}

TEST_CASE("a line without a variant is named by mp_id alone", "[marketplace]") {
  const BuyerOrder read = order_in(reply_with("orders", "\"sku_id\": 3357000000001", "\"sku_id\": 0"));
  CHECK(read.order.items[0].order_key == "2048000000000001");
  CHECK(read.order.items[0].sku_id.value == "2048000000000001");
}

TEST_CASE("a line's outdated fields tell its parcel where there is nothing else", "[marketplace]") {
  std::string text = reply_with("orders", "\"logistic_orders\": [", "\"formerly\": [");
  const std::string empty = "\"logistic_number\": null";
  text.replace(text.find(empty), empty.size(), "\"logistic_number\": \"SF100\"");
  CHECK(order_in(text).order.shipments[0].tracking_number.value == "SF100");
}

TEST_CASE("each status of theirs has one state of ours", "[marketplace]") {
  struct Case {
    const char* status;
    UpstreamState state;
  };
  const Case c = GENERATE(values<Case>({
      {"WAIT_BUYER_PAY", UpstreamState::awaiting_payment},
      {"WAITING_FOR_PAYMENT", UpstreamState::awaiting_payment},
      {"unpaid", UpstreamState::awaiting_payment},
      {"TRADE_NO_CREATE_PAY", UpstreamState::awaiting_payment},
      {"WAIT_SELLER_SEND_GOODS", UpstreamState::paid},
      {"WAITING_FOR_SENT", UpstreamState::paid},
      {"pending", UpstreamState::paid},
      {"SELLER_CONSIGNED_PART", UpstreamState::paid},
      {"WAIT_BUYER_CONFIRM_GOODS", UpstreamState::shipped},
      {"shipped", UpstreamState::shipped},
      {"TRADE_FINISHED", UpstreamState::received},
      {"delivered", UpstreamState::received},
      {"TRADE_CLOSED_BY_TAOBAO", UpstreamState::closed},
      {"CANCEL", UpstreamState::closed},
      {"canceled", UpstreamState::closed},
      {"TRADE_CLOSED", UpstreamState::refunded},
      {"refunded", UpstreamState::refunded},
  }));
  CAPTURE(c.status);
  const auto state = upstream_state({c.status, {"", "NO_REFUND"}, false});
  REQUIRE(state);
  CHECK(word(*state) == word(c.state));
}

TEST_CASE("refunds of the lines make the order's state", "[marketplace]") {
  struct Case {
    const char* why;
    std::vector<std::string> refunds;
    UpstreamState state;
  };
  const Case c = GENERATE(values<Case>({
      {"asked", {"WAIT_SELLER_AGREE"}, UpstreamState::refunding},
      {"asked, as a number", {"1"}, UpstreamState::refunding},
      {"asked for one of two", {"", "WAIT_BUYER_RETURN_GOODS"}, UpstreamState::refunding},
      {"refused, still open", {"SELLER_REFUSE_BUYER"}, UpstreamState::refunding},
      {"one granted, one asked", {"SUCCESS", "3"}, UpstreamState::refunding},
      {"all granted", {"SUCCESS", "5"}, UpstreamState::refunded},
      {"granted for a part: the rest goes on", {"SUCCESS", ""}, UpstreamState::shipped},
      {"given up: back to where it was", {"CLOSED", "4"}, UpstreamState::shipped},
  }));
  CAPTURE(c.why);
  const auto state = upstream_state({"WAIT_BUYER_CONFIRM_GOODS", c.refunds, true});
  REQUIRE(state);
  CHECK(word(*state) == word(c.state));
}

TEST_CASE("a closed order that was paid is a refunded one", "[marketplace]") {
  CHECK(upstream_state({"CANCEL", {""}, false}) == UpstreamState::closed);
  CHECK(upstream_state({"CANCEL", {""}, true}) == UpstreamState::refunded);
  std::string text = reply_with("orders", "\"WAIT_BUYER_CONFIRM_GOODS\"", "\"CANCEL\"");
  CHECK(order_in(text).order.state == UpstreamState::closed);
  text.replace(text.find("\"pay_time\": \"\""), 14, "\"pay_time\": 1795507200000");
  CHECK(order_in(text).order.state == UpstreamState::refunded);
}

TEST_CASE("an order that cannot be read is held", "[marketplace]") {
  struct Case {
    std::string text;
    const char* context;
  };
  const Case c = GENERATE(values<Case>({
      {reply_with("orders", "\"WAIT_BUYER_CONFIRM_GOODS\"", "\"ON_THE_MOON\""), "status: ON_THE_MOON"},
      {reply_with("orders", "\"refund_status\": null", "\"refund_status\": 77"), "refund_status: 77"},
      {reply_with("orders", "\"purchase_amount\": 20400", "\"purchase_amount\": \"204.05\""), "/purchase_amount"},
      {reply_with("orders", "\"purchase_amount\": 20400", "\"purchase_amount\": 500"), "/purchase_amount"},
      {reply_with("orders", "\"purchase_id\": 1000000000000001", "\"purchase_id\": 1.0"), "/purchase_id"},
      {reply_with("orders", "\"sub_purchase_orders\"", "\"lines\""), "/sub_purchase_orders"},
      {reply_with("orders", "\"quantity\": 2", "\"quantity\": null"), "/sub_purchase_orders/0/quantity"},
  }));
  CAPTURE(c.context);
  check_error(parse_orders(json_of(c.text)), ErrorCode::bad_reply, c.context);
}

TEST_CASE("orders are asked for by their numbers, or by our key in a window of time", "[marketplace]") {
  const IopCall by_id = orders_call({{"1000000000000001"}, {"1000000000000011"}});
  CHECK(by_id.path == "/purchase/orders/query");
  CHECK(sent(by_id, "purchase_ids") == "[1000000000000001,1000000000000011]");
  const IopCall by_key = find_call({{"pur_example"}, {1000}, {2000}, 3});
  CHECK(sent(by_key, "outer_purchase_id") == "pur_example");
  CHECK(sent(by_key, "modify_time_start") == "1000");
  CHECK(sent(by_key, "modify_time_end") == "2000");
  CHECK(sent(by_key, "page_no") == "3");
}

TEST_CASE("a list of none is none", "[marketplace]") {
  const auto page = parse_orders(json_of(R"({"code":"0","success":true,"data":{"results_total":0}})"));
  REQUIRE(page);
  CHECK(page->orders.empty());
  CHECK(page->total == 0);
  check_error(parse_orders(json_of(R"({"code":"0","success":true})")), ErrorCode::bad_reply);
}

TEST_CASE("a payment is accepted, or the order says why not", "[marketplace]") {
  CHECK(sent(pay_call({"1000000000000001"}), "purchaseOrderIdList") == "[1000000000000001]");
  CHECK(parse_payment(json_of(reply_text("payment"))));
  check_error(parse_payment(json_of(reply_text("payment_refused"))), ErrorCode::rejected,
              "BALANCE_NOT_ENOUGH 余额不足");
  const char* const bare = R"({"code":"0","data":{"pay_failure_purchase_order_ids":[1]}})";
  check_error(parse_payment(json_of(bare)), ErrorCode::rejected);
  check_error(parse_payment(json_of(R"({"code":"0","success":false,"error_code":"ORDER_NOT_EXIST"})")),
              ErrorCode::not_found);
  check_error(parse_payment(json_of(R"({"code":"0","data":{"will_pay_purchase_order_ids":[]}})")),
              ErrorCode::bad_reply);
}

TEST_CASE("waybills are told once each, a sentence is none", "[marketplace]") {
  const auto shipments = parse_logistics(json_of(reply_text("logistics")));
  REQUIRE(shipments);
  REQUIRE(shipments->size() == 2);
  CHECK((*shipments)[0].carrier == "圆通速递");
  CHECK((*shipments)[0].tracking_number.value == "YT8800112233445");
  CHECK((*shipments)[1].carrier == "卖家自送");
  CHECK((*shipments)[1].tracking_number.is_empty());
  check_error(parse_logistics(json_of(R"({"result":{"success":false,"error_code":"LOGISTICS_NOT_EXIST"}})")),
              ErrorCode::not_found);
}

}  // namespace sampan::taobao
