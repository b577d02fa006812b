#include "shared/marketplace/simulator/market.hpp"

#include <algorithm>

#include "shared/marketplace/simulator/journey.hpp"
#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {
namespace {

Money yuan(int64_t fen) { return {fen, cny()}; }

MarketState opening_state(const Catalogue& catalogue, const MarketRules& rules, Instant opened_at) {
  MarketState state;
  state.rules = rules;
  state.opened_at = opened_at;
  state.now = opened_at;
  state.balance_fen = rules.opening_balance_fen;
  state.deposited_fen = rules.opening_balance_fen;
  for (const CatalogueProduct& product : catalogue.products) state.offers.push_back(opening_offer(product));
  return state;
}

// The catalogue's offers, moved to where the stored ones stood.
std::vector<Offer> restored(const Catalogue& catalogue, const std::vector<Offer>& stored) {
  std::map<ProductId, const Offer*> by_id;
  for (const Offer& offer : stored) by_id.emplace(offer.product_id, &offer);
  std::vector<Offer> offers;
  for (const CatalogueProduct& product : catalogue.products) {
    Offer offer = opening_offer(product);
    const auto known = by_id.find(product.product_id);
    const auto same_sku = [](const SkuOffer& a, const SkuOffer& b) { return a.sku_id == b.sku_id; };
    if (known != by_id.end() && known->second->tier_prices.size() == offer.tier_prices.size() &&
        std::equal(offer.skus.begin(), offer.skus.end(), known->second->skus.begin(), known->second->skus.end(),
                   same_sku))
      offer = *known->second;
    offers.push_back(std::move(offer));
  }
  return offers;
}

bool is_for(const MarketOrder& order, const MarketOrder& wanted) {
  return std::equal(order.lines.begin(), order.lines.end(), wanted.lines.begin(), wanted.lines.end(),
                    [](const MarketOrderLine& a, const MarketOrderLine& b) {
                      return a.sku_id == b.sku_id && a.quantity == b.quantity;
                    });
}

}  // namespace

MarketRules rules_of(MarketplaceName name) {
  MarketRules rules;
  if (name == MarketplaceName::alibaba1688) return rules;
  // Both know a buyer's key, list an order at once and close it at any time.
  rules.seed = 2 + static_cast<int64_t>(name);  // 1 is 1688's: order numbers and waybills would be the same
  rules.listing_lag_seconds = 0;
  rules.close_after_seconds = 0;
  rules.repeat_makes_another = false;
  return rules;
}

SimulatedMarket::SimulatedMarket(Catalogue catalogue, const MarketRules& rules, Instant opened_at)
    : catalogue_(std::move(catalogue)), state_(opening_state(catalogue_, rules, opened_at)) {
  index();
}

SimulatedMarket::SimulatedMarket(Catalogue catalogue, MarketState state)
    : catalogue_(std::move(catalogue)), state_(std::move(state)) {
  index();
}

Result<SimulatedMarket> SimulatedMarket::load(Catalogue catalogue, std::string_view text) {
  TRY(MarketState state, from_json<MarketState>(text));
  state.offers = restored(catalogue, state.offers);
  SimulatedMarket market(std::move(catalogue), std::move(state));
  for (const MarketOrder& order : market.state_.orders)
    if (market.sellers_.count(order.seller_id) == 0)
      return fail(ErrorCode::bad_data, "An order is from a seller that the catalogue does not have.",
                  order.upstream_order_id.value);
  return market;
}

std::string SimulatedMarket::save() const { return to_json(state_); }

void SimulatedMarket::index() {
  for (size_t i = 0; i < catalogue_.sellers.size(); ++i) sellers_.emplace(catalogue_.sellers[i].seller_id, i);
  for (size_t i = 0; i < state_.offers.size(); ++i) {
    products_.emplace(state_.offers[i].product_id, i);
    for (size_t j = 0; j < state_.offers[i].skus.size(); ++j)
      skus_.emplace(state_.offers[i].skus[j].sku_id, std::pair(i, j));
  }
  for (size_t i = 0; i < state_.orders.size(); ++i) {
    const MarketOrder& order = state_.orders[i];
    orders_.emplace(order.upstream_order_id, i);
    by_key_[order.purchase_id].push_back(i);
    if (order.due) due_.emplace(order.due->at.ms, i);
  }
}

Result<size_t> SimulatedMarket::order_index(const UpstreamOrderId& id) const {
  const auto found = orders_.find(id);
  if (found == orders_.end()) return refuse(Refusal::no_such_order, id.value);
  return found->second;
}

// Time

void SimulatedMarket::advance(Instant now) {
  for (;;) {
    const Instant trading = next_trading_day();
    const std::optional<Instant> next = next_event();
    if (!next || now < *next) break;
    if (state_.rules.others_trade && trading <= *next) {
      trade_one_day();
      continue;
    }
    const size_t order = due_.begin()->second;
    const DueEvent due = *state_.orders[order].due;
    if (!happen(order, due.on, due.at)) set_due(order, std::nullopt);
  }
  if (state_.now < now) state_.now = now;
}

void SimulatedMarket::let_others_trade(bool trade, Instant now) {
  advance(now);
  state_.rules.others_trade = trade;
}

std::optional<Instant> SimulatedMarket::next_event() const {
  std::optional<Instant> next;
  if (state_.rules.others_trade) next = next_trading_day();
  if (!due_.empty() && (!next || due_.begin()->first < next->ms)) next = Instant{due_.begin()->first};
  return next;
}

void SimulatedMarket::set_due(size_t order, std::optional<DueEvent> due) {
  std::optional<DueEvent>& known = state_.orders[order].due;
  if (known) due_.erase({known->at.ms, order});
  known = due;
  if (known) due_.emplace(known->at.ms, order);
}

// Orders

Result<Basket> SimulatedMarket::preview(const std::vector<PurchaseItem>& items, Instant now) {
  advance(now);
  return make_basket(catalogue_, state_.offers, items);
}

MarketOrder SimulatedMarket::order_of(const PurchaseId& key, const Basket& basket) const {
  MarketOrder order;
  order.upstream_order_id = upstream_order_id(state_.rules.seed, state_.orders.size());
  order.purchase_id = key;
  order.seller_id = basket.seller_id;
  order.goods_fen = basket.goods_fen;
  order.freight_fen = basket.freight_fen;
  order.created_at = state_.now;
  for (const BasketLine& line : basket.lines) {
    const CatalogueProduct& product = catalogue_.products[line.product];
    const CatalogueSku& sku = product.skus[line.sku];
    order.lines.push_back({product.product_id, listed_sku_id(product, sku), listed_order_key(product, sku),
                           line.quantity, line.unit_price});
  }
  return order;
}

Result<MarketOrder> SimulatedMarket::create(const PurchaseId& key, const std::vector<PurchaseItem>& items,
                                            Instant now) {
  advance(now);
  const auto used = by_key_.find(key);
  const bool is_repeat = !state_.rules.repeat_makes_another && used != by_key_.end();
  const Result<Basket> basket = preview(items, now);
  // What was ordered may be sold out by now: the order is there all the same.
  if (is_repeat && (!basket || is_for(state_.orders[used->second.front()], order_of(key, *basket))))
    return state_.orders[used->second.front()];
  if (!basket) return tl::unexpected(basket.error());
  if (is_repeat) return refuse(Refusal::key_used_otherwise, key.value);
  const MarketOrder order = order_of(key, *basket);
  move_stock(order, -1);
  const size_t index = state_.orders.size();
  state_.orders.push_back(order);
  orders_.emplace(order.upstream_order_id, index);
  by_key_[key].push_back(index);
  set_due(index, DueEvent{state_.now + hours(state_.rules.pay_within_hours), MarketEvent::payment_timed_out});
  announce(MarketEvent::placed, state_.now, order.upstream_order_id, {});
  return state_.orders[index];
}

std::vector<MarketOrder> SimulatedMarket::list_orders(const PurchaseId& key, Instant now) {
  advance(now);
  std::vector<MarketOrder> listed;
  const auto known = by_key_.find(key);
  if (known == by_key_.end()) return listed;
  for (const size_t index : known->second) {
    const MarketOrder& order = state_.orders[index];
    if (order.created_at + seconds(state_.rules.listing_lag_seconds) <= state_.now) listed.push_back(order);
  }
  return listed;
}

Result<MarketOrder> SimulatedMarket::read_order(const UpstreamOrderId& id, Instant now) {
  advance(now);
  TRY(const size_t index, order_index(id));
  return state_.orders[index];
}

Result<void> SimulatedMarket::pay(const UpstreamOrderId& id, Instant now) {
  advance(now);
  TRY(const size_t index, order_index(id));
  const MarketOrder& order = state_.orders[index];
  if (order.paid_fen > 0) return done();
  if (order.state == UpstreamState::awaiting_payment && state_.balance_fen < total_fen(order))
    return refuse(Refusal::balance_not_enough, id.value);
  return happen(index, MarketEvent::paid, state_.now);
}

Result<void> SimulatedMarket::cancel(const UpstreamOrderId& id, Instant now) {
  advance(now);
  TRY(const size_t index, order_index(id));
  const MarketOrder& order = state_.orders[index];
  if (order.state == UpstreamState::closed) return done();
  if (order.state == UpstreamState::awaiting_payment &&
      state_.now < order.created_at + seconds(state_.rules.close_after_seconds))
    return refuse(Refusal::close_order_too_fast, id.value);
  return happen(index, MarketEvent::buyer_cancelled, state_.now);
}

Result<void> SimulatedMarket::request_refund(const UpstreamOrderId& id, Instant now) {
  advance(now);
  TRY(const size_t index, order_index(id));
  const UpstreamState state = state_.orders[index].state;
  if (state == UpstreamState::refunding || state == UpstreamState::refunded) return done();
  return happen(index, MarketEvent::refund_asked, state_.now);
}

Result<void> SimulatedMarket::seller_closes(const UpstreamOrderId& id, Instant now) {
  advance(now);
  TRY(const size_t index, order_index(id));
  return happen(index, MarketEvent::seller_closed, state_.now);
}

Result<void> SimulatedMarket::deposit(Money amount, Instant now) {
  advance(now);
  if (!(amount.currency == cny()) || amount.minor <= 0) return refuse(Refusal::malformed, text(amount));
  state_.balance_fen += amount.minor;
  state_.deposited_fen += amount.minor;
  announce(MarketEvent::deposited, state_.now, {}, {});
  return done();
}

// The order's new state by the table, and what the event does beside it.
Result<void> SimulatedMarket::happen(size_t index, MarketEvent event, Instant at) {
  MarketOrder& order = state_.orders[index];
  const MarketRules& rules = state_.rules;
  const auto state = next_state<UpstreamState>(market_order_transitions, order.state, event);
  if (!state) return refuse(Refusal::not_in_this_state, order.upstream_order_id.value + ": " + state.error().context);
  const bool was_sent = !order.shipments.empty();
  order.state = *state;
  std::optional<DueEvent> due;
  if (event == MarketEvent::paid) {
    pay_from_balance(order);
    const CatalogueSeller& seller = catalogue_.sellers[sellers_.at(order.seller_id)];
    due = DueEvent{at + time_to_dispatch(seller, rules.seed, order.upstream_order_id), MarketEvent::dispatched};
  } else if (event == MarketEvent::dispatched) {
    order.shipments.push_back(shipment_of(rules.seed, order.upstream_order_id));
    due = DueEvent{at + time_to_warehouse(rules.seed, order.upstream_order_id), MarketEvent::arrived};
  } else if (event == MarketEvent::refund_asked) {
    due = DueEvent{at + (was_sent ? days(rules.return_days) : hours(rules.refund_hours)), MarketEvent::refund_granted};
  } else if (is_final(market_order_transitions, order.state)) {
    pay_back(order);
    move_stock(order, 1);
  }
  set_due(index, due);
  announce(event, at, order.upstream_order_id, {});
  return done();
}

void SimulatedMarket::pay_from_balance(MarketOrder& order) {
  order.paid_fen = total_fen(order);
  state_.balance_fen -= order.paid_fen;
}

void SimulatedMarket::pay_back(MarketOrder& order) {
  order.refunded_fen = order.paid_fen;
  state_.balance_fen += order.refunded_fen;
}

// Only a numbered stock moves; +1 puts the pieces back.
void SimulatedMarket::move_stock(const MarketOrder& order, int64_t sign) {
  for (const MarketOrderLine& line : order.lines) {
    const auto known = skus_.find(line.sku_id);
    if (known == skus_.end()) continue;
    StockLevel& level = state_.offers[known->second.first].skus[known->second.second].level;
    if (level.knowledge == StockKnowledge::number) level.quantity += sign * line.quantity;
  }
}

void SimulatedMarket::announce(MarketEvent event, Instant at, UpstreamOrderId order, ProductId product) {
  state_.log.push_back({at, event, std::move(order), std::move(product)});
}

MarketBooks SimulatedMarket::books() const {
  MarketBooks books;
  int64_t paid_fen = 0;
  int64_t refunded_fen = 0;
  for (const MarketOrder& order : state_.orders) {
    books.orders[order.purchase_id].push_back(order);
    paid_fen += order.paid_fen;
    refunded_fen += order.refunded_fen;
  }
  books.deposited = yuan(state_.deposited_fen);
  books.paid = yuan(paid_fen);
  books.refunded = yuan(refunded_fen);
  books.balance = yuan(state_.balance_fen);
  return books;
}

}  // namespace sampan
