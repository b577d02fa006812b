#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/taobao/sign_top.hpp"
#include "shared/marketplace/taobao/top_item.hpp"
#include "shared/marketplace/taobao/top_link.hpp"
#include "shared/marketplace/taobao/top_message.hpp"
#include "shared/marketplace/taobao/top_reader.hpp"
#include "shared/marketplace/taobao/top_search.hpp"
#include "shared/marketplace/taobao/top_trade.hpp"
#include "tests/unit/marketplace/taobao_replies.hpp"

namespace sampan::taobao {
namespace {

constexpr Instant now{1'795'507'200'000};  // 2026-11-24 16:00:00 in China

class OneReply {
 public:
  explicit OneReply(Result<HttpReply> reply) : reply_(std::move(reply)) {}
  explicit OneReply(std::string body) : OneReply(HttpReply{200, {}, std::move(body)}) {}

  TaobaoReader reader() {
    return {{"12497914", "110000001"},
            [this](const HttpRequest& request) {
              seen = request;
              return reply_;
            },
            [](const std::vector<Parameter>& parameters) { return "signed:" + top_hmac_canonical(parameters); },
            [] { return now; }};
  }
  HttpRequest seen;

 private:
  Result<HttpReply> reply_;
};

}  // namespace

TEST_CASE("what TOP gets is signed as sent, in China time, and nothing in it is empty", "[marketplace]") {
  OneReply gateway(reply_text("top_materials"));
  REQUIRE(gateway.reader().search({"咖啡 &杯", 2}));
  CHECK(gateway.seen.method == "POST");
  CHECK(gateway.seen.path == "/router/rest");
  std::vector<Parameter> received;
  for (const HttpField& field : parse_form(gateway.seen.body)) {
    CHECK_FALSE(field.value.empty());
    received.push_back({field.name, field.value});
  }
  const auto form = parse_form(gateway.seen.body);
  CHECK(field_of(form, "sign") == "signed:" + top_hmac_canonical(received));
  CHECK(field_of(form, "method") == "taobao.tbk.dg.material.optional");
  CHECK(field_of(form, "timestamp") == "2026-11-24 16:00:00");
  CHECK(field_of(form, "sign_method") == "hmac-sha256");
  CHECK(field_of(form, "format") == "json");
  CHECK(field_of(form, "page_no") == "2");
  CHECK(top_parameters({"m", {{"empty", ""}}}, "k", now).size() == 6);
}

TEST_CASE("a search through TOP lists what has a price, its marks taken off, older and newer rows", "[marketplace]") {
  const auto page = parse_materials(json_of(reply_text("top_materials")));
  REQUIRE(page);
  CHECK(page->total == 7);
  REQUIRE(page->products.size() == 2);
  CHECK(page->products[0].key.product_id.value == "600000000001");
  CHECK(page->products[0].title == "手冲咖啡杯");
  CHECK(page->products[0].picture == "https://img.example/cup_a.jpg");
  CHECK(page->products[0].price_from == price_of_fen(9900));
  CHECK(page->products[0].monthly_sales == 35);
  CHECK(page->products[1].key.product_id.value == "AbC-xYz");
  CHECK(page->products[1].title == "竹茶则");
  CHECK(page->products[1].price_from == price_of_fen(1550));
}

TEST_CASE("a list that is missing is empty, an answer that is none is not", "[marketplace]") {
  const auto none = parse_materials(json_of(R"({"tbk_dg_material_optional_response":{"request_id":"r"}})"));
  REQUIRE(none);
  CHECK(none->products.empty());
  CHECK(none->total == 0);
  check_error(parse_materials(json_of(R"({"tbk_dg_material_optional_response":{}})")), ErrorCode::bad_reply);
  check_error(parse_materials(json_of("{}")), ErrorCode::bad_reply, "_response");
}

TEST_CASE("a light detail is shown, and cannot be bought", "[marketplace]") {
  OneReply gateway(reply_text("top_item_info"));
  const auto reading = gateway.reader().read_product({"600000000001"});
  REQUIRE(reading);
  const Product& product = reading->product;
  CHECK(product.title == "手冲咖啡杯");
  CHECK(product.pictures == std::vector<std::string>{"https://img.example/cup_a.jpg", "https://img.example/cup_b.jpg"});
  CHECK(product.category == std::vector<std::string>{"居家日用", "杯子"});
  CHECK(product.seller_id.value == "118600001");
  CHECK(product.is_on_sale);
  CHECK_FALSE(product.is_buyable);
  REQUIRE(product.skus.size() == 1);
  CHECK(product.skus[0].unit_price == price_of_fen(9900));
  CHECK(product.skus[0].order_key.empty());
  CHECK(stock_of(*reading, product.skus[0].sku_id) == StockLevel{});
}

TEST_CASE("a product without a row is not sold any more", "[marketplace]") {
  OneReply gateway(reply_text("top_item_info"));
  check_error(gateway.reader().read_product({"1"}), ErrorCode::not_found, "1");
}

TEST_CASE("a reader's failures may be repeated, its refusals say whose they are", "[marketplace]") {
  struct Case {
    const char* why;
    Result<HttpReply> reply;
    ErrorCode code;
  };
  const auto body = [](const char* text) { return HttpReply{200, {}, text}; };
  const Case c = GENERATE_COPY(values<Case>({
      {"no answer", fail(ErrorCode::outcome_unknown, "It failed."), ErrorCode::retry_later},
      {"a page", HttpReply{502, {}, "<html>"}, ErrorCode::retry_later},
      {"their fault", body(R"({"error_response":{"code":15,"sub_code":"isp.unknown-error"}})"), ErrorCode::retry_later},
      {"too many calls", body(R"({"error_response":{"code":7,"msg":"x"}})"), ErrorCode::quota},
      {"the signature", body(R"({"error_response":{"code":25,"msg":"x"}})"), ErrorCode::auth},
      {"a parameter", body(R"({"error_response":{"code":41,"msg":"x"}})"), ErrorCode::bad_request},
      {"no shape that is known", body(R"({"a":1})"), ErrorCode::bad_reply},
  }));
  CAPTURE(c.why);
  OneReply gateway(c.reply);
  check_error(gateway.reader().search({"杯", 1}), c.code, "taobao.tbk.dg.material.optional");
}

TEST_CASE("a whole item has its variants, their aliases, pictures and stock", "[marketplace]") {
  const auto reading = parse_item(json_of(reply_text("top_item")), now);
  REQUIRE(reading);
  const Product& product = reading->product;
  CHECK(product.pictures == std::vector<std::string>{"https://img.example/tee_0.jpg", "https://img.example/tee_1.jpg"});
  CHECK(product.weight_grams == 250);
  CHECK(product.is_on_sale);
  CHECK_FALSE(product.is_buyable);
  REQUIRE(product.skus.size() == 2);
  CHECK(product.skus[0].options == std::vector<OptionValue>{{"颜色", "米白"}, {"尺码", "XL"}});
  CHECK(product.skus[1].options == std::vector<OptionValue>{{"颜色", "黑色"}, {"尺码", "M:修身"}});
  CHECK(product.skus[0].picture.empty());
  CHECK(product.skus[1].picture == "https://img.example/black.jpg");
  CHECK(product.skus[1].unit_price == price_of_fen(9850));
  CHECK(reading->stock[0].level == StockLevel{StockKnowledge::number, 25});
  CHECK(reading->stock[1].level == StockLevel{StockKnowledge::number, 0});
  check_error(parse_item(json_of(R"({"item_get_response":{"item":{"num_iid":1}}})"), now), ErrorCode::bad_reply,
              "/item_get_response/item/title");
}

TEST_CASE("a trade is an order in yuan; who bought is not read", "[marketplace]") {
  const auto trade = parse_trade(json_of(reply_text("top_trade")));
  REQUIRE(trade);
  CHECK(trade->order.upstream_order_id.value == "452790000000038");
  CHECK(trade->order.state == UpstreamState::shipped);
  CHECK(trade->order.goods == Money{1380, cny()});
  CHECK(trade->order.freight == Money{600, cny()});
  CHECK(trade->order.items[0].sku_id.value == "8982000001");
  CHECK(trade->order.shipments[0].tracking_number.value == "YT8800112233445");
  CHECK(to_json(*trade).find("示例收货人") == std::string::npos);
  const auto refunding = parse_trade(json_of(reply_with("top_trade", "NO_REFUND", "WAIT_SELLER_AGREE")));
  REQUIRE(refunding);
  CHECK(refunding->order.state == UpstreamState::refunding);
  check_error(parse_trade(json_of(reply_with("top_trade", "\"19.80\"", "\"1.00\""))), ErrorCode::bad_reply, "/payment");
}

TEST_CASE("a message of TOP says which trade moved", "[marketplace]") {
  const auto message = parse_message(json_of(reply_text("top_message")));
  REQUIRE(message);
  CHECK(message->message_id == "4120600000000000001");
  CHECK(message->topic == "taobao_trade_TradeBuyerPay");
  CHECK(message->orders == std::vector<UpstreamOrderId>{{"452790000000038"}});
  CHECK(message->sent_at == now + seconds(3));
  const auto consumed = parse_messages(
      json_of(R"({"tmc_messages_consume_response":{"messages":{"tmc_message":[)" + reply_text("top_message") + "]}}}"));
  REQUIRE(consumed);
  CHECK(consumed->size() == 1);
  CHECK(parse_messages(json_of(R"({"tmc_messages_consume_response":{"request_id":"r"}})"))->empty());
  check_error(parse_message(json_of(reply_with("top_message", "2026-11-24 16:00:03", "yesterday"))),
              ErrorCode::bad_reply, "/pub_time");
  check_error(parse_message(json_of(reply_with("top_message", "{\\\"buyer", "\\\"buyer"))), ErrorCode::bad_reply,
              "/content");
  CHECK(confirm_call({"1", "2"}).parameters[0].value == "1,2");
  CHECK(messages_call("default", 100).parameters[1].value == "100");
}

TEST_CASE("a code of Taobao stands for an opaque material", "[marketplace]") {
  const auto links = parse_resolved_links(json_of(reply_text("top_link")));
  REQUIRE(links);
  REQUIRE(links->size() == 1);
  CHECK((*links)[0].written == "￥wseKeQ8Eae9￥");
  CHECK((*links)[0].material_id == "NbKBdpOC5tnKr8-rZ9");
  check_error(parse_resolved_links(json_of(R"({"tbk_sc_general_link_parse_response":{"data":{}}})")),
              ErrorCode::not_found);
  CHECK(parse_tao_code(json_of(reply_text("top_code")))->code == "￥xhQoYC66sMX￥");
}

}  // namespace sampan::taobao
