// The adapter against a gateway that answers by a script: which calls it makes, and what it concludes when they fail.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <deque>
#include <map>

#include "shared/marketplace/taobao/sign_iop.hpp"
#include "shared/marketplace/taobao/taobao.hpp"
#include "tests/unit/marketplace/taobao_replies.hpp"

namespace sampan::taobao {
namespace {

constexpr Instant now{1'795'507'200'000};
const UpstreamOrderId an_order{"1000000000000001"};

// "/product/get" of "/rest/product/get"
std::string path_of(const HttpRequest& request) { return request.path.substr(5); }

class ScriptedGateway {
 public:
  // The next unanswered call of `path` gets this.
  void answers(const std::string& path, std::string body, int32_t status = 200) {
    replies_[path].push_back(HttpReply{status, {}, std::move(body)});
  }
  void fails(const std::string& path, ErrorCode code) { replies_[path].push_back(fail(code, "It failed.", "test")); }

  Taobao adapter() {
    TaobaoSettings settings;
    settings.app_key = "500001";
    settings.access_token = [this] { return token; };
    settings.renew_token = [this]() -> Result<void> {
      ++renewed;
      if (!may_renew) return fail(ErrorCode::auth, "No.");
      token = "a-new-token";
      return done();
    };
    settings.ship_to.name = "集运仓";
    return {settings, [this](const HttpRequest& request) { return answer(request); },
            [](std::string_view path, const std::vector<Parameter>& parameters) {
              return "signed:" + iop_canonical(path, parameters, {});
            },
            [] { return now; }};
  }

  std::string token = "a-token";
  bool may_renew = true;
  int renewed = 0;
  std::vector<HttpRequest> seen;
  std::vector<std::string> paths() const {
    std::vector<std::string> all;
    for (const HttpRequest& request : seen) all.push_back(path_of(request));
    return all;
  }
  std::string sent(size_t call, std::string_view name) const {
    return std::string(field_of(parse_form(seen.at(call).body), name));
  }

 private:
  Result<HttpReply> answer(const HttpRequest& request) {
    seen.push_back(request);
    auto& waiting = replies_[path_of(request)];
    if (waiting.empty()) return HttpReply{200, {}, R"({"code":"0","success":false,"error_code":"no_script"})"};
    Result<HttpReply> reply = waiting.front();
    waiting.pop_front();
    return reply;
  }
  std::map<std::string, std::deque<Result<HttpReply>>> replies_;
};

using Texts = std::vector<std::string>;

const std::string search_path = "/traffic/item/search";
const std::string product_path = "/product/get";
const std::string render_path = "/purchase/order/render";
const std::string create_path = "/purchase/order/create";
const std::string orders_path = "/purchase/orders/query";
const std::string pay_path = "/purchase/order/batch/pay";
const std::string cancel_path = "/purchase/order/asyn/cancel";
const std::string logistics_path = "/logistics/detail/get";

const PurchaseRequest request{
    {"pur_example"}, {"118600001"}, {{{"600000000001"}, {"4984000000001"}, "2048000000000001:3357000000001", 2}}};

std::string order_in(const std::string& status) {
  return reply_with("orders", "\"WAIT_BUYER_CONFIRM_GOODS\"", "\"" + status + "\"");
}

const std::string no_orders = R"({"code":"0","success":true,"data":{"results_total":0,"purchase_orders":[]}})";
const std::string no_to_that = R"({"code":"0","success":false,"error_code":"ORDER_STATUS_ERROR","error_msg":"不行"})";
const std::string yes = R"({"code":"0","success":true,"error_msg":""})";
const std::string too_many = R"({"code":"ApiCallLimit","type":"ISV","message":"This ban will last 1 seconds."})";
const std::string old_token = R"({"code":"IllegalAccessToken","type":"ISV","message":"expired"})";

void previews(ScriptedGateway& gateway) {
  gateway.answers(product_path, reply_text("product"));
  gateway.answers(render_path, reply_text("render"));
}

template <class T>
void check_outcome(const Result<T>& result, const std::optional<ErrorCode>& code) {
  if (code)
    check_error(result, *code);
  else
    CHECK(result);
}

}  // namespace

TEST_CASE("IOP gets its own parameters in the query, the call's in the body, all of them signed", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(search_path, reply_text("search"));
  REQUIRE(gateway.adapter().search({"咖啡 &=+", 1}));
  REQUIRE(gateway.seen.size() == 1);
  const HttpRequest& sent = gateway.seen[0];
  CHECK(sent.method == "POST");
  CHECK(sent.path == "/rest/traffic/item/search");
  CHECK(field_of(sent.fields, "content-type") == "application/x-www-form-urlencoded; charset=utf-8");
  const auto query = parse_form(sent.query);
  std::vector<Parameter> received;
  for (const std::string* part : {&sent.query, &sent.body})
    for (const HttpField& field : parse_form(*part)) received.push_back({field.name, field.value});
  CHECK(field_of(query, "sign") == "signed:" + iop_canonical(search_path, received, {}));
  CHECK(field_of(query, "app_key") == "500001");
  CHECK(field_of(query, "access_token") == "a-token");
  CHECK(field_of(query, "timestamp") == "1795507200000");
  CHECK(field_of(query, "sign_method") == "sha256");
  CHECK(gateway.sent(0, "keyword") == "咖啡 &=+");
}

TEST_CASE("a call of Taobao that reads and is not answered may be repeated", "[marketplace]") {
  ScriptedGateway gateway;
  Taobao adapter = gateway.adapter();
  gateway.fails(product_path, ErrorCode::outcome_unknown);
  check_error(adapter.read_product({"1"}), ErrorCode::retry_later, product_path);
  gateway.answers(product_path, "<html>", 502);
  check_error(adapter.read_product({"1"}), ErrorCode::retry_later, "HTTP 502");
  gateway.answers(product_path, R"({"code":"ServiceTimeout","type":"ISP"})");
  check_error(adapter.read_product({"1"}), ErrorCode::retry_later, "ServiceTimeout");
  gateway.answers(product_path, too_many);
  check_error(adapter.read_product({"1"}), ErrorCode::quota);
  gateway.answers(product_path, R"({"code":"0","data":{"item_id":1,"mp_id":"2"}})");
  check_error(adapter.read_product({"1"}), ErrorCode::bad_reply, "/data/title");
  gateway.answers(product_path, R"({"code":"0","success":false,"error_code":"ITEM_NOT_EXIST"})");
  check_error(adapter.read_product({"1"}), ErrorCode::not_found);
}

TEST_CASE("a token that is refused is renewed, once a call, and the call made again", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(product_path, old_token);
  gateway.answers(product_path, reply_text("product"));
  REQUIRE(gateway.adapter().read_product({"600000000001"}));
  CHECK(gateway.renewed == 1);
  REQUIRE(gateway.seen.size() == 2);
  CHECK(field_of(parse_form(gateway.seen[1].query), "access_token") == "a-new-token");

  gateway.answers(product_path, old_token);
  gateway.answers(product_path, old_token);
  check_error(gateway.adapter().read_product({"600000000001"}), ErrorCode::auth, "IllegalAccessToken");
  CHECK(gateway.renewed == 2);
  CHECK(gateway.seen.size() == 4);

  gateway.may_renew = false;
  gateway.answers(product_path, old_token);
  check_error(gateway.adapter().read_product({"600000000001"}), ErrorCode::auth);
  CHECK(gateway.seen.size() == 5);

  gateway.answers(product_path, R"({"code":"InvalidSignature","type":"ISV"})");
  check_error(gateway.adapter().read_product({"600000000001"}), ErrorCode::auth);
  CHECK(gateway.renewed == 3);
}

TEST_CASE("a preview reads each product once and asks for the freight", "[marketplace]") {
  ScriptedGateway gateway;
  previews(gateway);
  PurchaseRequest two_lines = request;
  two_lines.items.push_back({{"600000000001"}, {"4984000000002"}, "2048000000000001:3357000000002", 1});
  const auto sums = gateway.adapter().preview_purchase(two_lines);
  REQUIRE(sums);
  CHECK(sums->goods == Money{19800, cny()});
  CHECK(sums->freight == Money{600, cny()});
  CHECK(gateway.paths() == Texts{product_path, render_path});
}

TEST_CASE("a purchase is previewed, made under our key and at most at that sum, and read", "[marketplace]") {
  ScriptedGateway gateway;
  previews(gateway);
  gateway.answers(create_path, reply_text("created"));
  gateway.answers(orders_path, order_in("WAIT_BUYER_PAY"));
  const auto orders = gateway.adapter().place_purchase(request);
  REQUIRE(orders);
  REQUIRE(orders->size() == 1);
  const UpstreamOrder& order = orders->front();
  CHECK(order.upstream_order_id == an_order);
  CHECK(order.state == UpstreamState::awaiting_payment);
  CHECK(order.goods == Money{19800, cny()});
  // Named as the shop knows them.
  CHECK(order.items[0].product_id.value == "600000000001");
  CHECK(order.items[0].sku_id.value == "4984000000001");
  CHECK(order.items[0].order_key == "2048000000000001:3357000000001");
  CHECK(gateway.paths() == Texts{product_path, render_path, create_path, orders_path});
  CHECK(gateway.sent(2, "outer_purchase_id") == "pur_example");
  CHECK(gateway.sent(2, "purchase_amount") == "20400");
  CHECK(gateway.sent(3, "purchase_ids") == "[1000000000000001]");
}

TEST_CASE("all orders that one purchase of Taobao made are told", "[marketplace]") {
  ScriptedGateway gateway;
  previews(gateway);
  gateway.answers(create_path, reply_text("created_several"));
  std::string both = reply_with("orders_of_two_keys", "1000000000000021", "1000000000000011");
  gateway.answers(orders_path, both);
  const auto orders = gateway.adapter().place_purchase(request);
  REQUIRE(orders);
  REQUIRE(orders->size() == 2);
  CHECK((*orders)[0].upstream_order_id == an_order);
  CHECK((*orders)[1].upstream_order_id.value == "1000000000000011");
}

TEST_CASE("what the preview of Taobao refuses is not bought", "[marketplace]") {
  ScriptedGateway gateway;
  Taobao adapter = gateway.adapter();
  gateway.answers(product_path, reply_text("product"));
  gateway.answers(render_path, reply_text("render_unavailable"));
  check_error(adapter.place_purchase(request), ErrorCode::sold_out);
  gateway.answers(product_path, reply_text("product"));
  gateway.fails(render_path, ErrorCode::outcome_unknown);
  check_error(adapter.place_purchase(request), ErrorCode::retry_later);
  gateway.answers(product_path, reply_with("product", "\"status\": \"NORMAL\"", "\"status\": \"DELETED\""));
  check_error(adapter.place_purchase(request), ErrorCode::not_found);
  gateway.answers(product_path, R"({"code":"0","success":false,"error_code":"ITEM_NOT_EXIST"})");
  check_error(adapter.place_purchase(request), ErrorCode::not_found);
  const size_t calls = gateway.seen.size();
  PurchaseRequest wrong = request;
  wrong.items[0].order_key = "28b952ec96c8b5c3";
  check_error(adapter.place_purchase(wrong), ErrorCode::bad_request);
  wrong.items.clear();
  check_error(adapter.place_purchase(wrong), ErrorCode::bad_request);
  CHECK(gateway.seen.size() == calls);
  for (const std::string& path : gateway.paths()) CHECK(path != create_path);
}

TEST_CASE("a purchase of Taobao that may have been made is never called a failure", "[marketplace]") {
  struct Case {
    const char* why;
    std::string body;
    int32_t status;
    ErrorCode code;
  };
  std::string price = reply_text("created_none");
  for (size_t at = price.find("SKU_STOCK_NOT_ENOUGH"); at != std::string::npos; at = price.find("SKU_STOCK_NOT_ENOUGH"))
    price.replace(at, 20, "PURCHASE_AMOUNT_LOW");
  const Case c = GENERATE_COPY(values<Case>({
      {"a gateway's time-out", R"({"code":"ServiceTimeout","type":"ISP"})", 200, ErrorCode::outcome_unknown},
      {"a fault behind it", R"({"code":"X","type":"SYSTEM"})", 200, ErrorCode::outcome_unknown},
      {"a failure of the server", "oops", 500, ErrorCode::outcome_unknown},
      {"half a reply", R"({"code":"0","data":{"order_list":[{"purch)", 200, ErrorCode::outcome_unknown},
      {"a reply without an order or an error", R"({"code":"0","success":true,"data":{"order_list":[]}})", 200,
       ErrorCode::outcome_unknown},
      {"an order id that cannot be read", R"({"code":"0","data":{"order_list":[{"purchase_id":1e15}]}})", 200,
       ErrorCode::outcome_unknown},
      {"our key is there already", R"({"code":"0","success":false,"error_code":"DUPLICATE_PURCHASE"})", 200,
       ErrorCode::outcome_unknown},
      {"a clear no_to_that", reply_text("created_none"), 200, ErrorCode::sold_out},
      {"another price", price, 200, ErrorCode::price_changed},
      {"too many calls", too_many, 200, ErrorCode::quota},
      {"a parameter", R"({"code":"MissingParameter","type":"ISV"})", 200, ErrorCode::bad_request},
  }));
  CAPTURE(c.why);
  ScriptedGateway gateway;
  previews(gateway);
  gateway.answers(create_path, c.body, c.status);
  check_error(gateway.adapter().place_purchase(request), c.code, create_path);
}

TEST_CASE("a purchase of Taobao that timed out is unknown, one that never went out is not", "[marketplace]") {
  ScriptedGateway gateway;
  previews(gateway);
  gateway.fails(create_path, ErrorCode::retry_later);
  check_error(gateway.adapter().place_purchase(request), ErrorCode::retry_later);
  previews(gateway);
  gateway.fails(create_path, ErrorCode::outcome_unknown);
  check_error(gateway.adapter().place_purchase(request), ErrorCode::outcome_unknown);
  CHECK(gateway.adapter().repeat_is_safe());
}

TEST_CASE("an order of Taobao that was made but cannot be read yet is to be looked for", "[marketplace]") {
  const auto reply =
      GENERATE(as<Result<HttpReply>>{}, fail(ErrorCode::outcome_unknown, "It failed."),
               fail(ErrorCode::quota, "Later."), HttpReply{200, {}, no_orders}, HttpReply{200, {}, "<html>"});
  ScriptedGateway gateway;
  previews(gateway);
  gateway.answers(create_path, reply_text("created"));
  if (reply)
    gateway.answers(orders_path, reply->body);
  else
    gateway.fails(orders_path, reply.error().code);
  check_error(gateway.adapter().place_purchase(request), ErrorCode::outcome_unknown, an_order.value);
}

TEST_CASE("our key finds its order of Taobao among others, in a window of time", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(orders_path, reply_text("orders_of_two_keys"));
  const auto found = gateway.adapter().find_purchase({"pur_example"});
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  CHECK(found->front().upstream_order_id == an_order);
  CHECK(gateway.paths() == Texts{orders_path});
  CHECK(gateway.sent(0, "outer_purchase_id") == "pur_example");
  CHECK(gateway.sent(0, "modify_time_start") == std::to_string((now - days(7)).ms));
  CHECK(gateway.sent(0, "modify_time_end") == std::to_string((now + minutes(10)).ms));
}

TEST_CASE("Taobao's list is read to its end, an order on two pages counts once", "[marketplace]") {
  ScriptedGateway gateway;
  const std::string page = reply_with("orders_of_two_keys", "\"results_total\": 2", "\"results_total\": 21");
  gateway.answers(orders_path, page);
  gateway.answers(orders_path, page);
  const auto found = gateway.adapter().find_purchase({"pur_example"});
  REQUIRE(found);
  CHECK(found->size() == 1);
  CHECK(gateway.seen.size() == 2);
  CHECK(gateway.sent(1, "page_no") == "2");
}

TEST_CASE("none is found only when Taobao's list was read", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(orders_path, no_orders);
  CHECK(gateway.adapter().find_purchase({"pur_example"})->empty());
  gateway.fails(orders_path, ErrorCode::outcome_unknown);
  check_error(gateway.adapter().find_purchase({"pur_example"}), ErrorCode::retry_later);
  gateway.answers(orders_path, R"({"code":"0"})");
  check_error(gateway.adapter().find_purchase({"pur_example"}), ErrorCode::bad_reply);
  for (int page = 0; page < 250; ++page)
    gateway.answers(orders_path, reply_with("orders", "\"results_total\": 1", "\"results_total\": 99999"));
  gateway.seen.clear();
  check_error(gateway.adapter().find_purchase({"pur_none"}), ErrorCode::bad_reply);
  CHECK(gateway.seen.size() == 200);
}

TEST_CASE("a payment of Taobao is settled by reading the order", "[marketplace]") {
  struct Case {
    const char* why;
    std::string answer;
    std::string order;
    std::optional<ErrorCode> code;  // absent: paid
    size_t calls;
  };
  const std::string asked = reply_text("payment");
  const Case c = GENERATE_COPY(values<Case>({
      {"asked and paid", asked, order_in("WAIT_SELLER_SEND_GOODS"), {}, 2},
      {"asked and not paid yet", asked, order_in("WAIT_BUYER_PAY"), ErrorCode::outcome_unknown, 2},
      {"asked and not to be read", asked, "<html>", ErrorCode::outcome_unknown, 2},
      {"asked, but it is closed", asked, order_in("CANCEL"), ErrorCode::rejected, 2},
      {"refused since it is paid", no_to_that, order_in("WAIT_SELLER_SEND_GOODS"), {}, 2},
      {"refused since it was received", no_to_that, order_in("TRADE_FINISHED"), {}, 2},
      {"refused for lack of money", reply_text("payment_refused"), order_in("WAIT_BUYER_PAY"), ErrorCode::rejected, 2},
      {"refused since it is closed", no_to_that, order_in("CANCEL"), ErrorCode::rejected, 2},
      {"refused since there is none", no_to_that, no_orders, ErrorCode::not_found, 2},
      {"unclear, but paid", "<html>", order_in("WAIT_SELLER_SEND_GOODS"), {}, 2},
      {"unclear", "<html>", order_in("WAIT_BUYER_PAY"), ErrorCode::outcome_unknown, 2},
      {"no permission", R"({"code":"InsufficientPermission"})", "", ErrorCode::auth, 1},
      {"too many calls", too_many, "", ErrorCode::quota, 1},
  }));
  CAPTURE(c.why);
  ScriptedGateway gateway;
  gateway.answers(pay_path, c.answer);
  gateway.answers(orders_path, c.order);
  const auto paid = gateway.adapter().pay_order(an_order);
  CHECK(gateway.seen.size() == c.calls);
  check_outcome(paid, c.code);
}

TEST_CASE("a payment of Taobao that timed out and cannot be looked up is unknown", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.fails(pay_path, ErrorCode::outcome_unknown);
  gateway.fails(orders_path, ErrorCode::outcome_unknown);
  check_error(gateway.adapter().pay_order(an_order), ErrorCode::outcome_unknown);
}

TEST_CASE("an order of Taobao is called off before it is paid only, and is closed when it says so", "[marketplace]") {
  struct Case {
    const char* why;
    std::string before;
    std::string answer;
    std::string after;
    std::optional<ErrorCode> code;
    size_t calls;
  };
  const std::string open = order_in("WAIT_BUYER_PAY");
  const std::string closed = order_in("CANCEL");
  const Case c = GENERATE_COPY(values<Case>({
      {"accepted and closed", open, yes, closed, {}, 3},
      {"accepted, not closed yet", open, yes, open, ErrorCode::retry_later, 3},
      {"accepted, not to be read", open, yes, "<html>", ErrorCode::retry_later, 3},
      {"closed before", closed, "", "", {}, 1},
      {"paid before", order_in("WAIT_SELLER_SEND_GOODS"), "", "", ErrorCode::rejected, 1},
      {"no such order", no_orders, "", "", ErrorCode::not_found, 1},
      {"refused, closed meanwhile", open, no_to_that, closed, {}, 3},
      {"refused", open, no_to_that, open, ErrorCode::rejected, 3},
      {"being done", open, R"({"code":"0","success":false,"error_code":"CANCEL_PROCESSING"})", "",
       ErrorCode::retry_later, 2},
      {"unclear, but closed", open, "<html>", closed, {}, 3},
      {"unclear", open, "<html>", open, ErrorCode::outcome_unknown, 3},
      {"too many calls", open, too_many, "", ErrorCode::quota, 2},
  }));
  CAPTURE(c.why);
  ScriptedGateway gateway;
  gateway.answers(orders_path, c.before);
  gateway.answers(cancel_path, c.answer);
  gateway.answers(orders_path, c.after);
  const auto cancelled = gateway.adapter().cancel_order(an_order);
  CHECK(gateway.seen.size() == c.calls);
  check_outcome(cancelled, c.code);
}

TEST_CASE("the money of a paid order of Taobao is asked for once", "[marketplace]") {
  struct Case {
    const char* why;
    std::string order;
    std::string answer;
    std::optional<ErrorCode> code;
    size_t calls;
  };
  const std::string paid = order_in("WAIT_SELLER_SEND_GOODS");
  const Case c = GENERATE_COPY(values<Case>({
      {"paid", paid, yes, {}, 2},
      {"received", order_in("TRADE_FINISHED"), yes, {}, 2},
      {"asked before", reply_with("orders", "\"refund_status\": null", "\"refund_status\": 1"), "", {}, 1},
      {"granted before", reply_with("orders", "\"refund_status\": null", "\"refund_status\": 5"), "", {}, 1},
      {"not paid", order_in("WAIT_BUYER_PAY"), "", ErrorCode::rejected, 1},
      {"closed", order_in("CANCEL"), "", ErrorCode::rejected, 1},
      {"no such order", no_orders, "", ErrorCode::not_found, 1},
      {"refused", paid, no_to_that, ErrorCode::rejected, 2},
      {"unclear", paid, "<html>", ErrorCode::outcome_unknown, 2},
      {"neither yes nor no", paid, R"({"code":"0"})", ErrorCode::outcome_unknown, 2},
  }));
  CAPTURE(c.why);
  ScriptedGateway gateway;
  gateway.answers(orders_path, c.order);
  gateway.answers(cancel_path, c.answer);
  const auto asked = gateway.adapter().request_refund(an_order);
  CHECK(gateway.seen.size() == c.calls);
  check_outcome(asked, c.code);
  if (c.calls == 2) CHECK(gateway.sent(1, "purchase_id") == an_order.value);
}

TEST_CASE("a refund of Taobao that timed out is unknown", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(orders_path, order_in("WAIT_SELLER_SEND_GOODS"));
  gateway.fails(cancel_path, ErrorCode::outcome_unknown);
  check_error(gateway.adapter().request_refund(an_order), ErrorCode::outcome_unknown);
}

TEST_CASE("a shipped order of Taobao without a waybill is looked up line by line", "[marketplace]") {
  ScriptedGateway gateway;
  const std::string bare = reply_with("orders", "\"YT8800112233445\"", "null");
  gateway.answers(orders_path, bare);
  gateway.answers(logistics_path, reply_text("logistics"));
  auto order = gateway.adapter().read_order(an_order);
  REQUIRE(order);
  CHECK(order->shipments.front().tracking_number.value == "YT8800112233445");
  CHECK(gateway.sent(1, "purchase_order_line_id") == "1000000000000002");

  gateway.answers(orders_path, bare);
  gateway.answers(logistics_path, R"({"result":{"success":false,"error_code":"LOGISTICS_NOT_EXIST"}})");
  order = gateway.adapter().read_order(an_order);
  REQUIRE(order);
  CHECK(order->shipments.front().tracking_number.is_empty());
  CHECK(order->shipments.front().carrier == "圆通速递");

  gateway.answers(orders_path, bare);
  gateway.answers(logistics_path, "", 503);
  check_error(gateway.adapter().read_order(an_order), ErrorCode::retry_later);
  CHECK(gateway.seen.size() == 6);

  gateway.answers(orders_path, reply_text("orders"));
  REQUIRE(gateway.adapter().read_order(an_order));
  gateway.answers(orders_path, order_in("WAIT_SELLER_SEND_GOODS"));
  REQUIRE(gateway.adapter().read_order(an_order));
  CHECK(gateway.seen.size() == 8);
  gateway.answers(orders_path, no_orders);
  check_error(gateway.adapter().read_order(an_order), ErrorCode::not_found, an_order.value);
}

TEST_CASE("no error of Taobao's adapter holds the token or the signature", "[marketplace]") {
  ScriptedGateway gateway;
  gateway.answers(pay_path, "<html>", 502);
  gateway.fails(orders_path, ErrorCode::outcome_unknown);
  const auto paid = gateway.adapter().pay_order(an_order);
  REQUIRE_FALSE(paid);
  CHECK(paid.error().context.find("a-token") == std::string::npos);
  CHECK(paid.error().context.find("signed:") == std::string::npos);
}

}  // namespace sampan::taobao
