// The adapter against gateways that answer by a script: which calls it makes, and what it concludes when they fail.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <deque>
#include <map>

#include "shared/marketplace/jd/jd.hpp"
#include "shared/marketplace/jd/sign_jd.hpp"
#include "tests/unit/marketplace/jd_replies.hpp"

namespace sampan::jd {
namespace {

using Texts = std::vector<std::string>;

constexpr Instant now{1'795'507'200'000};
const UpstreamOrderId an_order{"71411883073"};
const std::string white = "100012043978";
const std::string black = "100012043980";

const std::string detail_api = "product/getDetail";
const std::string pictures_api = "product/skuImage";
const std::string variants_api = "product/getSimilarSku";
const std::string states_api = "product/skuState";
const std::string prices_api = "price/getSellPrice";
const std::string stock_api = "stock/getNewStockById";
const std::string area_api = "product/checkAreaLimit";
const std::string freight_api = "order/getFreight";
const std::string submit_api = "order/submitOrder";
const std::string find_api = "order/selectJdOrderIdByThirdOrder";
const std::string order_api = "order/selectJdOrder";
const std::string track_api = "order/orderTrack";
const std::string confirm_api = "order/confirmOrder";
const std::string cancel_api = "order/cancel";
const std::string union_api = "/routerjson";

const Texts preview_apis = {states_api, stock_api, area_api, prices_api, freight_api};

const PurchaseRequest request{{"pur_example"}, {"jd"}, {{{white}, {white}, white, 2}, {{white}, {black}, black, 1}}};

// "order/cancel" of "/api/order/cancel"
std::string api_of(const HttpRequest& sent) {
  return sent.path.substr(0, 5) == "/api/" ? sent.path.substr(5) : sent.path;
}

class ScriptedGateways {
 public:
  // The next unanswered call of `api` gets this.
  void answers(const std::string& api, std::string body, int32_t status = 200) {
    replies_[api].push_back(HttpReply{status, {}, std::move(body)});
  }
  void fails(const std::string& api, ErrorCode code) { replies_[api].push_back(fail(code, "It failed.", "test")); }
  void previews() {
    answers(states_api, reply_text("states"));
    answers(stock_api, reply_text("stock"));
    answers(area_api, reply_text("area_limits"));
    answers(prices_api, reply_text("prices"));
    answers(freight_api, reply_text("freight"));
  }

  Jd adapter() {
    JdSettings settings;
    settings.app_key = "an-app";
    settings.vop_token = [this] { return token; };
    if (renews)
      settings.renew_token = [this]() -> Result<void> {
        token = "new-token";
        ++renewals;
        return done();
      };
    settings.terms.ship_to.name = "集运仓";
    settings.terms.ship_to.area = {19, 1607, 3639, 0};
    const HttpSend send = [this](const HttpRequest& sent) { return answer(sent); };
    return {settings,
            {send, send},
            [](const std::vector<Parameter>& parameters) { return "signed:" + jos_canonical("", parameters); },
            [] { return now; }};
  }

  bool renews = false;
  int renewals = 0;
  std::string token = "a-token";
  std::vector<HttpRequest> seen;
  Texts apis() const {
    Texts all;
    for (const HttpRequest& each : seen) all.push_back(api_of(each));
    return all;
  }
  std::string sent(size_t call, std::string_view name) const {
    return std::string(field_of(parse_form(seen.at(call).body), name));
  }

 private:
  Result<HttpReply> answer(const HttpRequest& sent) {
    seen.push_back(sent);
    auto& waiting = replies_[api_of(sent)];
    if (waiting.empty()) return HttpReply{200, {}, R"({"success":false,"resultCode":"no_script"})"};
    Result<HttpReply> reply = waiting.front();
    waiting.pop_front();
    return reply;
  }
  std::map<std::string, std::deque<Result<HttpReply>>> replies_;
};

std::string order_that(const std::string& member, const std::string& value) {
  const std::string from = "\"" + member + "\": ";
  const std::string text = reply_text("order");
  const size_t at = text.find(from) + from.size();
  return text.substr(0, at) + value + text.substr(text.find_first_of(",\n", at));
}

std::string reserved() { return order_that("submitState", "0"); }
std::string confirmed() { return order_that("submitState", "1"); }
std::string cancelled_unpaid() { return order_that("orderState", "0"); }
std::string no_such_order() { return reply_text("found_none"); }

std::string paid_and(const std::string& member, const std::string& value) {
  std::string text = confirmed();
  const std::string from = "\"submitState\": 1";
  return text.replace(text.find(from), from.size(), from + ", \"" + member + "\": " + value);
}

}  // namespace

TEST_CASE("what is signed for JD's union is what is sent, with the time and no token", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.answers(union_api, reply_text("union_goods"));
  const auto page = gateways.adapter().search({"保温杯 &=+", 1});
  REQUIRE(page);
  CHECK(page->products.size() == 2);
  REQUIRE(gateways.seen.size() == 1);
  CHECK(gateways.seen[0].method == "POST");
  std::vector<Parameter> received;
  for (const HttpField& field : parse_form(gateways.seen[0].body)) received.push_back({field.name, field.value});
  CHECK(gateways.sent(0, "sign") == "signed:" + jos_canonical("", received));
  CHECK(gateways.sent(0, "timestamp") == "2026-11-24 16:00:00");
  CHECK(gateways.sent(0, "method") == "jd.union.open.goods.query");
  CHECK(gateways.sent(0, "v") == "1.0");
  CHECK(gateways.sent(0, "token").empty());
}

TEST_CASE("nothing found at JD is an empty page", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.answers(union_api, R"({"a_responce":{"code":"0","queryResult":"{\"code\":411}"}})");
  CHECK(gateways.adapter().search({"qqxz", 1})->products.empty());
  gateways.fails(union_api, ErrorCode::outcome_unknown);
  check_error(gateways.adapter().search({"qqxz", 1}), ErrorCode::retry_later, "jd.union.open.goods.query");
  gateways.answers(union_api, reply_text("jos_error"));
  check_error(gateways.adapter().search({"qqxz", 1}), ErrorCode::auth);
  gateways.answers(union_api, R"({"error_response":{"code":"2"}})");
  check_error(gateways.adapter().search({"qqxz", 1}), ErrorCode::quota);
}

TEST_CASE("a product of our pool is read with its variants, their stock and prices", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.answers(detail_api, reply_text("detail"));
  gateways.answers(pictures_api, reply_text("pictures"));
  gateways.answers(variants_api, reply_text("variants"));
  gateways.answers(stock_api, reply_text("stock"));
  gateways.answers(states_api, reply_text("states"));
  gateways.answers(prices_api, reply_text("prices"));
  const auto reading = gateways.adapter().read_product({white});
  REQUIRE(reading);
  CHECK(reading->product.skus.size() == 3);
  CHECK(reading->product.pictures.size() == 3);
  CHECK(reading->product.is_buyable);
  CHECK(gateways.apis() == Texts{detail_api, pictures_api, variants_api, stock_api, states_api, prices_api});
  CHECK(gateways.sent(0, "token") == "a-token");
  CHECK(gateways.sent(3, "skuNums") ==
        R"([{"skuId":100012043978,"num":1},{"skuId":100012043982,"num":1},{"skuId":100012043980,"num":1}])");
  CHECK(gateways.sent(3, "area") == "19_1607_3639_0");
}

TEST_CASE("a variant outside our pool is left out, the others are read", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.answers(detail_api, reply_text("detail"));
  gateways.answers(pictures_api, reply_text("pictures"));
  gateways.answers(variants_api, reply_text("variants"));
  gateways.answers(stock_api, reply_text("not_in_pool"));
  gateways.answers(stock_api, reply_text("stock"));
  gateways.answers(states_api, reply_text("states"));
  gateways.answers(prices_api, reply_with("prices", black, "1"));
  const auto reading = gateways.adapter().read_product({white});
  REQUIRE(reading);
  CHECK(reading->product.skus.size() == 2);
  CHECK(gateways.sent(4, "skuNums").find(black) == std::string::npos);
  CHECK(gateways.sent(5, "sku") == "100012043978,100012043982");
}

TEST_CASE("where JD does not name who is outside our pool, only the SKU itself is read", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.answers(detail_api, reply_text("detail"));
  gateways.answers(pictures_api, reply_text("pictures"));
  gateways.answers(variants_api, reply_text("variants"));
  gateways.answers(stock_api, reply_with("not_in_pool", black, ""));
  gateways.answers(stock_api, reply_text("stock"));
  gateways.answers(states_api, reply_text("states"));
  gateways.answers(prices_api, reply_text("prices"));
  REQUIRE(gateways.adapter().read_product({white}));
  CHECK(gateways.sent(5, "sku") == white);
  gateways.answers(detail_api, reply_text("detail"));
  gateways.answers(pictures_api, reply_text("pictures"));
  gateways.answers(variants_api, R"({"success":true,"result":[]})");
  gateways.answers(stock_api, reply_with("not_in_pool", black, white));
  gateways.answers(union_api, reply_text("union_goods"));
  CHECK_FALSE(gateways.adapter().read_product({white})->product.is_buyable);
}

TEST_CASE("no data of pictures or variants is none of them", "[marketplace]") {
  const std::string no_data = R"({"success":false,"resultCode":"0010","resultMessage":"没有数据"})";
  ScriptedGateways gateways;
  gateways.answers(detail_api, reply_text("detail"));
  gateways.answers(pictures_api, no_data);
  gateways.answers(variants_api, no_data);
  gateways.answers(stock_api, reply_text("stock"));
  gateways.answers(states_api, reply_text("states"));
  gateways.answers(prices_api, reply_text("prices"));
  const auto reading = gateways.adapter().read_product({white});
  REQUIRE(reading);
  CHECK(reading->product.is_buyable);
  CHECK(reading->product.skus.size() == 1);
  CHECK(reading->product.pictures.size() == 1);
}

TEST_CASE("a product outside our pool comes from the union and cannot be bought", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.answers(detail_api, reply_text("not_in_pool"));
  gateways.answers(union_api, reply_text("union_goods"));
  const auto reading = gateways.adapter().read_product({white});
  REQUIRE(reading);
  CHECK_FALSE(reading->product.is_buyable);
  CHECK(gateways.sent(1, "360buy_param_json").find("\"skuIds\":[100012043978]") != std::string::npos);

  gateways.answers(detail_api, reply_text("not_in_pool"));
  gateways.answers(union_api, reply_text("union_none"));
  check_error(gateways.adapter().read_product({white}), ErrorCode::not_found);

  gateways.answers(union_api, reply_text("union_goods"));
  CHECK(gateways.adapter().read_product({"Abc_opaque-1"})->product.key.product_id.value == "Abc_opaque-1");
  CHECK(gateways.seen.size() == 5);

  gateways.answers(states_api, reply_text("not_in_pool"));
  check_error(gateways.adapter().preview_purchase(request), ErrorCode::not_offered, states_api);
}

TEST_CASE("a call of JD that reads and is not answered may be repeated", "[marketplace]") {
  ScriptedGateways gateways;
  Jd adapter = gateways.adapter();
  gateways.fails(detail_api, ErrorCode::outcome_unknown);
  check_error(adapter.read_product({white}), ErrorCode::retry_later, detail_api);
  gateways.answers(detail_api, "<html>", 502);
  check_error(adapter.read_product({white}), ErrorCode::retry_later, "HTTP 502");
  gateways.answers(detail_api, reply_text("service_error"));
  check_error(adapter.read_product({white}), ErrorCode::retry_later, "5001");
  gateways.answers(detail_api, R"({"success":false,"resultCode":"2010"})");
  check_error(adapter.read_product({white}), ErrorCode::quota);
  gateways.answers(detail_api, reply_with("detail", "\"name\"", "\"nom\""));
  check_error(adapter.read_product({white}), ErrorCode::bad_reply, "/result/name");
  gateways.answers(detail_api, reply_text("token_expired"));
  check_error(adapter.read_product({white}), ErrorCode::auth, "2007");
}

TEST_CASE("a worn token is renewed once, and the call made again", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.renews = true;
  gateways.answers(confirm_api, reply_text("token_expired"));
  gateways.answers(confirm_api, reply_text("confirmed"));
  CHECK(gateways.adapter().pay_order(an_order));
  CHECK(gateways.sent(0, "token") == "a-token");
  CHECK(gateways.sent(1, "token") == "new-token");
  gateways.answers(confirm_api, reply_text("token_expired"));
  gateways.answers(confirm_api, reply_text("token_expired"));
  check_error(gateways.adapter().pay_order(an_order), ErrorCode::auth);
  CHECK(gateways.renewals == 2);
  CHECK(gateways.seen.size() == 4);
}

TEST_CASE("a preview asks for state, stock, region, price and freight, and buys nothing", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.previews();
  const auto preview = gateways.adapter().preview_purchase(request);
  REQUIRE(preview);
  CHECK(preview->goods == Money{18080, cny()});
  CHECK(preview->freight == Money{600, cny()});
  CHECK(gateways.apis() == preview_apis);
  CHECK(gateways.sent(1, "skuNums") == R"([{"skuId":100012043978,"num":2},{"skuId":100012043980,"num":1}])");
  CHECK(gateways.sent(4, "paymentType") == "4");
  CHECK(gateways.sent(4, "city") == "1607");
}

TEST_CASE("a purchase is previewed and reserved at the preview's prices", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.previews();
  gateways.answers(submit_api, reply_text("submitted"));
  const auto orders = gateways.adapter().place_purchase(request);
  REQUIRE(orders);
  REQUIRE(orders->size() == 1);
  CHECK(orders->front().upstream_order_id == an_order);
  CHECK(orders->front().state == UpstreamState::awaiting_payment);
  CHECK(orders->front().goods == Money{18080, cny()});
  CHECK(orders->front().freight == Money{600, cny()});
  CHECK(gateways.sent(5, "thirdOrder") == "pur_example");
  CHECK(gateways.sent(5, "orderPriceSnap") ==
        R"([{"skuId":100012043978,"price":59.90},{"skuId":100012043980,"price":61.00}])");
}

TEST_CASE("what JD's preview refuses is not bought", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.answers(states_api, reply_with("states", "\"state\": 1", "\"state\": 0"));
  check_error(gateways.adapter().place_purchase(request), ErrorCode::not_found);
  gateways.answers(states_api, reply_text("states"));
  gateways.answers(stock_api, reply_with("stock", "37", "1"));
  check_error(gateways.adapter().place_purchase(request), ErrorCode::sold_out, white);
  gateways.fails(states_api, ErrorCode::outcome_unknown);
  check_error(gateways.adapter().place_purchase(request), ErrorCode::retry_later);
  CHECK(gateways.apis() == Texts{states_api, states_api, stock_api, states_api});
  PurchaseRequest nothing = request;
  nothing.items.clear();
  check_error(gateways.adapter().place_purchase(nothing), ErrorCode::bad_request);
  CHECK(gateways.seen.size() == 4);
}

TEST_CASE("an order of JD that may have been made is never called a failure", "[marketplace]") {
  struct Case {
    const char* why;
    std::string body;
    int32_t status;
    ErrorCode code;
  };
  const Case c = GENERATE(values<Case>({
      {"a fault of the service", R"({"success":false,"resultCode":"5001"})", 200, ErrorCode::outcome_unknown},
      {"a failure of the server", "oops", 500, ErrorCode::outcome_unknown},
      {"half a reply", R"({"success":true,"result":{"jdOr)", 200, ErrorCode::outcome_unknown},
      {"success without an order", R"({"success":true,"resultCode":"0001"})", 200, ErrorCode::outcome_unknown},
      {"an order whose sums do not add up", reply_with("submitted", "180.8", "99"), 200, ErrorCode::outcome_unknown},
      {"off the shelf", reply_text("off_shelf"), 200, ErrorCode::sold_out},
      {"another price", R"({"success":false,"resultCode":"3999","resultMessage":"商品价格已变化"})", 200,
       ErrorCode::price_changed},
      {"too many calls", R"({"success":false,"resultCode":"2010"})", 200, ErrorCode::quota},
      {"too low a balance", R"({"success":false,"resultCode":"3017"})", 200, ErrorCode::rejected},
  }));
  CAPTURE(c.why);
  ScriptedGateways gateways;
  gateways.previews();
  gateways.answers(submit_api, c.body, c.status);
  check_error(gateways.adapter().place_purchase(request), c.code, submit_api);
}

TEST_CASE("an order of JD that never went out may be repeated, one that timed out is looked up", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.previews();
  gateways.fails(submit_api, ErrorCode::retry_later);
  check_error(gateways.adapter().place_purchase(request), ErrorCode::retry_later);
  gateways.previews();
  gateways.fails(submit_api, ErrorCode::outcome_unknown);
  check_error(gateways.adapter().place_purchase(request), ErrorCode::outcome_unknown);
  CHECK(gateways.adapter().repeat_is_safe());
}

TEST_CASE("a repeated purchase is the order that is there, as it is now", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.previews();
  gateways.answers(submit_api, reply_text("submitted_again"));
  gateways.answers(order_api, confirmed());
  const auto orders = gateways.adapter().place_purchase(request);
  REQUIRE(orders);
  REQUIRE(orders->size() == 1);
  CHECK(orders->front().upstream_order_id == an_order);
  CHECK(orders->front().state == UpstreamState::paid);

  gateways.previews();
  gateways.answers(submit_api, reply_text("submitted_again"));
  PurchaseRequest more = request;
  more.items[0].quantity = 3;
  check_error(gateways.adapter().place_purchase(more), ErrorCode::rejected, an_order.value);

  gateways.previews();
  gateways.answers(submit_api, reply_text("submitted_again"));
  gateways.fails(order_api, ErrorCode::quota);
  check_error(gateways.adapter().place_purchase(request), ErrorCode::outcome_unknown, an_order.value);
}

TEST_CASE("our key finds JD's order, and none only when JD says so", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.answers(find_api, reply_text("found"));
  gateways.answers(order_api, reserved());
  const auto found = gateways.adapter().find_purchase({"pur_example"});
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  CHECK(found->front().upstream_order_id == an_order);
  CHECK(gateways.sent(0, "thirdOrder") == "pur_example");
  CHECK(gateways.sent(1, "jdOrderId") == an_order.value);

  gateways.answers(find_api, reply_text("found_none"));
  CHECK(gateways.adapter().find_purchase({"pur_none"})->empty());
  gateways.fails(find_api, ErrorCode::outcome_unknown);
  check_error(gateways.adapter().find_purchase({"pur_example"}), ErrorCode::retry_later);
  gateways.answers(find_api, reply_text("found"));
  gateways.fails(order_api, ErrorCode::outcome_unknown);
  check_error(gateways.adapter().find_purchase({"pur_example"}), ErrorCode::retry_later);
  gateways.answers(find_api, R"({"success":true,"result":{}})");
  check_error(gateways.adapter().find_purchase({"pur_example"}), ErrorCode::bad_reply);
}

TEST_CASE("JD's payment that is not confirmed is settled by reading the order", "[marketplace]") {
  struct Case {
    const char* why;
    std::string answer;
    std::string order;
    std::optional<ErrorCode> code;  // absent: paid
    size_t calls;
  };
  const Case c = GENERATE_COPY(values<Case>({
      {"confirmed", reply_text("confirmed"), "", {}, 1},
      {"confirmed before", reply_text("confirmed_before"), "", {}, 1},
      {"unclear, but confirmed", "<html>", confirmed(), {}, 2},
      {"unclear, and not", "<html>", reserved(), ErrorCode::outcome_unknown, 2},
      {"unclear, and unreadable", "<html>", "<html>", ErrorCode::outcome_unknown, 2},
      {"too low a balance", R"({"success":false,"resultCode":"3017"})", reserved(), ErrorCode::rejected, 2},
      {"cancelled", R"({"success":false,"resultCode":"3203"})", cancelled_unpaid(), ErrorCode::rejected, 2},
      {"no such order", no_such_order(), "", ErrorCode::not_found, 1},
      {"too many calls", R"({"success":false,"resultCode":"2010"})", "", ErrorCode::quota, 1},
  }));
  CAPTURE(c.why);
  ScriptedGateways gateways;
  gateways.answers(confirm_api, c.answer);
  gateways.answers(order_api, c.order);
  const auto paid = gateways.adapter().pay_order(an_order);
  CHECK(gateways.seen.size() == c.calls);
  if (c.code)
    check_error(paid, *c.code);
  else
    CHECK(paid);
}

TEST_CASE("an order of JD is cancelled while it is unpaid only", "[marketplace]") {
  struct Case {
    const char* why;
    std::string before;
    std::string answer;
    std::string after;
    std::optional<ErrorCode> code;
    size_t calls;
  };
  const std::string refusal = R"({"success":false,"resultCode":"3999","resultMessage":"不行"})";
  const Case c = GENERATE_COPY(values<Case>({
      {"cancelled", reserved(), reply_text("cancelled"), "", {}, 2},
      {"cancelled meanwhile", reserved(), reply_text("cancelled_before"), "", {}, 2},
      {"cancelled before", cancelled_unpaid(), "", "", {}, 1},
      {"paid before", confirmed(), "", "", ErrorCode::rejected, 1},
      {"refused", reserved(), refusal, reserved(), ErrorCode::rejected, 3},
      {"unclear, but cancelled", reserved(), "<html>", cancelled_unpaid(), {}, 3},
      {"unclear", reserved(), "<html>", reserved(), ErrorCode::outcome_unknown, 3},
      {"no such order", no_such_order(), "", "", ErrorCode::not_found, 1},
      {"too many calls", reserved(), R"({"success":false,"resultCode":"2010"})", "", ErrorCode::quota, 2},
  }));
  CAPTURE(c.why);
  ScriptedGateways gateways;
  gateways.answers(order_api, c.before);
  gateways.answers(cancel_api, c.answer);
  gateways.answers(order_api, c.after);
  const auto cancelled = gateways.adapter().cancel_order(an_order);
  CHECK(gateways.seen.size() == c.calls);
  if (c.code)
    check_error(cancelled, *c.code);
  else
    CHECK(cancelled);
}

TEST_CASE("a paid order of JD goes back while JD has not begun with it, later a person must ask", "[marketplace]") {
  struct Case {
    const char* why;
    std::string before;
    std::string answer;
    std::string after;
    std::optional<ErrorCode> code;
    size_t calls;
  };
  const Case c = GENERATE_COPY(values<Case>({
      {"taken back", confirmed(), reply_text("cancelled"), "", {}, 2},
      {"JD works on it", confirmed(), reply_text("cancel_too_late"), confirmed(), ErrorCode::rejected, 3},
      {"unclear, but taken back", confirmed(), "<html>", order_that("orderState", "0"), {}, 3},
      {"unclear", confirmed(), "<html>", confirmed(), ErrorCode::outcome_unknown, 3},
      {"on its way", paid_and("jdOrderState", "16"), "", "", ErrorCode::rejected, 1},
      {"received", paid_and("jdOrderState", "19"), "", "", ErrorCode::rejected, 1},
      {"coming back already", paid_and("jdOrderState", "17"), "", "", {}, 1},
      {"unpaid", reserved(), "", "", ErrorCode::rejected, 1},
      {"cancelled unpaid", cancelled_unpaid(), "", "", ErrorCode::rejected, 1},
      {"no such order", no_such_order(), "", "", ErrorCode::not_found, 1},
      {"unreadable", "<html>", "", "", ErrorCode::retry_later, 1},
  }));
  CAPTURE(c.why);
  ScriptedGateways gateways;
  gateways.answers(order_api, c.before);
  gateways.answers(cancel_api, c.answer);
  gateways.answers(order_api, c.after);
  const auto asked = gateways.adapter().request_refund(an_order);
  CHECK(gateways.seen.size() == c.calls);
  if (c.code)
    check_error(asked, *c.code);
  else
    CHECK(asked);
}

TEST_CASE("a split order is followed by its children, and their waybills are told as they come", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.answers(order_api, reply_text("order_split"));
  gateways.answers(track_api, reply_text("track"));
  const auto order = gateways.adapter().read_order(an_order);
  REQUIRE(order);
  CHECK(order->upstream_order_id == an_order);
  CHECK(order->state == UpstreamState::paid);
  REQUIRE(order->shipments.size() == 1);
  CHECK(order->shipments[0].tracking_number.value == "JDVA00112233445");
  CHECK(gateways.apis() == Texts{order_api, track_api});
  CHECK(gateways.sent(0, "queryExts") == "jdOrderState");
  CHECK(gateways.sent(1, "jdOrderId") == "70612405692");
  CHECK(gateways.sent(1, "waybillCode") == "1");

  gateways.answers(order_api, reply_text("order_split"));
  gateways.answers(track_api, no_such_order());
  CHECK(gateways.adapter().read_order(an_order)->shipments.empty());
  gateways.answers(order_api, reply_text("order_split"));
  gateways.answers(track_api, "", 503);
  check_error(gateways.adapter().read_order(an_order), ErrorCode::retry_later, track_api);
}

TEST_CASE("no error of JD holds the token or the signature", "[marketplace]") {
  ScriptedGateways gateways;
  gateways.answers(confirm_api, "<html>", 502);
  gateways.fails(order_api, ErrorCode::outcome_unknown);
  const auto paid = gateways.adapter().pay_order(an_order);
  REQUIRE_FALSE(paid);
  CHECK(paid.error().context.find("a-token") == std::string::npos);
  gateways.answers(union_api, "<html>");
  CHECK(gateways.adapter().search({"x", 1}).error().context.find("signed:") == std::string::npos);
}

}  // namespace sampan::jd
