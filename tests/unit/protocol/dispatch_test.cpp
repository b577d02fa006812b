#include "shared/protocol/dispatch.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "shared/protocol/endpoints.hpp"
#include "shared/protocol/openapi.hpp"
#include "shared/usecase/place_order.hpp"
#include "shared/usecase/refresh_rates.hpp"
#include "tests/story/teller.hpp"

namespace sampan::story {
namespace {

// A shop whose protocol is spoken to; tokens and digests need not be secret here.
struct Desk {
  Teller teller;
  int tokens = 0;
  Dispatch dispatch{teller.world.shop(),
                    teller.world.shop().database,
                    [](std::string_view text) { return std::to_string(std::hash<std::string_view>{}(text)); },
                    [this] { return "token-" + std::to_string(++tokens); },
                    [this] { return teller.world.now(); },
                    "the operator's"};
  std::string cookie;

  HttpReply send(const std::string& method, const std::string& path, const std::string& body = {},
                 std::vector<HttpField> fields = {}) {
    HttpRequest request{method, path.substr(0, path.find('?')),
                        path.find('?') == std::string::npos ? "" : path.substr(path.find('?') + 1), std::move(fields),
                        body};
    if (!body.empty()) request.fields.push_back({"Content-Type", "application/json"});
    if (!cookie.empty()) request.fields.push_back({"Cookie", "other=1; sampan_session=" + cookie});
    HttpReply reply = answer(dispatch, request);
    const std::string_view set = field_of(reply.fields, "Set-Cookie");
    if (!set.empty()) cookie = std::string(set.substr(15, set.find(';') - 15));
    return reply;
  }

  std::string dress_line(int64_t quantity = 2) {
    return to_json(AddToCart{CartId{}, dress, teller.sku(dress), quantity, {}});
  }
};

std::string code_of(const HttpReply& reply) {
  const auto json = parse_json(reply.body);
  REQUIRE(json);
  const Json* const code = json->find("code");
  return code == nullptr ? "" : code->text;
}

std::vector<HttpField> key(const char* value) { return {{"Idempotency-Key", value}}; }

}  // namespace

TEST_CASE("a guest's session begins with the first line in the cart", "[protocol]") {
  Desk desk;
  CHECK(desk.send("GET", "/v1/cart").status == 404);
  const HttpReply added = desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("k1"));
  REQUIRE(added.status == 200);
  CHECK(desk.cookie == "token-1");
  const HttpReply cart = desk.send("GET", "/v1/cart");
  CHECK(cart.status == 200);
  CHECK(cart.body == added.body);
  CHECK(field_of(cart.fields, "Set-Cookie").empty());
}

TEST_CASE("a session is over when its time is", "[protocol]") {
  Desk desk;
  REQUIRE(desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("k1")).status == 200);
  desk.teller.world.pass(days(91));
  CHECK(desk.send("GET", "/v1/cart").status == 404);
}

TEST_CASE("a call with a key is done once, and its answer is kept", "[protocol]") {
  Desk desk;
  REQUIRE(desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("first")).status == 200);
  const HttpReply once = desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("k"));
  const HttpReply again = desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("k"));
  CHECK(again.status == 200);
  CHECK(again.body == once.body);
  const HttpReply other = desk.send("POST", "/v1/cart/lines", desk.dress_line(3), key("k"));
  CHECK(other.status == 409);
  CHECK(code_of(other) == "conflict");
  CHECK(desk.send("POST", "/v1/cart/lines", desk.dress_line()).status == 400);
}

TEST_CASE("a refused call changes nothing, and its key is free", "[protocol]") {
  Desk desk;
  REQUIRE(desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("first")).status == 200);
  const std::string before = desk.send("GET", "/v1/cart").body;
  CHECK(desk.send("POST", "/v1/cart/lines", desk.dress_line(100'000), key("k")).status == 400);
  CHECK(desk.send("GET", "/v1/cart").body == before);
  CHECK(desk.send("POST", "/v1/cart/lines", desk.dress_line(1), key("k")).status == 200);
}

TEST_CASE("the feed begins at its end, or after the event that its follower has seen", "[protocol]") {
  Desk desk;
  REQUIRE(desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("k1")).status == 200);
  REQUIRE(desk.send("POST", "/v1/cart/lines", desk.dress_line(1), key("k2")).status == 200);
  const auto follow = [&](const std::string& query, std::vector<HttpField> fields) {
    fields.push_back({"Cookie", "sampan_session=" + desk.cookie});
    return answer(desk.dispatch, {"GET", "/v1/feed", query, std::move(fields), ""});
  };
  const DispatchReply from_now = follow("", {{"Accept", "text/event-stream"}});
  CHECK(from_now.status == 200);
  CHECK(field_of(from_now.fields, "Content-Type") == "text/event-stream");
  CHECK(field_of(from_now.fields, "Cache-Control") == "no-store");
  CHECK(from_now.body == "retry: 2000\n\nid: 2\n\n");
  REQUIRE(from_now.follows);
  CHECK(from_now.follows->cursor == 2);
  CHECK_FALSE(from_now.follows->shopper_id.is_empty());

  const auto cart = from_json<Cart>(desk.send("GET", "/v1/cart").body);
  REQUIRE(cart);
  const std::string second = "id: 2\nevent: cart\ndata: {\"kind\":\"cart\",\"subject\":\"" + cart->cart_id.value +
                             "\",\"at\":\"" + text(desk.teller.world.now()) + "\"}\n\n";
  CHECK(follow("after=1", {}).body == "retry: 2000\n\n" + second + "id: 2\n\n");
  // A browser comes back to the same address, and says what it has seen since.
  CHECK(follow("after=0", {{"Last-Event-ID", "1"}}).body == follow("after=1", {}).body);
  CHECK(follow("after=0", {}).body.find("id: 1\n") != std::string::npos);

  const DispatchReply page = follow("after=1", {{"Accept", "application/json"}});
  CHECK_FALSE(page.follows);
  CHECK(field_of(page.fields, "Content-Type") == "application/json");
  CHECK(page.body == R"({"changes":[{"kind":"cart","subject":")" + cart->cart_id.value + R"(","at":")" +
                         text(desk.teller.world.now()) + R"("}],"cursor":2,"has_more":false})");
}

TEST_CASE("a stream of what nobody gave or nobody may see does not begin", "[protocol]") {
  Desk desk;
  REQUIRE(desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("k1")).status == 200);
  for (const char* cursor : {"2", "-1", "x", "1x", "99999999999999999999", "%20"}) {
    CAPTURE(cursor);
    const HttpReply refused = desk.send("GET", std::string("/v1/feed?after=") + cursor);
    CHECK(refused.status == 400);
    CHECK(field_of(refused.fields, "Content-Type") == "application/problem+json");
  }
  CHECK(desk.send("GET", "/v1/feed", "", {{"Last-Event-ID", "2"}}).status == 400);
  desk.cookie = "guessed";
  CHECK(desk.send("GET", "/v1/feed").status == 404);
  desk.cookie.clear();
  REQUIRE(desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("k1")).status == 200);
  const std::string seen = desk.send("GET", "/v1/feed?after=0").body;
  CHECK(seen.find("id: 1\n") == std::string::npos);
  CHECK(seen.find("id: 2\nevent: cart\n") != std::string::npos);
}

TEST_CASE("who has missed much reads it page by page before the stream goes on", "[protocol]") {
  Desk desk;
  REQUIRE(desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("k1")).status == 200);
  REQUIRE(desk.teller.world.shop().database.transact([](Transaction& tx) -> Result<void> {
    for (int i = 0; i < 600; ++i) TRY_DO(announce(tx, ChangeKind::order, "ord_1", ShopperId{}, Instant{0}));
    return done();
  }));
  const auto follow = [&](const std::string& after) {
    return answer(desk.dispatch,
                  {"GET", "/v1/feed", "after=" + after, {{"Cookie", "sampan_session=" + desk.cookie}}, ""});
  };
  const DispatchReply first = follow("0");
  CHECK_FALSE(first.follows);
  const std::string cursor = first.body.substr(first.body.rfind("id: ") + 4);
  const DispatchReply second = follow(cursor.substr(0, cursor.find('\n')));
  REQUIRE(second.follows);
  CHECK(second.follows->cursor == 601);
}

TEST_CASE("what is wrong with a call is said with a status, a code and a sentence", "[protocol]") {
  struct Case {
    const char* why;
    const char* method;
    const char* path;
    const char* body;
    int status;
    const char* code;
  };
  const Case c = GENERATE(values<Case>({
      {"no such address", "GET", "/v1/nothing", "", 404, "not_found"},
      {"not even a path", "GET", "", "", 404, "not_found"},
      {"an address of another method", "DELETE", "/v1/orders", "", 405, "bad_input"},
      {"no JSON", "POST", "/v1/quotes", "{", 400, "bad_input"},
      {"a list", "POST", "/v1/quotes", "[]", 400, "bad_input"},
      {"a missing field", "POST", "/v1/quotes", R"({"country":"DE"})", 400, "bad_input"},
      {"a currency that is none", "POST", "/v1/quotes",
       R"({"cart_id":"x","country":"DE","postcode":"1","currency":"EURO"})", 400, "bad_input"},
      {"a cart of nobody", "POST", "/v1/quotes", R"({"cart_id":"x","country":"DE","postcode":"1","currency":"EUR"})",
       404, "not_found"},
      {"an order of nobody", "GET", "/v1/orders/ord_x", "", 404, "not_found"},
      {"an unknown product", "GET", "/v1/products/alibaba1688/1", "", 404, "not_found"},
      {"an unknown marketplace", "GET", "/v1/products/ebay/1", "", 400, "bad_input"},
      {"no words", "GET", "/v1/search?marketplace=alibaba1688&words=", "", 400, "bad_input"},
      {"a page that is no number", "GET", "/v1/search?marketplace=alibaba1688&words=a&page=x", "", 400, "bad_input"},
      {"the operator's act by a shopper", "POST", "/v1/warehouse/shipments", R"({"waybill":"1"})", 404, "not_found"},
  }));
  CAPTURE(c.why);
  Desk desk;
  desk.teller.world.act("rates", [&] { return refresh_rates(desk.teller.world.shop()); });
  REQUIRE(desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("first")).status == 200);
  const HttpReply reply = desk.send(c.method, c.path, c.body);
  CHECK(reply.status == c.status);
  CHECK(code_of(reply) == c.code);
  CHECK(field_of(reply.fields, "Content-Type") == "application/problem+json");
}

TEST_CASE("a body that is not sent as JSON is refused, so that no other site's form can act", "[protocol]") {
  Desk desk;
  const HttpRequest request{
      "POST", "/v1/quotes", "", {{"Content-Type", "text/plain"}, {"Cookie", "sampan_session=x"}}, "{}"};
  CHECK(answer(desk.dispatch, request).status != 200);
}

TEST_CASE("another shopper's things are not found, whatever the call", "[protocol]") {
  Desk desk;
  REQUIRE(desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("k")).status == 200);
  desk.teller.world.act("rates", [&] { return refresh_rates(desk.teller.world.shop()); });
  const auto cart = from_json<Cart>(desk.send("GET", "/v1/cart").body);
  REQUIRE(cart);
  const HttpReply quoted =
      desk.send("POST", "/v1/quotes", to_json(QuoteCart{cart->cart_id, "DE", "10969", currency("EUR")}));
  REQUIRE(quoted.status == 200);
  const auto quote = from_json<Quote>(quoted.body);
  REQUIRE(quote);
  const Recipient home{
      "Anna Schmidt", "anna@example.com", "+4930123456", "Lindenstr. 5", "", "Berlin", "", "10969", "DE"};
  const std::string order_body = to_json(PlaceOrder{quote->quote_id, home});

  const std::string hers = desk.cookie;
  desk.cookie.clear();
  REQUIRE(desk.send("POST", "/v1/cart/lines", desk.dress_line(), key("k")).status == 200);
  REQUIRE(desk.cookie != hers);
  CHECK(desk.send("POST", "/v1/orders", order_body, key("theft")).status == 404);
  CHECK(desk.send("POST", "/v1/quotes", to_json(QuoteCart{cart->cart_id, "DE", "10969", currency("EUR")})).status ==
        404);
  const std::string theirs = desk.cookie;

  desk.cookie = hers;
  const HttpReply placed = desk.send("POST", "/v1/orders", order_body, key("order"));
  REQUIRE(placed.status == 200);
  const std::string order_id = parse_json(placed.body)->find("order_id")->text;
  const auto view = parse_json(desk.send("GET", "/v1/orders/" + order_id).body);
  REQUIRE(view);
  const std::string payment_id = view->find("payments")->items.at(0).find("payment_id")->text;

  desk.cookie = theirs;
  CHECK(desk.send("GET", "/v1/orders/" + order_id).status == 404);
  CHECK(desk.send("POST", "/v1/orders/" + order_id + "/cancel", "", key("c")).status == 404);
  CHECK(desk.send("POST", "/v1/payments/" + payment_id + "/capture").status == 404);
  CHECK(desk.send("GET", "/v1/orders").body == R"({"orders":[]})");
}

TEST_CASE("the operator is who has the operator's token", "[protocol]") {
  Desk desk;
  const auto scan = [&](const char* authorization) {
    return desk.send("POST", "/v1/warehouse/shipments", R"({"waybill":"1"})", {{"Authorization", authorization}});
  };
  const HttpReply known = scan("Bearer the operator's");
  CHECK(known.status == 404);
  CHECK(known.body.find("waybill") != std::string::npos);
  CHECK(scan("Bearer other").body.find("waybill") == std::string::npos);
  CHECK(scan("the operator's").body.find("waybill") == std::string::npos);
  desk.dispatch.operator_token.clear();
  CHECK(scan("Bearer ").body.find("waybill") == std::string::npos);
}

TEST_CASE("the table of endpoints is in order", "[protocol]") {
  std::set<std::string> names;
  std::set<std::string> addresses;
  for (const Endpoint& endpoint : endpoints()) {
    CAPTURE(endpoint.path);
    CHECK(names.insert(std::string(endpoint.name)).second);
    CHECK(addresses.insert(std::string(endpoint.method) + " " + std::string(endpoint.path)).second);
    CHECK(endpoint.sentence.back() == '.');
    CHECK((endpoint.repeat == Repeat::plain || endpoint.method != "GET"));
  }
}

TEST_CASE("the OpenAPI document has every endpoint and every schema that it refers to", "[protocol]") {
  const std::string text = openapi_document("1.2.3");
  const auto document = parse_json(text);
  REQUIRE(document);
  const Json* const paths = document->find("paths");
  REQUIRE(paths != nullptr);
  for (const Endpoint& endpoint : endpoints()) {
    CAPTURE(endpoint.path);
    CHECK(paths->find(endpoint.path) != nullptr);
  }
  const Json* const schemas = document->find("components")->find("schemas");
  REQUIRE(schemas != nullptr);
  constexpr std::string_view mark = "#/components/schemas/";
  for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const std::string name = text.substr(at + mark.size(), text.find('"', at) - at - mark.size());
    CAPTURE(name);
    CHECK(schemas->find(name) != nullptr);
  }
}

TEST_CASE("a marketplace that the operator has no keys for is not offered", "[protocol]") {
  Desk desk;
  desk.teller.world.shop().marketplace = [](MarketplaceName) -> Marketplace* { return nullptr; };
  const HttpReply reply = desk.send("GET", "/v1/products/jd/1");
  CHECK(reply.status == 422);
  CHECK(code_of(reply) == "not_offered");
}

}  // namespace sampan::story
