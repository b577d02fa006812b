// The simulated Taobao's answers have the shapes that the real gateways were recorded with; who may call them, and what they
// refuse.
#include <catch2/generators/catch_generators.hpp>

#include "proxy/sandbox/wire_json.hpp"
#include "shared/marketplace/taobao/errors.hpp"
#include "tests/unit/sandbox/iop_desk.hpp"
#include "tests/unit/sandbox/shape_desk.hpp"

namespace sampan {
namespace {

using namespace iop_desk;
using shape_desk::check_shape;

const Fields cup_by_id = {{"item_id", "600000000001"}};

std::string code_of(const Json& answer) { return said(answer, "/code"); }
std::string top_code_of(const Json& answer) { return said(answer, "/error_response/code"); }

std::vector<Parameter> changed(std::vector<Parameter> parameters, const std::string& key, const std::string& value) {
  for (Parameter& parameter : parameters)
    if (parameter.key == key) parameter.value = value;
  return parameters;
}

}  // namespace

TEST_CASE("a product is told in Taobao Global's shape", "[sandbox]") {
  Desk desk;
  for (const char* id : {"600000000001", "600000000002", "600000000003", "600000000004"})
    check_shape("iop.product.get", desk.call("/product/get", {{"item_id", id}}));
}

TEST_CASE("every product of the demo's Taobao is told in its shapes, and can be rendered", "[sandbox]") {
  Desk desk;
  desk.open(SAMPAN_SOURCE_ROOT "/assets/demo");
  std::vector<std::string> ids;
  for (int page = 1; page <= 15; ++page) {
    const Json found =
        desk.call("/traffic/item/search", {{"keyword", " "}, {"page_no", std::to_string(page)}, {"language", "en"}});
    for (const Json& row : at(found, "/data/data").items) ids.push_back(said(row, "/item_id"));
  }
  CHECK(ids.size() == 285);
  for (const std::string& id : ids) {
    const Json product = desk.call("/product/get", {{"item_id", id}});
    check_shape("iop.product.get", product);
    const Json rendered = desk.render({{said(product, "/data/mp_id"), said(product, "/data/sku_list/0/mp_skuId"),
                                        std::stoll(said(product, "/data/begin_amount"))}});
    INFO(json_text(rendered));
    const std::string refused = said(rendered, "/result/data/unavailable_sku_list/0/error_code");
    CHECK((refused == "SKU_STOCK_NOT_ENOUGH" || said(rendered, "/result/data/total_real_pay_price/amount").size() > 1));
    check_shape("top.tbk.item.info.get", desk.call_top("taobao.tbk.item.info.get", {{"num_iids", id}}));
  }
}

TEST_CASE("an order is answered in Taobao Global's shape, and so is its refusal", "[sandbox]") {
  Desk desk;
  check_shape("iop.purchase.order.create", desk.create({white_cup, blue_cup}, "pur_1"));
  check_shape("iop.purchase.order.create", desk.create({hourglass}, "pur_2"));
  for (const Line& line : {Line{blue_cup.mp_id, blue_cup.mp_sku_id, 4}, Line{white_cup.mp_id, white_cup.mp_sku_id, 1},
                           Line{white_cup.mp_id, "3399", 2}, Line{"2048600000000099", "3371", 2}})
    check_shape("iop.purchase.order.create.refused", desk.create({line}, "pur_3"));
  CHECK(said(desk.create({{blue_cup.mp_id, blue_cup.mp_sku_id, 4}}, "pur_3"), "/error_code") == "SKU_STOCK_NOT_ENOUGH");
}

TEST_CASE("a basket is rendered with each line's price and the seller's freight", "[sandbox]") {
  Desk desk;
  const Json rendered = desk.render({white_cup, hourglass, white_cup});
  CHECK(said(rendered, "/result/data/total_real_pay_price/amount") == "16880");
  const Json seller = at(rendered, "/result/data/render_item_list/0");
  CHECK(said(seller, "/mainland_shipping_fee/amount") == "1400");
  CHECK(said(seller, "/item_price_infos/0/quantity") == "4");
  CHECK(said(seller, "/item_price_infos/0/discount_price/amount") == "3960");
  CHECK(said(seller, "/item_price_infos/1/item_id") == hourglass.mp_id);
  CHECK(said(seller, "/item_price_infos/1/discount_price/amount") == "11520");
}

TEST_CASE("a basket that cannot be bought is rendered with the line that is in the way", "[sandbox]") {
  Desk desk;
  const Json rendered = desk.render({white_cup, {blue_cup.mp_id, blue_cup.mp_sku_id, 4}});
  const Json row = at(rendered, "/result/data/unavailable_sku_list/0");
  CHECK(said(row, "/item_id") == blue_cup.mp_id);
  CHECK(said(row, "/sku_id") == blue_cup.mp_sku_id);
  CHECK(said(row, "/error_code") == "SKU_STOCK_NOT_ENOUGH");
  CHECK(said(desk.render({white_cup, {"2048600000000002", "3381", 5}}), "/result/error_code") ==
        "PARAM_SEVERAL_SELLERS");
}

TEST_CASE("Taobao Global's codes mean to the adapter what the market meant", "[sandbox]") {
  for (const RefusalRow& row : refusals) {
    // A change of the operator's, and JD's.
    if (row.refusal == Refusal::no_own_price || row.refusal == Refusal::not_in_pool) continue;
    const IopRefused no = iop_refused(refuse(row.refusal, "600000000001 71").value());
    CAPTURE(no.code);
    CHECK(no.about == "600000000001 71");
    const ErrorCode meant = row.code == ErrorCode::not_a_lot ? ErrorCode::below_moq : row.code;
    CHECK(word(taobao::business_error_code(no.code, {})) == word(meant));
  }
}

TEST_CASE("the affiliate's calls are answered in TOP's shapes", "[sandbox]") {
  Desk desk;
  check_shape("top.tbk.dg.material.optional",
              desk.call_top("taobao.tbk.dg.material.optional", {{"q", "wholesale"}, {"adzone_id", "1"}}));
  const Json found = desk.call_top("taobao.tbk.item.info.get", {{"num_iids", "600000000001,1,600000000003"}});
  check_shape("top.tbk.item.info.get", found);
  CHECK(at(found, "/tbk_item_info_get_response/results/n_tbk_item").items.size() == 2);
}

TEST_CASE("a call of Taobao Global is let in only by its app, its signature, its token and all that it needs",
          "[sandbox]") {
  IopAccount account;
  account.without_permission = {"/purchase/orders/query"};
  Desk desk(account);
  const auto refused = [&](const HttpRequest& request) {
    const Json answer = desk.answer_of(request);
    check_shape("iop.problem", answer);
    return code_of(answer);
  };
  CHECK(code_of(desk.call("/product/get", cup_by_id)) == "0");
  HttpRequest altered = desk.request("/product/get", cup_by_id);
  altered.body += "1";
  CHECK(refused(altered) == "IncompleteSignature");
  HttpRequest other_path = desk.request("/product/get", cup_by_id);
  other_path.path = "/rest/traffic/item/search";
  CHECK(refused(other_path) == "IncompleteSignature");
  HttpRequest unsigned_call = desk.request("/product/get", cup_by_id);
  unsigned_call.query.resize(unsigned_call.query.find("&sign="));
  CHECK(refused(unsigned_call) == "MissingParameter");
  CHECK(refused(desk.request("/product/get", cup_by_id, "another")) == "IllegalAccessToken");
  CHECK(refused(desk.request("/product/get", cup_by_id, "")) == "MissingAccessToken");
  CHECK(refused(desk.request("/product/get", {})) == "MissingParameter");
  CHECK(refused(desk.request("/no/such/thing", {})) == "InvalidApiPath");
  CHECK(refused(desk.request("/purchase/orders/query", {})) == "InsufficientPermission");
  const HttpRequest early = desk.request("/product/get", cup_by_id);
  desk.wait(iop_timestamp_tolerance);
  CHECK(code_of(desk.answer_of(early)) == "0");
  desk.wait(seconds(1));
  CHECK(refused(early) == "InvalidTimestamp");
  desk.iop_account.app_key = "99";
  CHECK(refused(desk.request("/product/get", cup_by_id)) == "InvalidAppKey");
}

TEST_CASE("Taobao Global takes its parameters from the query, a form or a JSON object", "[sandbox]") {
  Desk desk;
  HttpRequest got = desk.request("/product/get", cup_by_id);
  got.query += "&" + got.body;
  got.body.clear();
  got.method = "GET";
  CHECK(code_of(desk.answer_of(got)) == "0");
  HttpRequest posted = desk.request("/product/get", cup_by_id);
  posted.body = R"({"item_id":"600000000001"})";
  CHECK(code_of(desk.answer_of(posted)) == "0");
  posted.query += "&item_id=600000000001";
  CHECK(code_of(desk.answer_of(posted)) == "0");
  posted.body = R"({"item_id":600000000002})";
  CHECK(code_of(desk.answer_of(posted)) == "IncompleteSignature");
}

TEST_CASE("more calls in a second than Taobao's quota are refused, and let in again later", "[sandbox]") {
  IopAccount account;
  account.calls_per_second = 2;
  Desk desk(account);
  const auto code = [&] {
    return code_of(*parse_json(desk.iop->answer(desk.request("/product/get", cup_by_id)).body));
  };
  CHECK(code() == "0");
  CHECK(code() == "0");
  CHECK(code() == "ApiCallLimit");
  desk.monotonic_ms += 500;
  CHECK(code() == "0");
}

TEST_CASE("a refresh token of Taobao Global gives a token without one, and no other does", "[sandbox]") {
  Desk desk;
  const auto refreshed = [&](const std::string& token) {
    return desk.answer_of(desk.request("/auth/token/refresh", {{"refresh_token", token}}, ""));
  };
  CHECK(said(refreshed(desk.iop_account.refresh_token), "/access_token") == desk.iop_account.access_token);
  const Json refused = refreshed("another");
  check_shape("iop.problem", refused);
  CHECK(code_of(refused) == "IllegalRefreshToken");
}

TEST_CASE("an order of Taobao Global is paid once, followed to its end, and its money asked back", "[sandbox]") {
  Desk desk;
  const std::string order = order_of(desk.create({white_cup, blue_cup}, "pur_1"));
  const auto state = [&] { return said(desk.view(order), "/data/purchase_orders/0/status"); };
  CHECK(state() == "WAIT_BUYER_PAY");
  CHECK(said(desk.pay(order), "/data/will_pay_purchase_order_ids/0") == order);
  CHECK(said(desk.pay(order), "/data/will_pay_purchase_order_ids/0") == order);
  CHECK(state() == "WAIT_SELLER_SEND_GOODS");
  const std::string line =
      said(desk.view(order), "/data/purchase_orders/0/sub_purchase_orders/1/sub_purchase_order_id");
  const Fields by_line = {{"purchase_order_line_id", line}};
  CHECK(at(desk.call("/logistics/detail/get", by_line), "/result/data/pnm_logistics_details").items.empty());
  desk.wait(days(12));
  CHECK(state() == "TRADE_FINISHED");
  CHECK(said(desk.call("/logistics/detail/get", by_line), "/result/data/pnm_logistics_details/0/mail_no").size() > 5);
  CHECK(said(desk.call("/logistics/detail/get", {{"purchase_order_line_id", "7"}}), "/result/error_code") ==
        "PURCHASE_ORDER_NOT_EXIST");
  CHECK(said(desk.cancel(order), "/success") == "true");
  CHECK(said(desk.view(order), "/data/purchase_orders/0/sub_purchase_orders/0/refund_status") == "WAIT_SELLER_AGREE");
  CHECK(state() == "TRADE_FINISHED");
}

TEST_CASE("orders of Taobao Global are listed by their change and by our key, the newest first", "[sandbox]") {
  Desk desk;
  const std::string first = order_of(desk.create({white_cup}, "pur_1"));
  desk.wait(hours(1));
  const std::string second = order_of(desk.create({white_cup}, "pur_2"));
  const auto listed = [&](Fields fields) {
    std::vector<std::string> ids;
    const Json page = desk.call("/purchase/orders/query", fields);
    for (const Json& row : at(page, "/data/purchase_orders").items) ids.push_back(said(row, "/purchase_id"));
    return ids;
  };
  const std::string after_first = std::to_string((small_market::opening + minutes(1)).ms);
  CHECK(listed({}) == std::vector{second, first});
  CHECK(listed({{"outer_purchase_id", "pur_1"}}) == std::vector{first});
  CHECK(listed({{"modify_time_start", after_first}}) == std::vector{second});
  CHECK(listed({{"modify_time_end", after_first}}) == std::vector{first});
  CHECK(listed({{"page_no", "2"}, {"page_size", "1"}}) == std::vector{first});
  CHECK(said(desk.call("/purchase/orders/query", {{"page_size", "51"}}), "/error_code") == "PARAM_ILLEGAL");
}

TEST_CASE("TOP takes each of its three signatures, and none that was altered", "[sandbox]") {
  const auto [name, method] = GENERATE(std::pair{"md5", SignMethod::top_md5}, std::pair{"hmac", SignMethod::top_hmac},
                                       std::pair{"hmac-sha256", SignMethod::top_hmac_sha256});
  CAPTURE(name);
  Desk desk;
  const auto parameters =
      changed(desk.top_parameters("taobao.tbk.item.info.get", {{"num_iids", "600000000001"}}), "sign_method", name);
  HttpRequest request = desk.top_request(parameters, method);
  check_shape("top.tbk.item.info.get", desk.answer_of(request));
  HttpRequest got = request;
  got.method = "GET";
  std::swap(got.query, got.body);
  check_shape("top.tbk.item.info.get", desk.answer_of(got));
  request.body += "0";
  const Json refused = desk.answer_of(request);
  check_shape("top.problem", refused);
  CHECK(top_code_of(refused) == "25");
}

TEST_CASE("TOP tells by its own codes what is wrong with a call", "[sandbox]") {
  Desk desk;
  const auto refused = [&](const std::vector<Parameter>& parameters) {
    const Json answer = desk.answer_of(desk.top_request(parameters, SignMethod::top_hmac_sha256));
    check_shape("top.problem", answer);
    return top_code_of(answer);
  };
  const auto right = desk.top_parameters("taobao.tbk.item.info.get", {{"num_iids", "600000000001"}});
  CHECK(refused(changed(right, "method", "taobao.no.such.thing")) == "22");
  CHECK(refused(changed(right, "method", "")) == "21");
  CHECK(refused(changed(right, "format", "xml")) == "23");
  CHECK(refused(changed(right, "sign_method", "md5")) == "25");
  CHECK(refused(changed(right, "app_key", "99")) == "29");
  CHECK(refused(changed(right, "timestamp", "")) == "30");
  CHECK(refused(changed(right, "timestamp", china_time(desk.world->now() + minutes(11)))) == "31");
  CHECK(refused(changed(right, "v", "1.0")) == "33");
  CHECK(refused(changed(right, "num_iids", "")) == "40");
  auto of_session = right;
  of_session.push_back({"session", "another"});
  CHECK(refused(of_session) == "27");
  TopAccount slow;
  slow.calls_per_second = 1;
  Desk limited({}, slow);
  const HttpRequest request = limited.top_request(right, SignMethod::top_hmac_sha256);
  CHECK(top_code_of(*parse_json(limited.top->answer(request).body)).empty());
  const Json too_many = *parse_json(limited.top->answer(request).body);
  check_shape("top.problem", too_many);
  CHECK(top_code_of(too_many) == "7");
}

}  // namespace sampan
