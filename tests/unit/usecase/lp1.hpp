// The order of trade.md's examples (LP1): ¥199.00 of T-shirts and ¥79.90 of shoes from one seller to Germany, freight
// ¥12.00, spread 2 %, EUR 69.94. The figures are trade.md 3.5's and 3.7's.
#pragma once

#include "shared/order/order.hpp"
#include "shared/purchase/purchase.hpp"
#include "shared/quote/terms.hpp"
#include "tests/unit/quote/shipped_rules.hpp"

namespace sampan::lp1 {

inline const SellerKey seller{MarketplaceName::taobao, {"s1"}};

// The ECB's rates of 2024-06-28, and one lane of ¥96.80 whatever the parcel weighs.
inline TradeTerms terms() {
  RateCard lane;
  lane.id = "lane";
  lane.currency = cny();
  lane.valid_from = day("2026-01-01");
  lane.dest = {"DE"};
  lane.weight = {std::nullopt, VolumeRule::never, std::nullopt, 100, 50, 20'000};
  lane.price.kind = PriceKind::per_kg_item;
  lane.price.per_kg = RuleAmount{};
  lane.price.item = RuleAmount{968'000};
  lane.incoterm = Incoterm::DDP;
  lane.accept = {GoodsAttribute::clothing, GoodsAttribute::shoes};
  lane.source = "test lane";
  TradeTerms terms;
  terms.import_rules = {shipped_rules()};
  terms.rate_cards.cards = {lane};
  return terms;
}

inline LandedLine landed_line(const std::string& id, int64_t ten_thousandths, const std::string& hs6,
                              GoodsAttribute goods) {
  LandedLine line;
  line.line_id = id;
  line.unit_price = {ten_thousandths};
  line.hs6 = hs6;
  line.goods = {goods};
  line.weight_grams = 300;
  line.size = {300, 200, 50};
  line.source = "taobao";
  line.as_of = must(parse_instant("2026-11-24T08:00:00Z"));
  return line;
}

inline LandedCostRequest request() {
  LandedCostRequest request;
  request.lines = {landed_line("oln_shirts", 1'990'000, "610910", GoodsAttribute::clothing),
                   landed_line("oln_shoes", 799'000, "640411", GoodsAttribute::shoes)};
  request.freights = {{part_name(seller), in("CNY", "12.00"), "taobao", request.lines[0].as_of}};
  request.service_fee = {500, in("CNY", "5.00")};
  request.destination = "DE";
  request.postcode = "10115";
  request.day = day("2026-11-24");
  request.rules_revision = terms().import_rules.back().revision;
  request.rate_card_id = "lane";
  request.mid = must(cross(cny(), 777'480, currency("EUR"), 100'000));
  request.mid.source = "ecb";
  request.mid.as_of = must(parse_instant("2024-06-28T15:00:00Z"));
  request.spread_basis_points = 200;
  request.registrations = {"IOSS"};
  return request;
}

inline Order order() {
  Order order;
  order.order_id = {"ord_1"};
  order.number = "LP11-LP11";
  order.shopper_id = {"sho_anna"};
  order.state = OrderState::fulfilling;
  order.quote.quote_id = {"quo_1"};
  order.quote.shopper_id = order.shopper_id;
  order.quote.request = request();
  order.quote.landed = must(landed_cost(order.quote.request, terms()));
  order.quote.freights = {{seller, in("CNY", "12.00")}};
  order.landed = order.quote.landed;
  order.recipient.country = "DE";
  return order;
}

// The whole of it is one purchase, bought at what was quoted: ¥290.90.
inline Purchase purchase() {
  Purchase purchase;
  purchase.purchase_id = {"pur_1"};
  purchase.order_id = {"ord_1"};
  purchase.seller = seller;
  purchase.quoted_freight = in("CNY", "12.00");
  for (const LandedLine& line : request().lines) {
    PurchaseLine wanted;
    wanted.order_line_id = {line.line_id};
    wanted.product = {MarketplaceName::taobao, {line.line_id}};
    wanted.sku_id = {line.line_id};
    wanted.quantity = line.quantity;
    wanted.unit_price = line.unit_price;
    purchase.lines.push_back(wanted);
  }
  purchase.bought = {{{"up_1"}, in("CNY", "290.90")}};
  return purchase;
}

}  // namespace sampan::lp1
