#include "shared/marketplace/taobao/purchase.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/unit/marketplace/taobao_replies.hpp"

namespace sampan::taobao {
namespace {

ProductReading reading_of(const std::string& name) { return *parse_product(json_of(reply_text(name)), Instant{}); }

const PurchaseItem two_white_cups{{"600000000001"}, {"4984000000001"}, "2048000000000001:3357000000001", 2};
const PurchaseItem a_scoop{{"600000000002"}, {"600000000002"}, "2048000000000002", 1};

PurchaseRequest request_for(std::vector<PurchaseItem> items) { return {{"pur_example"}, {"118600001"}, items}; }

std::string sent(const IopCall& call, std::string_view name) {
  for (const Parameter& parameter : call.parameters)
    if (parameter.key == name) return parameter.value;
  return {};
}

}  // namespace

TEST_CASE("a basket has the price and the title of each line, as the product was read", "[marketplace]") {
  const auto basket =
      basket_of(request_for({two_white_cups, a_scoop}), {reading_of("product"), reading_of("product_whole")});
  REQUIRE(basket);
  REQUIRE(basket->size() == 2);
  CHECK((*basket)[0].key.mp_sku_id == "3357000000001");
  CHECK((*basket)[0].price_fen == 9900);
  CHECK((*basket)[0].title == "手冲咖啡杯");
  CHECK((*basket)[1].key.mp_id == "2048000000000002");
  CHECK((*basket)[1].key.mp_sku_id.empty());
}

TEST_CASE("what the product itself rules out is not asked for", "[marketplace]") {
  struct Case {
    const char* why;
    PurchaseItem item;
    ErrorCode code;
  };
  const auto cup = [](const char* key, int64_t quantity) {
    PurchaseItem item = two_white_cups;
    item.order_key = key;
    item.quantity = quantity;
    return item;
  };
  const Case c = GENERATE_COPY(values<Case>({
      {"a variant of another product", cup("2048000000000002:3357000000001", 2), ErrorCode::bad_request},
      {"below the MOQ", cup("2048000000000001:3357000000001", 1), ErrorCode::below_moq},
      {"more than there are", cup("2048000000000001:3357000000001", 801), ErrorCode::sold_out},
      {"a variant that is not sold", cup("2048000000000001:3357000000003", 2), ErrorCode::sold_out},
      {"a product that was not read", a_scoop, ErrorCode::not_found},
  }));
  CAPTURE(c.why);
  check_error(basket_of(request_for({c.item}), {reading_of("product")}), c.code);
}

TEST_CASE("a basket is of one seller and on sale", "[marketplace]") {
  ProductReading of_another = reading_of("product_whole");
  of_another.product.seller_id = {"another"};
  check_error(basket_of(request_for({two_white_cups, a_scoop}), {reading_of("product"), of_another}),
              ErrorCode::bad_request);
  ProductReading off_sale = reading_of("product");
  off_sale.product.is_on_sale = false;
  check_error(basket_of(request_for({two_white_cups}), {off_sale}), ErrorCode::not_found);
}

TEST_CASE("pieces of one product in two variants count together for its MOQ", "[marketplace]") {
  PurchaseItem white = two_white_cups;
  white.quantity = 1;
  PurchaseItem black = white;
  black.order_key = "2048000000000001:3357000000002";
  CHECK(basket_of(request_for({white, black}), {reading_of("product")}));
}

TEST_CASE("a purchase has 1 to 50 lines of at least a piece", "[marketplace]") {
  CHECK(check_lines(request_for({two_white_cups})));
  CHECK(check_lines(request_for(std::vector<PurchaseItem>(50, two_white_cups))));
  check_error(check_lines(request_for({})), ErrorCode::bad_request);
  check_error(check_lines(request_for(std::vector<PurchaseItem>(51, two_white_cups))), ErrorCode::bad_request);
  PurchaseItem none = two_white_cups;
  none.quantity = 0;
  check_error(check_lines(request_for({none})), ErrorCode::bad_request);
}

TEST_CASE("a preview and an order name the goods, the warehouse and the guarded sum", "[marketplace]") {
  ShipTo ship_to;
  ship_to.name = "集运仓";
  ship_to.city = "杭州市";
  const auto basket = *basket_of(request_for({two_white_cups}), {reading_of("product")});
  const std::string address = R"({"country":"中国","city":"杭州市","name":"集运仓"})";

  const IopCall render = render_call(basket, ship_to);
  CHECK(render.path == "/purchase/order/render");
  CHECK(sent(render, "render_item_List") ==
        R"([{"item_id":"2048000000000001","sku_id":"3357000000001","quantity":2}])");
  CHECK(sent(render, "receiver_address") == address);
  CHECK(sent(render, "warehouse_address") == address);

  const IopCall create = create_call({{"pur_example"}, {{19800, cny()}, {600, cny()}}, "PANAMA"}, basket, ship_to);
  CHECK(create.path == "/purchase/order/create");
  CHECK(sent(create, "outer_purchase_id") == "pur_example");
  CHECK(sent(create, "purchase_amount") == "20400");
  CHECK(sent(create, "order_line_list") ==
        R"([{"itemId":"2048000000000001","skuId":"3357000000001","orderLineNo":"1","quantity":2,"price":9900,)"
        R"("currency":"CNY","title":"手冲咖啡杯"}])");
  CHECK(sent(create, "receiver") == address);
  CHECK(sent(create, "channel_order_type") == "PANAMA");
  CHECK(sent(create, "support_partial_success") == "false");
}

TEST_CASE("a preview's sums are goods and freight, in fen", "[marketplace]") {
  const auto sums = parse_render(json_of(reply_text("render")));
  REQUIRE(sums);
  CHECK(sums->goods == Money{19800, cny()});
  CHECK(sums->freight == Money{600, cny()});
  const char* const of_a_reseller = R"({"code":"0","data":{"result":{"data":{
      "totalRealPayPrice":{"amount":1260,"currency":"CNY"},"mainlandShippingFee":{"amount":60,"currency":"CNY"}}}}})";
  const auto relayed = parse_render(json_of(of_a_reseller));
  REQUIRE(relayed);
  CHECK(relayed->goods == Money{1200, cny()});
  CHECK(relayed->freight == Money{60, cny()});
}

TEST_CASE("a preview says which line cannot be sold", "[marketplace]") {
  check_error(parse_render(json_of(reply_text("render_unavailable"))), ErrorCode::sold_out, "SKU_STOCK_NOT_ENOUGH");
  check_error(parse_render(json_of(R"({"result":{"success":false,"error_code":"ITEM_NOT_EXIST"}})")),
              ErrorCode::not_found);
  check_error(parse_render(json_of(reply_with("render", "\"amount\": 20400", "\"amount\": 100"))), ErrorCode::bad_reply,
              "total_real_pay_price");
  std::string in_dollars = reply_text("render");
  const size_t last = in_dollars.rfind("CNY");
  in_dollars.replace(last, 3, "USD");
  check_error(parse_render(json_of(in_dollars)), ErrorCode::bad_reply, "/currency");
}

TEST_CASE("every order that was made is told once", "[marketplace]") {
  CHECK(*parse_created(json_of(reply_text("created"))) == std::vector<UpstreamOrderId>{{"1000000000000001"}});
  CHECK(*parse_created(json_of(reply_text("created_several"))) ==
        std::vector<UpstreamOrderId>{{"1000000000000001"}, {"1000000000000011"}});
  // An order id means that it was made, whatever stands beside it.
  CHECK(parse_created(json_of(reply_with("created", "\"success\": true", "\"success\": false"))));
}

TEST_CASE("a purchase that was not made says why", "[marketplace]") {
  check_error(parse_created(json_of(reply_text("created_none"))), ErrorCode::sold_out, "SKU_STOCK_NOT_ENOUGH");
  const auto with_code = [](const std::string& code) {
    std::string text = reply_text("created_none");
    for (size_t at = text.find("SKU_STOCK_NOT_ENOUGH"); at != std::string::npos; at = text.find("SKU_STOCK_NOT_ENOUGH"))
      text.replace(at, 20, code);
    return parse_created(json_of(text));
  };
  check_error(with_code("PURCHASE_AMOUNT_NOT_MATCH"), ErrorCode::price_changed);
  check_error(with_code("DUPLICATE_PURCHASE"), ErrorCode::outcome_unknown);
  check_error(
      parse_created(json_of(reply_with("created", "\"purchase_id\": 1000000000000001", "\"purchase_id\": 1e15"))),
      ErrorCode::bad_reply, "/data/order_list/0/purchase_id");
  check_error(parse_created(json_of(R"({"code":"0","success":true,"data":{"order_list":[]}})")), ErrorCode::bad_reply);
}

}  // namespace sampan::taobao
