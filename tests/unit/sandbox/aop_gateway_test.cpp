// Who may call the simulated 1688, what it refuses, and what its orders do.
#include <catch2/generators/catch_generators.hpp>

#include "proxy/sandbox/struck_call.hpp"
#include "tests/unit/sandbox/aop_desk.hpp"

namespace sampan {
namespace {

using namespace aop_desk;
namespace goods_of = small_market;

std::string error_code(const HttpReply& reply) {
  const auto json = parse_json(reply.body);
  return json ? said(*json, "/error_code") : "not JSON";
}

const Fields list_one = {{"page", "1"}, {"pageSize", "20"}};

}  // namespace

TEST_CASE("every published 1688 signature is accepted, and none that was altered", "[sandbox]") {
  int checked = 0;
  const Json vectors = fixture("signatures.json");
  for (const Json& vector : vectors.find("vectors")->items) {
    if (text_of(vector, "method") != "aop-sha1") continue;
    ++checked;
    CAPTURE(text_of(vector, "id"));
    std::vector<Parameter> sent;
    for (const auto& [key, value] : vector.find("params")->members) sent.push_back({key, value.text});
    const std::string secret = text_of(vector, "secret");
    const std::string path = text_of(vector, "path");
    CHECK(check_aop_signature(sign, secret, path, sent)->code == "gw.SignatureMissing");
    sent.push_back({"_aop_signature", text_of(vector, "signature")});
    CHECK_FALSE(check_aop_signature(sign, secret, path, sent).has_value());
    CHECK(check_aop_signature(sign, secret + "x", path, sent)->code == "gw.SignatureInvalid");
    CHECK(check_aop_signature(sign, secret, path + "x", sent)->code == "gw.SignatureInvalid");
    sent.front().value += "x";
    CHECK(check_aop_signature(sign, secret, path, sent)->code == "gw.SignatureInvalid");
  }
  CHECK(checked == 8);
}

TEST_CASE("a call is let in only by its app, its signature, its token and all that it needs", "[sandbox]") {
  AopAccount account;
  account.without_permission = {"product.freight.estimate"};
  Desk desk(goods_of::quiet_rules(), account);
  const HttpField token{"access_token", account.access_token};
  const auto asked = [&](std::string_view space, std::string_view api, Fields fields) {
    return desk.gateway->answer(desk.request(space, api, std::move(fields)));
  };
  CHECK(asked(trade, "alibaba.trade.getBuyerOrderList", {token}).status == 200);
  CHECK(asked("system", "currentTime", {}).body == "\"20261118190640000+0800\"");

  HttpRequest other_app = desk.request(trade, "alibaba.trade.getBuyerOrderList", {token});
  other_app.path.back() = '9';
  CHECK(error_code(desk.gateway->answer(other_app)) == "403");
  HttpRequest altered = desk.request(trade, "alibaba.trade.getBuyerOrderList", {token});
  altered.body += "&page=2";
  CHECK(error_code(desk.gateway->answer(altered)) == "gw.SignatureInvalid");
  HttpRequest unsigned_call = altered;
  unsigned_call.body = "page=2";
  CHECK(error_code(desk.gateway->answer(unsigned_call)) == "gw.SignatureMissing");

  const int64_t now_ms = desk.world->now().ms;
  CHECK(asked(trade, "alibaba.trade.getBuyerOrderList",
              {token, {"_aop_timestamp", std::to_string(now_ms - minutes(9).ms)}})
            .status == 200);
  CHECK(error_code(asked(trade, "alibaba.trade.getBuyerOrderList",
                         {token, {"_aop_timestamp", std::to_string(now_ms + minutes(11).ms)}})) ==
        "gw.SignatureTimeout");
  CHECK(error_code(asked(trade, "alibaba.trade.noSuchThing", {token})) == "gw.APIUnsupported");
  // The permission is looked at before the parameters.
  CHECK(error_code(asked(goods, "product.freight.estimate", {token})) == "gw.APIACLDecline");
  CHECK(error_code(asked(trade, "alibaba.trade.get.buyerView", {token, {"webSite", "1688"}})) == "gw.ParamMissing");
  const HttpReply no_token = asked(trade, "alibaba.trade.getBuyerOrderList", {});
  CHECK(no_token.status == 401);
  CHECK(error_code(no_token) == "401");
  CHECK(asked(trade, "alibaba.trade.getBuyerOrderList", {{"access_token", "old"}}).status == 401);
}

TEST_CASE("more calls in a second than the quota are refused, and let in again later", "[sandbox]") {
  AopAccount account;
  account.calls_per_second = 3;
  Desk desk(goods_of::quiet_rules(), account);
  const auto time = [&] { return desk.gateway->answer(desk.request("system", "currentTime", {})); };
  for (int i = 0; i < 3; ++i) CHECK(time().status == 200);
  CHECK(error_code(time()) == "gw.QosAppFrequencyLimit");
  desk.monotonic_ms += 334;
  CHECK(time().status == 200);
  CHECK(error_code(time()) == "gw.QosAppFrequencyLimit");
  // Whatever the app asks for, it is the same quota.
  const HttpRequest refresh{"POST", "/openapi/http/1/system.oauth2/getToken/1000000", "", {}, ""};
  CHECK(error_code(desk.gateway->answer(refresh)) == "gw.QosAppFrequencyLimit");
  desk.monotonic_ms += 334;
  CHECK(desk.gateway->answer(refresh).status == 400);
  CHECK(error_code(time()) == "gw.QosAppFrequencyLimit");
}

TEST_CASE("a code becomes tokens once, and a refresh token again and again", "[sandbox]") {
  Desk desk;
  const HttpReply sent_back =
      desk.gateway->answer({"GET",
                            "/oauth/authorize",
                            "client_id=1000000&site=1688&redirect_uri=https%3A%2F%2Fshop.example%2Fback&state=s",
                            {},
                            ""});
  REQUIRE(sent_back.status == 302);
  const std::string location(field_of(sent_back.fields, "Location"));
  const Fields back = parse_form(location.substr(location.find('?') + 1));
  CHECK(field_of(back, "state") == "s");
  const auto get_token = [&](Fields fields) {
    fields.insert(fields.end(), {{"client_id", "1000000"}, {"client_secret", desk.account.app_secret}});
    return desk.gateway->answer({"POST", "/openapi/http/1/system.oauth2/getToken/1000000", "", {}, form_text(fields)});
  };
  const Fields by_code = {{"grant_type", "authorization_code"}, {"code", std::string(field_of(back, "code"))}};
  const HttpReply first = get_token(by_code);
  REQUIRE(first.status == 200);
  CHECK(get_token(by_code).status == 400);
  const Json tokens = *parse_json(first.body);
  const auto may_call = [&](const std::string& token) {
    return desk.gateway->answer(desk.request(trade, "alibaba.trade.getBuyerOrderList", {{"access_token", token}}))
               .status == 200;
  };
  CHECK(may_call(said(tokens, "/access_token")));
  desk.wait(hours(10));
  CHECK_FALSE(may_call(said(tokens, "/access_token")));
  const Fields by_refresh = {{"grant_type", "refresh_token"}, {"refresh_token", said(tokens, "/refresh_token")}};
  for (int i = 0; i < 2; ++i) {
    const HttpReply again = get_token(by_refresh);
    REQUIRE(again.status == 200);
    CHECK(may_call(said(*parse_json(again.body), "/access_token")));
  }
}

TEST_CASE("a preview says fen in its sums and yuan in its lines", "[sandbox]") {
  Desk desk;
  const Json answer = desk.preview({goods_of::white_cup, goods_of::white_cup, goods_of::blue_cup});
  CHECK(said(answer, "/orderPreviewResuslt/0/sumPayment") == "6960");  // 4 × 9.90 + 2 × 12.00 + 2 kg of freight
  CHECK(said(answer, "/orderPreviewResuslt/0/sumCarriage") == "600");
  CHECK(said(answer, "/orderPreviewResuslt/0/sumPaymentNoCarriage") == "6360");
  CHECK(said(answer, "/orderPreviewResuslt/0/cargoList/0/amount") == "39.6");
  CHECK(said(answer, "/orderPreviewResuslt/0/cargoList/0/finalUnitPrice") == "9.9");
  CHECK(said(answer, "/orderPreviewResuslt/0/cargoList/1/amount") == "24");
}

TEST_CASE("what the seller refuses has the platform's code", "[sandbox]") {
  Desk desk;
  struct Case {
    const char* why;
    std::vector<PurchaseItem> items;
    const char* code;
  };
  PurchaseItem unknown = goods_of::white_cup;
  unknown.product_id.value = "699999999999";
  PurchaseItem other_spec = goods_of::white_cup;
  other_spec.order_key = "ffff0000ffff0000ffff0000ffff0001";
  const std::vector<Case> cases = {
      {"three in stock", {goods_of::so_many(goods_of::blue_cup, 4)}, "500_004"},
      {"two at least", {goods_of::so_many(goods_of::white_cup, 1)}, "500_005"},
      {"lots of twelve", {goods_of::so_many(goods_of::hourglass, 13)}, "500_009"},
      {"two sellers", {goods_of::white_cup, goods_of::tee_m}, "500_002"},
      {"no such spec", {other_spec}, "500_003"},
      {"no such product", {unknown}, "404"},
      {"nothing", {}, "400"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.why);
    CHECK(said(desk.preview(c.items), "/errorCode") == c.code);
    CHECK(said(desk.create(c.items, "pur_1"), "/result/code") == c.code);
  }
  CHECK(said(desk.preview({unknown}), "/errorMsg") == "商品[699999999999]不存在");
}

TEST_CASE("a repeated create makes a second order, and the list shows both five seconds later", "[sandbox]") {
  Desk desk;
  const std::string first = order_of(desk.create({goods_of::white_cup}, "pur_1"));
  const std::string second = order_of(desk.create({goods_of::white_cup}, "pur_1"));
  CHECK(first != second);
  const auto list = [&](Fields more) {
    more.insert(more.end(), list_one.begin(), list_one.end());
    return desk.call(trade, "alibaba.trade.getBuyerOrderList", std::move(more));
  };
  desk.wait(milliseconds(4'999));
  CHECK(said(list({}), "/totalRecord") == "0");
  CHECK(said(desk.view(first), "/result/baseInfo/outOrderId") == "pur_1");
  desk.wait(milliseconds(1));
  CHECK(said(list({}), "/totalRecord") == "2");
  CHECK(said(list({{"outOrderId", "pur_1"}}), "/result/0/baseInfo/idOfStr") == second);
  CHECK(said(list({{"outOrderId", "pur_2"}}), "/totalRecord") == "0");
  CHECK(said(list({{"createStartTime", "20261118190640001+0800"}}), "/totalRecord") == "0");
  CHECK(said(list({{"createStartTime", "20261118190640000+0800"}}), "/totalRecord") == "2");
}

TEST_CASE("an order is not closed in its first ten seconds, nor once it is paid", "[sandbox]") {
  Desk desk;
  const std::string order = order_of(desk.create({goods_of::white_cup}, "pur_1"));
  CHECK(said(desk.cancel(order), "/errorCode") == "CLOSE_ORDER_TOO_FAST");
  desk.wait(seconds(10));
  CHECK(said(desk.cancel(order), "/success") == "true");
  CHECK(said(desk.view(order), "/result/baseInfo/status") == "cancel");
  const std::string paid = order_of(desk.create({goods_of::white_cup}, "pur_2"));
  CHECK(said(desk.pay(paid), "/result/result/paySuccess") == "true");
  desk.wait(seconds(10));
  CHECK(said(desk.cancel(paid), "/errorCode") == "ORDER_STATUS_ERROR");
}

TEST_CASE("a paid order is sent, arrives, and its states are 1688's words", "[sandbox]") {
  Desk desk;
  const std::string order = order_of(desk.create({goods_of::white_cup}, "pur_1"));
  const auto status = [&] { return said(desk.view(order), "/result/baseInfo/status"); };
  CHECK(status() == "waitbuyerpay");
  desk.pay(order);
  CHECK(status() == "waitsellersend");
  CHECK(said(desk.view(order), "/result/baseInfo/totalAmount") == "23.8");
  CHECK(said(desk.view(order), "/result/baseInfo/shippingFee") == "4");
  desk.wait(hours(23));
  CHECK(status() == "waitbuyerreceive");
  const Json sent =
      desk.call(logistics, "alibaba.trade.getLogisticsInfos.buyerView", {{"webSite", "1688"}, {"orderId", order}});
  CHECK(said(sent, "/result/0/status") == "TRANSPORT");
  CHECK(said(sent, "/result/0/logisticsBillNo") ==
        said(desk.view(order), "/result/nativeLogistics/logisticsItems/0/logisticsBillNo"));
  desk.wait(days(5));
  CHECK(status() == "confirm_goods");
}

TEST_CASE("a fault strikes one call, and its effect is what its name says", "[sandbox]") {
  struct Case {
    const char* site;
    int32_t status;
    bool takes_effect;
  };
  const Case c = GENERATE(values<Case>({{"refuse", 400, false},
                                        {"time_out_before", 0, false},
                                        {"time_out_after", 0, true},
                                        {"error_500", 500, false},
                                        {"broken_json", 200, true}}));
  CAPTURE(c.site);
  Desk desk;
  desk.plan(R"({"site":")" + std::string(c.site) + R"(","times":1,"about":"alibaba.trade.createCrossOrder"})");
  CHECK(said(desk.preview({goods_of::white_cup}), "/success") == "true");
  const HttpReply struck =
      desk.post(trade, "alibaba.trade.createCrossOrder", Desk::creation({goods_of::white_cup}, "pur_1"));
  CHECK(struck.status == c.status);
  CHECK((parse_json(struck.body).has_value() && struck.status == 200) == false);
  CHECK(desk.world->look([](const Scene& scene) { return scene.alibaba1688.books().orders.size(); }) ==
        (c.takes_effect ? 1U : 0U));
  order_of(desk.create({goods_of::white_cup}, "pur_2"));
  const auto plan = parse_json(desk.control("GET", "/control/fault", "").body);
  REQUIRE(plan);
  CHECK(plan->find("faults")->items.empty());
  for (const Json& site : plan->find("sites")->items)
    CHECK(site.find("struck")->text == (site.find("site")->text == c.site ? "1" : "0"));
}

TEST_CASE("a fault may be about all calls that begin alike, of any gateway", "[sandbox]") {
  Desk desk;
  desk.plan(R"({"site":"refuse","times":1,"about":"POST /v1/*"})");
  int64_t calls = 0;
  const HttpHandler gateway = struck_gateway(*desk.world, [&](const HttpRequest&) {
    ++calls;
    return HttpReply{200, {}, "{}"};
  });
  CHECK(gateway({"GET", "/v1/refunds", "", {}, ""}).status == 200);
  CHECK(gateway({"POST", "/v1/refunds", "", {}, ""}).status == 429);
  CHECK(gateway({"POST", "/v1/refunds", "", {}, ""}).status == 200);
  CHECK(calls == 2);
}

}  // namespace sampan
