// Who may call the simulated JD, and how it says no.
#include <catch2/generators/catch_generators.hpp>

#include "tests/unit/sandbox/jd_desk.hpp"

namespace sampan {
namespace {

using namespace jd_desk;

const std::string thermos = R"({"keyword":"Thermos","pageIndex":1,"pageSize":20})";

std::string code_of(const Json& answer) { return said(answer, "/resultCode"); }
std::string jos_code_of(const Json& answer) { return said(answer, "/error_response/code"); }

Fields with(Fields fields, const std::string& name, const std::string& value) {
  for (HttpField& field : fields)
    if (field.name == name) field.value = value;
  return fields;
}

std::string state_of(Desk& desk, const std::string& order) {
  const Json view = desk.of_order("order/selectJdOrder", order);
  return said(view, "/result/orderState") + said(view, "/result/submitState") + said(view, "/result/state") + "/" +
         said(view, "/result/jdOrderState");
}

}  // namespace

TEST_CASE("JOS answers who signs with the app's secret, and says why it does not", "[sandbox]") {
  Desk desk;
  const Fields good = desk.jos_fields(R"({"goodsReqDTO":)" + thermos + "}");
  CHECK(jos_code_of(desk.jos(good)).empty());

  struct Case {
    const char* why;
    const char* name;
    std::string value;
    const char* code;
  };
  for (const Case& each : {Case{"another app", "app_key", "999", "20"}, Case{"no time", "timestamp", "", "10"},
                           Case{"no time that can be read", "timestamp", "yesterday", "11"},
                           Case{"eleven minutes ago", "timestamp", china_time(desk.real_now - minutes(11)), "11"},
                           Case{"no such method", "method", "jd.union.open.goods.guess", "15"}}) {
    CAPTURE(each.why);
    CHECK(jos_code_of(desk.jos(with(good, each.name, each.value))) == each.code);
  }
  Fields altered = good;
  altered.push_back({"sign", desk.jos_signature(good)});
  altered[4].value = R"({"goodsReqDTO":{"keyword":"lamp"}})";
  CHECK(jos_code_of(desk.posted("/routerjson", altered)) == "12");
  CHECK(jos_code_of(desk.posted("/routerjson", good)) == "12");
}

TEST_CASE("what is sent to JOS is signed, the parameters that may be left out too", "[sandbox]") {
  Desk desk;
  Fields fields = desk.jos_fields(R"({"goodsReqDTO":)" + thermos + "}");
  fields.push_back({"format", "json"});
  fields.push_back({"sign_method", "md5"});
  CHECK(jos_code_of(desk.jos(fields)).empty());
}

TEST_CASE("the union finds a group of SKUs by words and each of them by its number", "[sandbox]") {
  Desk desk;
  const auto found = [&](const std::string& goods) {
    return *parse_json(said(desk.union_goods(goods), "/jd_union_open_goods_query_responce/queryResult"));
  };
  CHECK(said(found(thermos), "/totalCount") == "1");
  CHECK(said(found(thermos), "/data/0/skuId") == white);
  CHECK(said(found(R"({"skuIds":[)" + black + "," + lamp + R"(],"pageIndex":1,"pageSize":20})"), "/data/0/skuId") ==
        black);
  CHECK(said(found(R"({"skuIds":[1],"pageIndex":1,"pageSize":1})"), "/totalCount") == "0");
  CHECK(said(found(R"({"keyword":"Thermos","pageIndex":2,"pageSize":20})"), "/data/0").empty());
  for (const char* bad : {R"({"keyword":""})", R"({"keyword":"a","pageSize":31})", R"({"keyword":"a","pageIndex":0})",
                          R"({"skuIds":"1"})"})
    CHECK(said(found(bad), "/code") == "400");
}

TEST_CASE("VOP hands a token to who knows the password and signs for it", "[sandbox]") {
  Desk desk;
  const Fields good = desk.token_fields();
  for (const char* name : {"client_id", "username", "password", "sign"}) {
    CAPTURE(name);
    const Json refused = desk.posted("/oauth2/accessToken", with(good, name, "another"));
    CHECK(said(refused, "/success") == "false");
    CHECK(said(refused, "/resultMessage").rfind("获取token失败", 0) == 0);
  }
  desk.wait(minutes(11));
  CHECK(code_of(desk.posted("/oauth2/accessToken", good)) == "1003");
  const Json made = desk.new_token();
  CHECK(said(made, "/result/expires_in") == "86400");
  CHECK(said(made, "/result/time") == std::to_string(desk.real_now.ms));
}

TEST_CASE("a token of VOP lives a day, ends with the next one, and outlives a restart", "[sandbox]") {
  Desk desk;
  const Fields of_white = {{"sku", white}};
  const auto code_with = [&](const std::string& token) {
    Fields fields = of_white;
    fields.push_back({"token", token});
    return code_of(desk.posted("/api/product/skuState", fields));
  };
  desk.new_token();
  const std::string first = desk.token;
  CHECK(code_with(first) == "0000");
  CHECK(code_of(desk.posted("/api/product/skuState", of_white)) == "2003");
  CHECK(code_with("N00") == "2004");
  CHECK(code_with(first.substr(0, first.size() - 1) + "x") == "2004");
  CHECK(code_with(desk.refresh_token) == "2004");
  desk.wait(seconds(1));
  desk.new_token();
  CHECK(code_with(first) == "2004");
  desk.open();
  CHECK(code_with(desk.token) == "0000");
  desk.wait(seconds(24 * 3600 - 1));
  CHECK(code_with(desk.token) == "0000");
  desk.wait(seconds(1));
  CHECK(code_with(desk.token) == "2007");
}

TEST_CASE("a refresh token of VOP makes a new token for its client, once and for half a year", "[sandbox]") {
  Desk desk;
  desk.new_token();
  const auto refresh = [&](const std::string& token, const std::string& secret) {
    return desk.posted(
        "/oauth2/refreshToken",
        {{"refresh_token", token}, {"client_id", desk.account.vop.client_id}, {"client_secret", secret}});
  };
  const std::string secret = desk.account.vop.client_secret;
  CHECK(code_of(refresh(desk.refresh_token, "another")) == "2001");
  CHECK(code_of(refresh(desk.token, secret)) == "2004");
  desk.wait(seconds(1));
  const Json renewed = refresh(desk.refresh_token, secret);
  CHECK(code_of(renewed) == "0000");
  CHECK(code_of(refresh(desk.refresh_token, secret)) == "2004");
  desk.wait(days(182));
  CHECK(code_of(refresh(said(renewed, "/result/refresh_token"), secret)) == "2007");
}

TEST_CASE("VOP says no by its code: an address, a parameter, too many calls", "[sandbox]") {
  JdAccount account;
  account.vop.calls_per_second = 2;
  account.jos.calls_per_second = 1;
  Desk desk(account);
  desk.new_token();
  CHECK(code_of(desk.call("order/guess", {})) == "1001");
  CHECK(code_of(desk.posted("/oauth2/guess", {})) == "1001");
  CHECK(code_of(desk.call("product/skuState", {})) == "1003");
  CHECK(code_of(desk.call("product/skuState", {{"sku", "one"}})) == "1003");
  CHECK(code_of(desk.call("product/skuState", {{"sku", "1"}})) == "0010");
  CHECK(code_of(desk.call("product/skuState", {{"sku", white + "," + lamp}})) == "0010");

  const auto at_once = [&](const std::string& path, const Fields& fields) {
    return *parse_json(desk.gateway->answer({"POST", path, "", {}, form_text(fields)}).body);
  };
  const Fields state = {{"sku", white}, {"token", desk.token}};
  desk.monotonic_ms += 1000;
  CHECK(code_of(at_once("/api/product/skuState", state)) == "0000");
  CHECK(code_of(at_once("/api/product/skuState", state)) == "0000");
  CHECK(code_of(at_once("/api/product/skuState", state)) == "2010");
  Fields search = desk.jos_fields(R"({"goodsReqDTO":)" + thermos + "}");
  search.push_back({"sign", desk.jos_signature(search)});
  CHECK(jos_code_of(at_once("/routerjson", search)).empty());
  CHECK(jos_code_of(at_once("/routerjson", search)) == "2");
}

TEST_CASE("no API of VOP takes nonsense, and none loses its tongue", "[sandbox]") {
  Desk desk;
  for (const char* nonsense : {"x", "-1", "[]", "{}", "[{}]", R"([{"skuId":"x","num":1}])", R"([{"skuId":1,"num":-1}])",
                               "99999999999999999999", ",", "\xFF", R"([{"skuId":100012043978,"num":9e99}])"})
    for (const std::string& api : desk.gateway->api_names()) {
      if (api == "jd.union.open.goods.query") continue;
      CAPTURE(api, nonsense);
      Fields fields;
      for (const char* name : {"sku", "skuId", "skuIds", "skuNums", "area", "thirdOrder", "jdOrderId", "paymentType",
                               "name", "address", "mobile", "province", "city", "county", "town"})
        fields.push_back({name, nonsense});
      CHECK(said(desk.call(api, fields), "/success") == "false");
    }
}

TEST_CASE("VOP's stock is told by the number that is asked for", "[sandbox]") {
  struct Case {
    const char* why;
    const std::string& sku;
    int64_t asked;
    const char* state;
    const char* remaining;
  };
  const Case c = GENERATE(values<Case>({
      {"few are asked for: the stock itself", white, 1, "33", "40"},
      {"all that there are", white, 40, "33", "40"},
      {"one more than there are", white, 41, "34", "-1"},
      {"plenty has no number", black, 1, "33", "-1"},
      {"fifty: not told", black, 50, "33", "-1"},
      {"above a hundred, the question is the answer", black, 101, "33", "101"},
      {"a stock that nobody knows is there", pillow, 1, "33", "-1"},
  }));
  CAPTURE(c.why);
  Desk desk;
  const Json answer =
      desk.call("stock/getNewStockById", {{"skuNums", rows(c.sku, c.asked)}, {"area", "19_1607_3639_0"}});
  const Json stock = *parse_json(said(answer, "/result"));
  CHECK(said(stock, "/0/stockStateId") == c.state);
  CHECK(said(stock, "/0/remainNum") == c.remaining);
}

TEST_CASE("an order of VOP is reserved, confirmed from the balance, sent and delivered", "[sandbox]") {
  Desk desk;
  const Json submitted = desk.submit();
  CHECK(code_of(submitted) == "0001");
  CHECK(said(submitted, "/result/orderPrice") == "119.8");
  CHECK(said(submitted, "/result/orderNakedPrice") == "106.02");
  CHECK(said(submitted, "/result/freight") == "6");
  const std::string order = order_of(submitted);
  CHECK(state_of(desk, order) == "100/2");
  CHECK(said(desk.of_order("order/confirmOrder", order), "/result") == "true");
  CHECK(code_of(desk.of_order("order/confirmOrder", order)) == "3103");
  CHECK(state_of(desk, order) == "110/8");
  CHECK(said(desk.of_order("order/orderTrack", order), "/result/waybillCode/0/deliveryOrderId").empty());
  desk.wait(hours(10));
  desk.new_token();
  CHECK(state_of(desk, order) == "110/16");
  CHECK_FALSE(said(desk.of_order("order/orderTrack", order), "/result/waybillCode/0/deliveryOrderId").empty());
  CHECK(code_of(desk.of_order("order/cancel", order)) == "3204");
  desk.wait(days(6));
  desk.new_token();
  CHECK(state_of(desk, order) == "111/19");
}

TEST_CASE("one thirdOrder is one order: a repeat is refused with it, whatever it asks for", "[sandbox]") {
  Desk desk;
  const std::string order = order_of(desk.submit());
  const Json again = desk.call("order/submitOrder", desk.order_fields(black, 1, "61.00", "pur_1"));
  CHECK(code_of(again) == "0008");
  CHECK(said(again, "/success") == "false");
  CHECK(order_of(again) == order);
  CHECK(said(again, "/result/orderPrice") == "119.8");
  CHECK(said(desk.call("order/selectJdOrderIdByThirdOrder", {{"thirdOrder", "pur_1"}}), "/result") == order);
  CHECK(code_of(desk.call("order/selectJdOrderIdByThirdOrder", {{"thirdOrder", "pur_2"}})) == "3401");
}

TEST_CASE("cancelling an order of VOP gives its money back until it is sent", "[sandbox]") {
  Desk desk;
  const std::string unpaid = order_of(desk.submit("pur_1"));
  CHECK(code_of(desk.of_order("order/cancel", unpaid)) == "0002");
  CHECK(code_of(desk.of_order("order/cancel", unpaid)) == "3203");
  CHECK(code_of(desk.of_order("order/confirmOrder", unpaid)) == "3102");
  CHECK(state_of(desk, unpaid) == "000/2");
  const std::string paid = order_of(desk.submit("pur_2"));
  desk.of_order("order/confirmOrder", paid);
  CHECK(code_of(desk.of_order("order/cancel", paid)) == "0002");
  CHECK(state_of(desk, paid) == "010/8");
  const MarketBooks books = desk.world->look([](const Scene& scene) { return scene.markets.jd.books(); });
  CHECK(books.refunded.minor == 12'580);
  CHECK(books.balance == books.deposited);
  CHECK(code_of(desk.of_order("order/cancel", "1")) == "3401");
}

TEST_CASE("VOP refuses what it cannot sell, and nothing is ordered", "[sandbox]") {
  Desk desk;
  const auto refused = [&](const Fields& fields) { return code_of(desk.call("order/submitOrder", fields)); };
  const Fields good = desk.order_fields(white, 2, "59.90", "pur_1");
  CHECK(refused(desk.order_fields(white, 2, "58.00", "pur_1")) == "3999");
  CHECK(refused(desk.order_fields(white, 41, "59.90", "pur_1")) == "3019");
  CHECK(refused(desk.order_fields(lamp, 1, "88.00", "pur_1")) == "0010");
  for (const char* name :
       {"submitState", "invoiceType", "isUseBalance", "province", "mobile", "orderPriceSnap", "sku"}) {
    CAPTURE(name);
    CHECK(refused(with(good, name, "x")) == "1003");
  }
  REQUIRE(desk.world->act([](Scene& scene) { (void)scene.markets.jd.take_off_sale({white}, scene.now); }));
  CHECK(refused(good) == "3004");
  CHECK(desk.world->look([](const Scene& scene) { return scene.markets.jd.books(); }).orders.empty());
}

TEST_CASE("too low a balance confirms no order of VOP", "[sandbox]") {
  Desk desk;
  const std::string order = order_of(desk.call("order/submitOrder", desk.order_fields(white, 20, "59.90", "pur_1")));
  CHECK(code_of(desk.of_order("order/confirmOrder", order)) == "3017");
  CHECK(state_of(desk, order) == "100/2");
}

}  // namespace sampan
