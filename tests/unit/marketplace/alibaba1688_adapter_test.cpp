// The adapter against a gateway that answers by a script: which calls it makes, and what it concludes when they fail.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <deque>
#include <map>

#include "shared/marketplace/alibaba1688/alibaba1688.hpp"
#include "shared/marketplace/alibaba1688/sign_aop.hpp"
#include "tests/unit/marketplace/alibaba1688_replies.hpp"

namespace sampan::alibaba1688 {
namespace {

constexpr Instant now{1'795'507'200'000};
const UpstreamOrderId an_order{"87407346014789305"};
const UpstreamOrderId another_order{"58218860983545941"};

// "alibaba.trade.cancel" of "/openapi/param2/1/com.alibaba.trade/alibaba.trade.cancel/1000000"
std::string api_of(const HttpRequest& request) {
  const size_t end = request.path.rfind('/');
  const size_t begin = request.path.rfind('/', end - 1) + 1;
  return request.path.substr(begin, end - begin);
}

class ScriptedGateway {
 public:
  // The next unanswered call of `api` gets this.
  void answers(const std::string& api, std::string body, int32_t status = 200) {
    replies_[api].push_back(HttpReply{status, {}, std::move(body)});
  }
  void fails(const std::string& api, ErrorCode code) { replies_[api].push_back(fail(code, "It failed.", "test")); }

  Alibaba1688 adapter() {
    Alibaba1688Settings settings;
    settings.app_key = "1000000";
    settings.access_token = [this](const std::string& refused) -> Result<std::string> {
      if (refused.empty()) return std::string("a-token");
      if (no_other_token) return tl::unexpected(*no_other_token);
      return "other than " + refused;
    };
    settings.ship_to.full_name = "集运仓";
    return {settings, [this](const HttpRequest& request) { return answer(request); },
            [](std::string_view path, const std::vector<Parameter>& parameters) {
              return "signed:" + aop_canonical(path, parameters);
            },
            [] { return now; }};
  }

  std::optional<Error> no_other_token;
  std::vector<HttpRequest> seen;
  std::vector<std::string> apis() const {
    std::vector<std::string> all;
    for (const HttpRequest& request : seen) all.push_back(api_of(request));
    return all;
  }
  std::string sent(size_t call, std::string_view name) const {
    return std::string(field_of(parse_form(seen.at(call).body), name));
  }

 private:
  Result<HttpReply> answer(const HttpRequest& request) {
    seen.push_back(request);
    auto& waiting = replies_[api_of(request)];
    if (waiting.empty()) return HttpReply{200, {}, R"({"success":false,"errorCode":"no_script"})"};
    Result<HttpReply> reply = waiting.front();
    waiting.pop_front();
    return reply;
  }
  std::map<std::string, std::deque<Result<HttpReply>>> replies_;
};

using Texts = std::vector<std::string>;

const std::string preview_api = "alibaba.createOrder.preview";
const std::string create_api = "alibaba.trade.createCrossOrder";
const std::string read_api = "alibaba.trade.get.buyerView";
const std::string list_api = "alibaba.trade.getBuyerOrderList";
const std::string pay_api = "alibaba.trade.pay.protocolPay.preparePay";
const std::string cancel_api = "alibaba.trade.cancel";
const std::string logistics_api = "alibaba.trade.getLogisticsInfos.buyerView";
const std::string reasons_api = "alibaba.trade.getRefundReasonList";
const std::string refund_api = "alibaba.trade.createRefund";

const PurchaseRequest request{
    {"pur_example"}, {"tea"}, {{{"547486647009"}, {"3315536521048"}, "28b952ec96c8b5c3ab0affc1b74923f0", 2}}};

std::string order_in(const std::string& status) { return reply_with("order", "waitbuyerreceive", status); }

const std::string refusal = R"({"result":{"success":false,"code":"not_now","message":"不行"}})";
const std::string no_such_order = R"({"success":false,"errorCode":"404","errorMessage":"订单不存在"})";

}  // namespace

TEST_CASE("a call that is refused for its token goes out once more with another, one that buys too", "[marketplace]") {
  const std::string old_token = R"({"error_code":"401","error_message":"invalid access_token"})";
  ScriptedGateway gateway;
  gateway.answers(preview_api, reply_text("preview"));
  gateway.answers(create_api, old_token, 401);
  SECTION("the second is fine: it was bought once") {
    gateway.answers(create_api, reply_text("created"));
    gateway.answers(read_api, reply_text("order"));
    const auto placed = gateway.adapter().place_purchase(request);
    REQUIRE(placed);
    CHECK(placed->size() == 1);
    CHECK(gateway.apis() == Texts{preview_api, create_api, create_api, read_api});
    CHECK(gateway.sent(1, "access_token") == "a-token");
    CHECK(gateway.sent(2, "access_token") == "other than a-token");
    CHECK(gateway.sent(2, "outOrderId") == "pur_example");
    CHECK(gateway.sent(2, "_aop_signature").find("access_tokenother than a-token") != std::string::npos);
  }
  SECTION("the second is refused too: that is the answer, and nothing was bought") {
    gateway.answers(create_api, old_token, 401);
    check_error(gateway.adapter().place_purchase(request), ErrorCode::auth, create_api);
    CHECK(gateway.apis() == Texts{preview_api, create_api, create_api});
  }
  SECTION("the second is lost: it may have been bought") {
    gateway.fails(create_api, ErrorCode::outcome_unknown);
    check_error(gateway.adapter().place_purchase(request), ErrorCode::outcome_unknown);
    CHECK(gateway.apis() == Texts{preview_api, create_api, create_api});
  }
  SECTION("there is no other token: nothing was bought") {
    gateway.no_other_token = Error{ErrorCode::auth, "The operator must act.", "the grant is over"};
    check_error(gateway.adapter().place_purchase(request), ErrorCode::auth, "the grant is over");
    CHECK(gateway.apis() == Texts{preview_api, create_api});
  }
}

TEST_CASE("a call that is refused for the app's permission is not repeated", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(cancel_api, R"({"error_code":"gw.APIACLDecline","error_message":"AppKey is not allowed"})", 400);
  check_error(gateway.adapter().cancel_order(an_order), ErrorCode::auth);
  CHECK(gateway.apis() == Texts{cancel_api});
}

TEST_CASE("what is signed is what is sent, with the token and the time", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers("product.search.keywordQuery", reply_text("search"));
  REQUIRE(gateway.adapter().search({"天线 &=+", 1}));
  REQUIRE(gateway.seen.size() == 1);
  const HttpRequest& sent = gateway.seen[0];
  const std::string path = "param2/1/com.alibaba.fenxiao.crossborder/product.search.keywordQuery/1000000";
  CHECK(sent.method == "POST");
  CHECK(sent.path == "/openapi/" + path);
  CHECK(field_of(sent.fields, "content-type") == "application/x-www-form-urlencoded; charset=utf-8");
  std::vector<Parameter> received;
  for (const HttpField& field : parse_form(sent.body)) received.push_back({field.name, field.value});
  CHECK(gateway.sent(0, "_aop_signature") == "signed:" + aop_canonical(path, received));
  CHECK(gateway.sent(0, "access_token") == "a-token");
  CHECK(gateway.sent(0, "_aop_timestamp") == "1795507200000");
}

TEST_CASE("a call that reads and is not answered may be repeated", "[marketplace]") {
  ScriptedGateway gateway;
  Alibaba1688 adapter = gateway.adapter();
  const std::string api = "product.search.queryProductDetail";
  gateway.fails(api, ErrorCode::outcome_unknown);
  check_error(adapter.read_product({"1"}), ErrorCode::retry_later, api);
  gateway.answers(api, "<html>", 502);
  check_error(adapter.read_product({"1"}), ErrorCode::retry_later, "HTTP 502");
  gateway.answers(api, R"({"result":{)");
  check_error(adapter.read_product({"1"}), ErrorCode::retry_later, "no JSON");
  gateway.answers(api, R"({"error_code":"gw.QosAppFrequencyLimit"})", 400);
  check_error(adapter.read_product({"1"}), ErrorCode::quota);
  gateway.answers(api, R"({"result":{"result":{"offerId":1}}})");
  check_error(adapter.read_product({"1"}), ErrorCode::bad_reply, "/result/result/subject");
}

TEST_CASE("a purchase is previewed, made as the preview says, and read", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(preview_api, reply_text("preview"));
  gateway.answers(create_api, reply_text("created"));
  gateway.answers(read_api, order_in("waitbuyerpay"));
  const auto orders = gateway.adapter().place_purchase(request);
  REQUIRE(orders);
  REQUIRE(orders->size() == 1);
  CHECK(orders->front().upstream_order_id == an_order);
  CHECK(orders->front().state == UpstreamState::awaiting_payment);
  CHECK(orders->front().goods == Money{4015, cny()});
  CHECK(gateway.apis() == Texts{preview_api, create_api, read_api});
  CHECK(gateway.sent(1, "tradeType") == "nzassure");
  CHECK(gateway.sent(1, "outOrderId") == "pur_example");
  CHECK(gateway.sent(2, "orderId") == an_order.value);
}

TEST_CASE("all orders that one purchase made are told", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(preview_api, reply_text("preview"));
  gateway.answers(create_api, reply_text("created_several"));
  gateway.answers(read_api, order_in("waitbuyerpay"));
  gateway.answers(read_api, order_in("waitbuyerpay"));
  const auto orders = gateway.adapter().place_purchase(request);
  REQUIRE(orders);
  REQUIRE(orders->size() == 2);
  CHECK((*orders)[1].upstream_order_id.value == "105637283010628641");
}

TEST_CASE("what the preview refuses is not bought", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(preview_api, reply_text("preview_below_moq"));
  check_error(gateway.adapter().place_purchase(request), ErrorCode::below_moq);
  gateway.fails(preview_api, ErrorCode::outcome_unknown);
  check_error(gateway.adapter().place_purchase(request), ErrorCode::retry_later);
  CHECK(gateway.apis() == Texts{preview_api, preview_api});
  PurchaseRequest nothing = request;
  nothing.items.clear();
  check_error(gateway.adapter().place_purchase(nothing), ErrorCode::bad_request);
  CHECK(gateway.seen.size() == 2);
}

TEST_CASE("a purchase that may have been made is never called a failure", "[marketplace]") {
  struct Case {
    const char* why;
    const char* body;
    int32_t status;
    ErrorCode code;
  };
  const Case c = GENERATE(values<Case>({
      {"a gateway's time-out", R"({"error_code":"gw.ServiceTimeout"})", 200, ErrorCode::outcome_unknown},
      {"a failure of the server", "oops", 500, ErrorCode::outcome_unknown},
      {"half a reply", R"({"result":{"orderId":"8740)", 200, ErrorCode::outcome_unknown},
      {"a reply without an order or an error", R"({"result":{"success":true}})", 200, ErrorCode::outcome_unknown},
      {"an order id that cannot be read", R"({"result":{"orderId":8.7e16}})", 200, ErrorCode::outcome_unknown},
      {"a clear refusal", R"({"result":{"success":false,"code":"500_004"}})", 200, ErrorCode::sold_out},
      {"too many calls", R"({"error_code":"gw.QosAppFrequencyLimit"})", 400, ErrorCode::quota},
  }));
  CAPTURE(c.why);
  ScriptedGateway gateway;
  gateway.answers(preview_api, reply_text("preview"));
  gateway.answers(create_api, c.body, c.status);
  check_error(gateway.adapter().place_purchase(request), c.code, create_api);
}

TEST_CASE("a purchase that never went out may be repeated, one that timed out may not", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(preview_api, reply_text("preview"));
  gateway.fails(create_api, ErrorCode::retry_later);
  check_error(gateway.adapter().place_purchase(request), ErrorCode::retry_later);
  gateway.answers(preview_api, reply_text("preview"));
  gateway.fails(create_api, ErrorCode::outcome_unknown);
  check_error(gateway.adapter().place_purchase(request), ErrorCode::outcome_unknown);
  CHECK_FALSE(gateway.adapter().repeat_is_safe());
}

TEST_CASE("an order that was made but cannot be read yet is to be looked for", "[marketplace]") {
  const ErrorCode why = GENERATE(ErrorCode::outcome_unknown, ErrorCode::retry_later, ErrorCode::quota);
  ScriptedGateway gateway;
  gateway.answers(preview_api, reply_text("preview"));
  gateway.answers(create_api, reply_text("created"));
  gateway.fails(read_api, why);
  check_error(gateway.adapter().place_purchase(request), ErrorCode::outcome_unknown, an_order.value);
}

TEST_CASE("our key finds its orders among others, in the list or in the order itself", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(list_api, reply_text("order_list"));
  gateway.answers(read_api, order_in("waitbuyerpay"));
  gateway.answers(read_api, reply_with("order", "pur_example", "pur_another"));
  const auto found = gateway.adapter().find_purchase({"pur_example"});
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  CHECK(found->front().upstream_order_id == another_order);
  // The order of another key is not read; the one whose key the list does not tell is.
  CHECK(gateway.apis() == Texts{list_api, read_api, read_api});
  CHECK(gateway.sent(2, "orderId") == "58218860983545943");
  CHECK(gateway.sent(0, "outOrderId") == "pur_example");
  CHECK(gateway.sent(0, "createStartTime") == "20261117160000000+0800");
}

TEST_CASE("the list is read to its end, and an order that moved to the next page counts once", "[marketplace]") {
  const auto page_of = [](int64_t first, int64_t count, int64_t total) {
    std::string rows;
    for (int64_t i = first; i < first + count; ++i)
      rows += (rows.empty() ? "" : ",") + (R"({"baseInfo":{"idOfStr":")" + std::to_string(1000 + i)) +
              R"(","outOrderId":"pur_)" + (i == 50 ? "example" : "another") + R"("}})";
    return R"({"result":[)" + rows + R"(],"totalRecord":)" + std::to_string(total) + "}";
  };
  ScriptedGateway gateway;
  gateway.answers(list_api, page_of(1, 50, 51));
  gateway.answers(list_api, page_of(50, 2, 52));
  gateway.answers(read_api, order_in("waitbuyerpay"));
  const auto found = gateway.adapter().find_purchase({"pur_example"});
  REQUIRE(found);
  CHECK(found->size() == 1);
  CHECK(gateway.apis() == Texts{list_api, list_api, read_api});
  CHECK(gateway.sent(1, "page") == "2");
}

TEST_CASE("none is found only when the list was read", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(list_api, R"({"result":[],"totalRecord":0})");
  CHECK(gateway.adapter().find_purchase({"pur_example"})->empty());
  gateway.fails(list_api, ErrorCode::outcome_unknown);
  check_error(gateway.adapter().find_purchase({"pur_example"}), ErrorCode::retry_later);
  gateway.answers(list_api, reply_text("order_list"));
  gateway.fails(read_api, ErrorCode::outcome_unknown);
  check_error(gateway.adapter().find_purchase({"pur_example"}), ErrorCode::retry_later);
  gateway.answers(list_api, "{}");
  check_error(gateway.adapter().find_purchase({"pur_example"}), ErrorCode::bad_reply);
}

TEST_CASE("a list that does not end is given up", "[marketplace]") {
  ScriptedGateway gateway;
  for (int page = 0; page < 250; ++page)
    gateway.answers(list_api, reply_with("order_list", "\"totalRecord\": 3", "\"totalRecord\": 99999"));
  check_error(gateway.adapter().find_purchase({"pur_none"}), ErrorCode::bad_reply);
  CHECK(gateway.seen.size() == 200);
}

TEST_CASE("a payment that is not confirmed is settled by reading the order", "[marketplace]") {
  struct Case {
    const char* why;
    std::string answer;
    std::string order;
    std::optional<ErrorCode> code;  // absent: paid
    size_t calls;
  };
  const std::string not_yet = R"({"result":{"success":true,"result":{"paySuccess":false}}})";
  const Case c = GENERATE_COPY(values<Case>({
      {"paid", reply_text("payment"), "", {}, 1},
      {"not confirmed, but paid", not_yet, order_in("waitsellersend"), {}, 2},
      {"not confirmed and not paid", not_yet, order_in("waitbuyerpay"), ErrorCode::outcome_unknown, 2},
      {"not confirmed and not to be read", not_yet, "<html>", ErrorCode::outcome_unknown, 2},
      {"refused since it is paid", refusal, order_in("waitsellersend"), {}, 2},
      {"refused since it was received", refusal, order_in("success"), {}, 2},
      {"refused for lack of money", refusal, order_in("waitbuyerpay"), ErrorCode::rejected, 2},
      {"refused since it is closed", refusal, order_in("cancel"), ErrorCode::rejected, 2},
      {"refused since there is none", refusal, no_such_order, ErrorCode::not_found, 2},
      {"unclear, but paid", "<html>", order_in("waitsellersend"), {}, 2},
      {"unclear", "<html>", order_in("waitbuyerpay"), ErrorCode::outcome_unknown, 2},
      {"no permission", R"({"error_code":"gw.APIACLDecline"})", "", ErrorCode::auth, 1},
      {"too many calls", R"({"error_code":"gw.QosAppFrequencyLimit"})", "", ErrorCode::quota, 1},
  }));
  CAPTURE(c.why);
  ScriptedGateway gateway;
  gateway.answers(pay_api, c.answer);
  gateway.answers(read_api, c.order);
  const auto paid = gateway.adapter().pay_order(an_order);
  CHECK(gateway.seen.size() == c.calls);
  if (c.code)
    check_error(paid, *c.code);
  else
    CHECK(paid);
}

TEST_CASE("a cancellation that is refused is done when the order is closed already", "[marketplace]") {
  struct Case {
    const char* why;
    std::string answer;
    std::string order;
    std::optional<ErrorCode> code;
  };
  const Case c = GENERATE_COPY(values<Case>({
      {"cancelled", R"({"success":true})", "", {}},
      {"closed before", refusal, order_in("cancel"), {}},
      {"paid before", refusal, order_in("waitsellersend"), ErrorCode::rejected},
      {"no such order", refusal, no_such_order, ErrorCode::not_found},
      {"too early", R"({"success":false,"errorCode":"CLOSE_ORDER_TOO_FAST"})", "", ErrorCode::retry_later},
      {"unclear, but closed", "<html>", order_in("cancel"), {}},
      {"unclear", "<html>", order_in("waitbuyerpay"), ErrorCode::outcome_unknown},
  }));
  CAPTURE(c.why);
  ScriptedGateway gateway;
  gateway.answers(cancel_api, c.answer);
  gateway.answers(read_api, c.order);
  const auto cancelled = gateway.adapter().cancel_order(an_order);
  if (c.code)
    check_error(cancelled, *c.code);
  else
    CHECK(cancelled);
}

TEST_CASE("a shipped order without a waybill is looked up at its carrier's", "[marketplace]") {
  ScriptedGateway gateway;
  const std::string bare = reply_with("order", "\"78912345678901\"", "null");
  gateway.answers(read_api, bare);
  gateway.answers(logistics_api, reply_text("logistics"));
  auto order = gateway.adapter().read_order(another_order);
  REQUIRE(order);
  CHECK(order->shipments.front().tracking_number.value == "YT8800112233445");

  gateway.answers(read_api, bare);
  gateway.answers(logistics_api, reply_text("logistics_not_shipped"));
  order = gateway.adapter().read_order(another_order);
  REQUIRE(order);
  CHECK(order->shipments.front().tracking_number.is_empty());

  gateway.answers(read_api, bare);
  gateway.answers(logistics_api, "", 503);
  check_error(gateway.adapter().read_order(another_order), ErrorCode::retry_later);
  CHECK(gateway.seen.size() == 6);

  gateway.answers(read_api, reply_text("order"));
  REQUIRE(gateway.adapter().read_order(another_order));
  gateway.answers(read_api, order_in("waitsellersend"));
  REQUIRE(gateway.adapter().read_order(another_order));
  CHECK(gateway.seen.size() == 8);
}

TEST_CASE("a refund is asked for once, by a reason of 1688's", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(read_api, order_in("waitsellersend"));
  gateway.answers(reasons_api, reply_text("refund_reasons"));
  gateway.answers(refund_api, R"({"result":{"success":true,"result":{"refundId":"TQ1"}}})");
  CHECK(gateway.adapter().request_refund(another_order));
  CHECK(gateway.apis() == Texts{read_api, reasons_api, refund_api});
  CHECK(gateway.sent(1, "goodsStatus") == "refundWaitSellerSend");
  CHECK(gateway.sent(2, "orderId") == another_order.value);
  CHECK(gateway.sent(2, "applyReasonId") == "20007");

  gateway.answers(read_api, reply_with("order", "\"refund\": 0", "\"refundStatus\": \"waitselleragree\""));
  CHECK(gateway.adapter().request_refund(another_order));
  gateway.answers(read_api, order_in("waitbuyerpay"));
  check_error(gateway.adapter().request_refund(another_order), ErrorCode::rejected);
  CHECK(gateway.seen.size() == 5);

  gateway.answers(read_api, order_in("waitsellersend"));
  gateway.answers(reasons_api, reply_text("refund_reasons"));
  gateway.fails(refund_api, ErrorCode::outcome_unknown);
  check_error(gateway.adapter().request_refund(another_order), ErrorCode::outcome_unknown);
}

TEST_CASE("no error holds the token or the signature", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(cancel_api, "<html>", 502);
  gateway.fails(read_api, ErrorCode::outcome_unknown);
  const auto cancelled = gateway.adapter().cancel_order(an_order);
  REQUIRE_FALSE(cancelled);
  CHECK(cancelled.error().context.find("a-token") == std::string::npos);
  CHECK(cancelled.error().context.find("signed:") == std::string::npos);
}

}  // namespace sampan::alibaba1688
