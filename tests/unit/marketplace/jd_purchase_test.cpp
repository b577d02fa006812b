// Buying of JD: what is refused before anything is sent, what is sent, and whether the order is the one that was asked for.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/jd/purchase.hpp"
#include "tests/unit/marketplace/jd_replies.hpp"

namespace sampan::jd {
namespace {

const SkuId white{"100012043978"};
const SkuId black{"100012043980"};

const PurchaseRequest request{
    {"pur_example"}, {"jd"}, {{{white.value}, white, white.value, 2}, {{white.value}, black, black.value, 1}}};

std::string sent(const VopCall& call, std::string_view name) {
  for (const Parameter& each : call.parameters)
    if (each.key == name) return each.value;
  return {};
}

const std::vector<SkuQuantity> wanted{{white, 2}, {black, 1}};

std::vector<PricedLine> lines() { return {{{white, 2}, price_of_fen(5990)}, {{black, 1}, price_of_fen(6100)}}; }

}  // namespace

TEST_CASE("what JD cannot order is refused before it is asked", "[marketplace]") {
  struct Case {
    const char* why;
    std::vector<PurchaseItem> items;
  };
  const PurchaseItem good = request.items[0];
  const Case c = GENERATE_COPY(values<Case>({
      {"no lines", {}},
      {"more than 50", std::vector<PurchaseItem>(51, good)},
      {"none of it", {{good.product_id, good.sku_id, good.order_key, 0}}},
      {"another key than the SKU's", {{good.product_id, good.sku_id, "28b952ec", 1}}},
      {"a million and one", {{good.product_id, good.sku_id, good.order_key, 1'000'001}}},
      {"no SKU", {{good.product_id, {}, "", 1}}},
  }));
  CAPTURE(c.why);
  check_error(lines_of({{"pur_example"}, {"jd"}, c.items}), ErrorCode::bad_request);
}

TEST_CASE("two lines of one SKU are one line for JD", "[marketplace]") {
  PurchaseRequest twice = request;
  twice.items.push_back(request.items[0]);
  twice.items[0].order_key.clear();
  const auto lines = lines_of(twice);
  REQUIRE(lines);
  REQUIRE(lines->size() == 2);
  CHECK((*lines)[0].sku_id == white);
  CHECK((*lines)[0].quantity == 4);
  CHECK((*lines)[1].quantity == 1);
}

TEST_CASE("a line may be off the shelf, out of stock, without a quote or not sold to us", "[marketplace]") {
  check_error(check_states(wanted, {{white, true}, {black, false}}), ErrorCode::not_found, black.value);
  check_error(check_states(wanted, {{black, true}}), ErrorCode::not_found, white.value);
  CHECK(check_states(wanted, {{white, true}, {black, true}}));

  const StockLevel two{StockKnowledge::number, 2};
  const StockLevel one{StockKnowledge::number, 1};
  const StockLevel plenty{StockKnowledge::plenty, 0};
  CHECK(check_stock(wanted, {{white, "", 33, true, two}, {black, "", 40, true, plenty}}));
  check_error(check_stock(wanted, {{white, "", 33, true, one}, {black, "", 33, true, two}}), ErrorCode::sold_out,
              white.value);
  check_error(check_stock(wanted, {{white, "", 33, true, two}, {black, "", 77, false, {}}}), ErrorCode::sold_out,
              "state 77");
  check_error(check_stock(wanted, {{white, "", 33, true, two}}), ErrorCode::sold_out, black.value);

  check_error(check_area(wanted, {{white, false}, {black, true}}), ErrorCode::rejected, black.value);
  CHECK(check_area(wanted, {}));

  check_error(priced(wanted, {{white, price_of_fen(5990), {}}, {black, {}, price_of_fen(6100)}}), ErrorCode::sold_out,
              black.value);
  const auto known = priced(wanted, {{black, price_of_fen(6100), {}}, {white, price_of_fen(5990), {}}});
  REQUIRE(known);
  CHECK(*goods_of(*known) == Money{18080, cny()});
}

TEST_CASE("an order reserves, guards its prices and declines gifts", "[marketplace]") {
  BuyerTerms terms;
  terms.ship_to = {"集运仓", "13800000000", "a@example.com", {19, 1607, 3639, 0}, "示例路1号"};
  terms.invoice.company_name = "示例公司";
  const VopCall call = submit_call({"pur_example"}, lines(), terms);
  CHECK(call.api == "order/submitOrder");
  CHECK(sent(call, "thirdOrder") == "pur_example");
  CHECK(sent(call, "submitState") == "0");
  CHECK(sent(call, "doOrderPriceMode") == "1");
  CHECK(sent(call, "orderPriceSnap") ==
        R"([{"skuId":100012043978,"price":59.90},{"skuId":100012043980,"price":61.00}])");
  CHECK(sent(call, "sku") == R"([{"skuId":100012043978,"num":2,"bNeedAnnex":true,"bNeedGift":false,"price":59.90},)"
                             R"({"skuId":100012043980,"num":1,"bNeedAnnex":true,"bNeedGift":false,"price":61.00}])");
  CHECK(sent(call, "paymentType") == "4");
  CHECK(sent(call, "isUseBalance") == "1");
  CHECK(sent(call, "county") == "3639");
  CHECK(sent(call, "town") == "0");
  CHECK(sent(call, "selectedInvoiceTitle") == "5");
  terms.payment_type = 101;
  CHECK(sent(submit_call({"pur_example"}, lines(), terms), "isUseBalance") == "0");
}

TEST_CASE("a new order and a repeated one are told apart", "[marketplace]") {
  const auto first = parse_submitted(json_of(reply_text("submitted")));
  REQUIRE(first);
  CHECK_FALSE(first->was_there);
  CHECK(first->order.upstream_order_id.value == "71411883073");
  CHECK(first->order.state == UpstreamState::awaiting_payment);
  const auto second = parse_submitted(json_of(reply_text("submitted_again")));
  REQUIRE(second);
  CHECK(second->was_there);
  CHECK(second->order.goods == first->order.goods);
  check_error(parse_submitted(json_of(reply_text("off_shelf"))), ErrorCode::sold_out, "3004");
  check_error(parse_submitted(json_of(R"({"success":false,"resultCode":"0008","result":null})")), ErrorCode::bad_reply,
              "/result/jdOrderId");
}

TEST_CASE("the order under our key must be of what we ask for, at its price", "[marketplace]") {
  const UpstreamOrder order = parse_submitted(json_of(reply_text("submitted_again")))->order;
  CHECK(check_is_of(order, lines()));
  std::vector<PricedLine> other = lines();
  other[0].price = price_of_fen(5980);
  check_error(check_is_of(order, other), ErrorCode::rejected, "71411883073");
  other = lines();
  other[1].line.sku_id.value = "7";
  check_error(check_is_of(order, other), ErrorCode::rejected);
  other = lines();
  other[0].line.quantity = 3;
  other[1].price = price_of_fen(110);
  check_error(check_is_of(order, other), ErrorCode::rejected);
}

}  // namespace sampan::jd
