#include "shared/protocol/client.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/protocol/calls.hpp"
#include "shared/protocol/dispatch.hpp"
#include "shared/protocol/endpoints.hpp"
#include "tests/story/teller.hpp"

namespace sampan::story {
namespace {

// A storefront and a shop without a wire between them.
struct Storefront {
  Teller teller;
  Dispatch dispatch{teller.world.shop(),
                    teller.world.shop().database,
                    [](std::string_view text) { return std::to_string(std::hash<std::string_view>{}(text)); },
                    [] { return "token"; },
                    [this] { return teller.world.now(); },
                    {}};
  std::string cookie;
  int keys = 0;

  template <class Command, class Reply>
  Result<Reply> call(const Call<Command, Reply>& row, const Command& command) {
    HttpRequest request = request_of(row, command, "key-" + std::to_string(++keys));
    if (!cookie.empty()) request.fields.push_back({"Cookie", cookie});
    const HttpReply reply = answer(dispatch, request);
    if (const auto set = field_of(reply.fields, "Set-Cookie"); !set.empty()) cookie = set.substr(0, set.find(';'));
    return reply_of(row, reply);
  }
};

}  // namespace

TEST_CASE("a storefront orders by the rows of the table alone", "[protocol]") {
  Storefront shop;
  shop.teller.finds_and_quotes();  // the shop has rates, and a cart of another visit
  const auto found = shop.call(calls::search_products, {MarketplaceName::alibaba1688, "汉服 女 + &", std::nullopt});
  REQUIRE(found);
  CHECK(shop.call(calls::search_products, {MarketplaceName::alibaba1688, "汉服", 1})->total > 0);
  const auto reading = shop.call(calls::read_product, dress);
  REQUIRE(reading);
  CHECK(reading->product.key == dress);

  const auto cart = shop.call(calls::add_to_cart, {CartId{}, dress, reading->product.skus[0].sku_id, 2, {}});
  REQUIRE(cart);
  CHECK(shop.call(calls::show_cart, {})->cart_id == cart->cart_id);
  const auto quote = shop.call(calls::quote_cart, {cart->cart_id, "DE", "10969", currency("EUR")});
  REQUIRE(quote);
  const Recipient home{"Anna", "anna@example.com", "+4930123456", "Lindenstr. 5", "", "Berlin", "", "10969", "DE"};
  const auto order = shop.call(calls::place_order, {quote->quote_id, home});
  REQUIRE(order);
  const auto view = shop.call(calls::show_order, {order->order_id});
  REQUIRE(view);
  CHECK(view->order.landed.total == quote->landed.total);
  CHECK(shop.call(calls::show_orders, {})->orders.size() == 1);
  CHECK(shop.call(calls::cancel_order, {order->order_id}));
}

TEST_CASE("a refusal comes to the storefront under the shop's own code", "[protocol]") {
  Storefront shop;
  const auto unknown = shop.call(calls::show_order, {{"ord_1"}});
  REQUIRE_FALSE(unknown);
  CHECK(word(unknown.error().code) == word(ErrorCode::not_found));
  CHECK_FALSE(unknown.error().sentence.empty());
}

TEST_CASE("what a path names cannot leave its place", "[protocol]") {
  const HttpRequest request = request_of(calls::show_order, {{"a/../b?c=d e"}});
  CHECK(request.path == "/v1/orders/a%2F..%2Fb%3Fc%3Dd%20e");
  CHECK(request.query.empty());
}

TEST_CASE("what is no answer of a shop is told from one", "[protocol]") {
  struct Case {
    const char* what;
    HttpReply reply;
    ErrorCode code;
  };
  const Case c = GENERATE(values<Case>({
      {"a page of something in between", {200, {}, "<html>"}, ErrorCode::bad_reply},
      {"another value", {200, {}, R"({"order":1})"}, ErrorCode::bad_reply},
      {"a gateway's failure", {502, {}, "<html>"}, ErrorCode::retry_later},
      {"a status that nobody knows", {302, {}, ""}, ErrorCode::bad_reply},
      {"our own words", {503, {}, R"({"code":"quota","detail":"Wait."})"}, ErrorCode::quota},
  }));
  CAPTURE(c.what);
  const auto value = reply_of(calls::place_order, c.reply);
  REQUIRE_FALSE(value);
  CHECK(word(value.error().code) == word(c.code));
}

TEST_CASE("every row fills its path from its command", "[protocol]") {
  for (const Endpoint& row : endpoints()) {
    CAPTURE(row.name);
    Json command;
    command.kind = JsonKind::object;
    for (const char* const name :
         {"marketplace", "product_id", "cart_line_id", "order_id", "payment_id", "purchase_id"}) {
      Json value;
      value.kind = JsonKind::string;
      value.text = "x";
      command.members.push_back({name, value});
    }
    const HttpRequest request = request_of({row.method, row.path}, command, {});
    CHECK(request.path.find_first_of("{}") == std::string::npos);
    CHECK(request.path.find("//") == std::string::npos);
    CHECK(request.path.back() != '/');
  }
}

}  // namespace sampan::story
