#include "shared/marketplace/taobao/push.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/taobao/sign_iop.hpp"
#include "shared/marketplace/taobao/token.hpp"
#include "tests/unit/marketplace/taobao_replies.hpp"

namespace sampan::taobao {

TEST_CASE("a push says which order moved and when, in both units of time", "[marketplace]") {
  const auto message = parse_push(reply_text("push_trade"));
  REQUIRE(message);
  CHECK(message->message_type == 0);
  CHECK(message->order_status == "unpaid");
  CHECK(message->orders == std::vector<UpstreamOrderId>{{"1000000000000001"}});
  CHECK(message->products.empty());
  CHECK(message->changed_at == Instant{1'795'507'200'000});
  CHECK(message->sent_at == Instant{1'795'507'200'530});
}

TEST_CASE("a push of a refund, of a product, of an unknown type is kept", "[marketplace]") {
  const auto refund =
      parse_push(R"({"message_type":"10","data":{"reverse_order_id":77,"trade_order_id":5},"timestamp":1})");
  REQUIRE(refund);
  CHECK(refund->reverse_order_id == "77");
  CHECK(refund->orders == std::vector<UpstreamOrderId>{{"5"}});
  const auto product = parse_push(R"({"message_type":3,"data":{"item_id":600000000001},"timestamp":1795507200530})");
  REQUIRE(product);
  CHECK(product->products == std::vector<ProductId>{{"600000000001"}});
  CHECK(product->changed_at == product->sent_at);
  CHECK(parse_push(R"({"message_type":9999,"data":{}})"));
}

TEST_CASE("a push that cannot be read says where", "[marketplace]") {
  struct Case {
    const char* text;
    const char* pointer;
  };
  const Case c = GENERATE(values<Case>({
      {"", "JSON"},
      {"[]", "JSON"},
      {R"({"data":{}})", "/message_type"},
      {R"({"message_type":"trade","data":{}})", "/message_type"},
      {R"({"message_type":0})", "/data"},
  }));
  CAPTURE(c.text);
  check_error(parse_push(c.text), ErrorCode::bad_reply, c.pointer);
}

TEST_CASE("a push is signed over the app key and the body as it came", "[marketplace]") {
  CHECK(iop_push_canonical("12345678", R"({ "message_type": 0 })") == R"(12345678{ "message_type": 0 })");
}

TEST_CASE("a token is renewed by its twin and lives from now on", "[marketplace]") {
  const IopCall refresh = refresh_token_call("50001600example");
  CHECK(refresh.path == "/auth/token/refresh");
  CHECK(refresh.parameters[0].key == "refresh_token");
  CHECK(refresh.parameters[0].value == "50001600example");
  CHECK(create_token_call("0_100_code").parameters[0].key == "code");

  const Instant now{1'795'507'200'000};
  const auto token = parse_token(json_of(reply_text("token")), now);
  REQUIRE(token);
  CHECK(token->access_token == "50000600example");
  CHECK(token->refresh_token == "50001600example");
  CHECK(token->expires_at == now + days(30));
  CHECK(token->refresh_expires_at == now + days(60));
}

TEST_CASE("a lifetime beyond all sense is cut, none has ended", "[marketplace]") {
  const auto expires = [](const std::string& written) {
    const auto token = parse_token(json_of(R"({"access_token":"a","expires_in":)" + written + "}"), Instant{});
    REQUIRE(token);
    return token->expires_at;
  };
  CHECK(expires("null") == Instant{});
  CHECK(expires("-5") == Instant{});
  CHECK(expires("9223372036854775807") == Instant{} + days(3650));
}

TEST_CASE("a reply without a token is none", "[marketplace]") {
  check_error(parse_token(json_of(R"({"code":"0","access_token":""})"), Instant{}), ErrorCode::bad_reply,
              "/access_token");
  check_error(parse_token(json_of("{}"), Instant{}), ErrorCode::bad_reply);
}

}  // namespace sampan::taobao
