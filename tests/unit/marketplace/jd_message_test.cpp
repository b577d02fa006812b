// What VOP tells without being asked for it by name: messages, its token, and the table of all replies.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/jd/message.hpp"
#include "shared/marketplace/jd/parse_reply.hpp"
#include "shared/marketplace/jd/token.hpp"
#include "tests/unit/marketplace/jd_replies.hpp"

namespace sampan::jd {

TEST_CASE("messages are read by their type, one of a new type is kept", "[marketplace]") {
  const auto messages = parse_messages(json_of(reply_text("messages")));
  REQUIRE(messages);
  std::vector<std::string> kinds;
  for (const Message& each : *messages) kinds.emplace_back(word(each.kind));
  CHECK(kinds == std::vector<std::string>{"order_split", "price_changed", "taken_off_shelf", "delivered", "refused",
                                          "order_cancelled", "product_changed", "unknown"});
  CHECK((*messages)[0].message_id == "3612991444");
  CHECK((*messages)[0].orders == std::vector<UpstreamOrderId>{{"71411883073"}});
  CHECK(text((*messages)[0].sent_at) == "2026-11-24T10:08:01.000Z");
  CHECK((*messages)[1].products == std::vector<ProductId>{{"100012043978"}});
  CHECK(json_text((*messages)[7].details) == R"({"something":"new","n":7})");
  CHECK(parse_messages(json_of(R"({"success":true,"result":[]})"))->empty());
  CHECK(parse_messages(json_of(R"({"success":true,"result":null})"))->empty());
  check_error(parse_messages(json_of(reply_with("messages", "3612991444", "null"))), ErrorCode::bad_reply, "/id");
  check_error(parse_messages(json_of(reply_with("messages", "2026-11-24 18:08:01", ""))), ErrorCode::bad_reply,
              "/time");
  CHECK(messages_call({1, 5}).parameters[0].value == "1,5");
  CHECK(delete_messages_call({"7", "8"}).parameters[0].value == "7,8");
}

TEST_CASE("a token ends when JD says", "[marketplace]") {
  const auto token = parse_token(json_of(reply_text("token")));
  REQUIRE(token);
  CHECK(token->access_token == "N00example");
  CHECK(token->refresh_token == "A00example");
  CHECK(token->expires_at == Instant{1'795'507'200'000} + days(1));
  CHECK(token->refresh_expires_at.ms == 1'811'059'200'000);
  check_error(parse_token(json_of(reply_text("token_expired"))), ErrorCode::auth, "2007");
  check_error(parse_token(json_of(reply_with("token", "86400", "9000000000000000"))), ErrorCode::bad_reply,
              "/result/expires_in");
  check_error(parse_token(json_of(reply_with("token", "N00example", ""))), ErrorCode::bad_reply, "/access_token");
}

TEST_CASE("a token is asked for with a signature, never with the secret", "[marketplace]") {
  const VopTokenRequest asked{"2026-11-24 16:00:00", "client", "示例", "0cc1", "access_token", ""};
  const HttpRequest request = token_request(asked, "ABCD");
  CHECK(request.path == "/oauth2/accessToken");
  const auto form = parse_form(request.body);
  CHECK(field_of(form, "username") == "示例");
  CHECK(field_of(form, "password") == "0cc1");
  CHECK(field_of(form, "sign") == "ABCD");
  CHECK(field_of(form, "client_secret").empty());
  const HttpRequest renewal = refresh_request("A00example", "client", "s3cret");
  CHECK(renewal.path == "/oauth2/refreshToken");
  CHECK(field_of(parse_form(renewal.body), "refresh_token") == "A00example");
}

TEST_CASE("a reply is read by the name of its API, or by its shape", "[marketplace]") {
  struct Case {
    const char* api;
    const char* reply;
    const char* begins;
  };
  const Case c = GENERATE(values<Case>({
      {"jd.union.open.goods.query", "union_goods", R"({"products":[{"key":{"marketplace":"jd")"},
      {"jd.union.open.statistics.giftcoupon.query", "union_gift_coupon",
       R"([{"key":"9f622b45acaff312","title":"礼金","denomination":{"minor":100,"currency":"CNY"},"pieces":20)"},
      {"oauth2/accessToken", "token", R"({"access_token":"N00example")"},
      {"search/search", "pool_search", R"({"products":[{"product_id":"100012043978")"},
      {"message/get", "messages", R"([{"message_id":"3612991444","type":1,"kind":"order_split")"},
      {"product/getDetail", "detail", R"({"sku_id":"100012043978","title":"示例)"},
      {"product/getSimilarSku", "variants", R"([{"sku_id":"100012043978","options":[{"name":"颜色")"},
      {"product/skuState", "states", R"([{"sku_id":"100012043978","is_on_sale":true})"},
      {"product/checkAreaLimit", "area_limits", R"([{"sku_id":"100012043978","is_restricted":false})"},
      {"price/getSellPrice", "prices", R"([{"sku_id":"100012043978","price":{"ten_thousandths":599000})"},
      {"stock/getNewStockById", "stock", R"([{"sku_id":"100012043978","area":"19_1607_3639_0","stock_state":33)"},
      {"order/getFreight", "freight", R"({"whole":{"minor":600,"currency":"CNY"})"},
      {"order/submitOrder", "submitted", R"({"order":{"upstream_order_id":"71411883073","state":"awaiting_payment")"},
      {"order/submitOrder", "submitted_again", R"({"order":{"upstream_order_id":"71411883073")"},
      {"order/selectJdOrder", "order", R"({"order":{"upstream_order_id":"71411883073")"},
      {"order/selectJdOrder", "order_split", R"({"order":{"upstream_order_id":"71411883073","state":"paid")"},
      {"order/orderTrack", "track", R"({"upstream_order_id":"70612405692","steps":[{"at":"2026-11-24T01:42:19.000Z")"},
      {"order/cancel", "cancelled", R"({"done":true})"},
      {"order/cancel", "cancelled_before", R"({"done":true})"},
      {"order/confirmOrder", "confirmed", R"({"done":true})"},
      {"order/confirmOrder", "confirmed_before", R"({"done":true})"},
      {"order/selectJdOrderIdByThirdOrder", "found", R"({"upstream_order_id":"71411883073"})"},
      {"product/skuImage", "pictures", R"({"100012043978":["https://img13.360buyimg.com/n1/jfs/t1/101/cup.jpg")"},
  }));
  CAPTURE(c.api, c.reply);
  const auto by_name = parse_reply(c.api, json_of(reply_text(c.reply)));
  REQUIRE(by_name);
  CAPTURE(*by_name);
  CHECK(by_name->substr(0, std::string_view(c.begins).size()) == c.begins);
  const auto by_shape = parse_reply("", json_of(reply_text(c.reply)));
  REQUIRE(by_shape);
  CHECK(*by_shape == *by_name);
}

TEST_CASE("an API may be named with its path before it", "[marketplace]") {
  CHECK(*parse_reply("/api/order/cancel", json_of(reply_text("cancelled"))) == R"({"done":true})");
  CHECK(*parse_reply("api/order/cancel", json_of(reply_text("cancelled"))) == R"({"done":true})");
}

TEST_CASE("a reply that says no is its error, whether its API is named or not", "[marketplace]") {
  check_error(parse_reply("", json_of(reply_text("jos_error"))), ErrorCode::auth, "12");
  check_error(parse_reply("", json_of(reply_text("off_shelf"))), ErrorCode::sold_out);
  check_error(parse_reply("", json_of(reply_text("found_none"))), ErrorCode::not_found);
  check_error(parse_reply("", json_of(reply_text("service_error"))), ErrorCode::retry_later);
  check_error(parse_reply("product/getDetail", json_of(reply_text("service_error"))), ErrorCode::retry_later);
  check_error(parse_reply("order/submitOrder", json_of(reply_text("service_error"))), ErrorCode::outcome_unknown);
  check_error(parse_reply("", json_of(R"({"success":true,"result":[]})")), ErrorCode::bad_input);
  check_error(parse_reply("order/doPay", json_of(reply_text("confirmed"))), ErrorCode::bad_input, "order/doPay");
}

}  // namespace sampan::jd
