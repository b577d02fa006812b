// POST /control/market: what sellers, the bank and a careless carrier do, by hand.
#include <array>

#include "proxy/sandbox/control.hpp"
#include "shared/core/decimal.hpp"

namespace sampan {
namespace {

Result<std::string> text_asked(const Json& asked, std::string_view name) {
  const Json* const member = asked.find(name);
  if (member == nullptr || member->kind != JsonKind::string || member->text.empty())
    return fail(ErrorCode::bad_input, "This act needs to know more.", std::string(name));
  return member->text;
}

Result<StockLevel> level_asked(const Json& asked) {
  const Json* const quantity = asked.find("quantity");
  if (quantity == nullptr) return fail(ErrorCode::bad_input, "This act needs to know more.", "quantity");
  TRY(const WrittenStock stock, read(*quantity, static_cast<WrittenStock*>(nullptr)));
  return stock.level;
}

// "marketplace" says which; 1688 when it is not said.
Result<SimulatedMarket*> market_asked(const Scene& scene, const Json& asked) {
  const Json* const name = asked.find("marketplace");
  if (name == nullptr) return &scene.alibaba1688;
  TRY(const MarketplaceName known, read(*name, static_cast<MarketplaceName*>(nullptr)));
  return &scene.markets.of(known);
}

Result<void> set_stock(Scene& scene, const Json& asked) {
  TRY(SimulatedMarket* const market, market_asked(scene, asked));
  TRY(std::string sku_id, text_asked(asked, "sku_id"));
  TRY(const StockLevel level, level_asked(asked));
  return market->set_stock({std::move(sku_id)}, level, scene.now);
}

Result<void> set_price(Scene& scene, const Json& asked) {
  TRY(SimulatedMarket* const market, market_asked(scene, asked));
  TRY(const std::string yuan, text_asked(asked, "yuan"));
  TRY(const int64_t ten_thousandths, scaled(yuan, 4));
  if (asked.find("sku_id") == nullptr) {
    TRY(std::string product_id, text_asked(asked, "product_id"));
    return market->set_price(ProductId{std::move(product_id)}, {ten_thousandths}, scene.now);
  }
  TRY(std::string sku_id, text_asked(asked, "sku_id"));
  return market->set_price(SkuId{std::move(sku_id)}, {ten_thousandths}, scene.now);
}

Result<void> take_off_sale(Scene& scene, const Json& asked) {
  TRY(SimulatedMarket* const market, market_asked(scene, asked));
  TRY(std::string product_id, text_asked(asked, "product_id"));
  return market->take_off_sale({std::move(product_id)}, scene.now);
}

Result<void> put_on_sale(Scene& scene, const Json& asked) {
  TRY(SimulatedMarket* const market, market_asked(scene, asked));
  TRY(std::string product_id, text_asked(asked, "product_id"));
  return market->put_on_sale({std::move(product_id)}, scene.now);
}

Result<void> seller_closes(Scene& scene, const Json& asked) {
  TRY(SimulatedMarket* const market, market_asked(scene, asked));
  TRY(std::string order_id, text_asked(asked, "upstream_order_id"));
  return market->seller_closes({std::move(order_id)}, scene.now);
}

Result<void> deposit(Scene& scene, const Json& asked) {
  TRY(SimulatedMarket* const market, market_asked(scene, asked));
  TRY(const std::string yuan, text_asked(asked, "yuan"));
  TRY(const Money amount, parse_money(yuan, cny()));
  return market->deposit(amount, scene.now);
}

Result<void> lose_parcel(Scene& scene, const Json& asked) {
  TRY(std::string number, text_asked(asked, "tracking_number"));
  return scene.carrier.lose({std::move(number)});
}

Result<void> others_trade(Scene& scene, const Json& asked) {
  TRY(SimulatedMarket* const market, market_asked(scene, asked));
  const Json* const trade = asked.find("trade");
  if (trade == nullptr || trade->kind != JsonKind::boolean)
    return fail(ErrorCode::bad_input, "This act needs to know more.", "trade");
  market->let_others_trade(trade->boolean, scene.now);
  return done();
}

struct MarketAct {
  std::string_view name;
  Result<void> (*perform)(Scene&, const Json&);
};
constexpr std::array acts{
    MarketAct{"set_stock", set_stock},         MarketAct{"set_price", set_price},
    MarketAct{"take_off_sale", take_off_sale}, MarketAct{"put_on_sale", put_on_sale},
    MarketAct{"seller_closes", seller_closes}, MarketAct{"deposit", deposit},
    MarketAct{"lose_parcel", lose_parcel},     MarketAct{"others_trade", others_trade},
};

}  // namespace

Result<void> act_on_market(Scene& scene, const Json& asked) {
  TRY(const std::string name, text_asked(asked, "act"));
  for (const MarketAct& act : acts)
    if (act.name == name) return act.perform(scene, asked);
  return fail(ErrorCode::bad_input, "The market does not know this act.", name);
}

}  // namespace sampan
