// A marketplace that exists only as values: what it sells, what was ordered there, and a buyer's prepaid balance. Time comes
// in with each act and is never turned back; between two acts everything that was due happens, in the order of time.
//
// Unit    money in CNY
// Errors  those of refusal.hpp
// Source  upstream.md 4.4, 4.5, 4.6 and 9: what real 1688 does, its traps too (a repeated create makes a second order; a
//         new order is missing from the list for a while; closing within ten seconds is refused)
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/marketplace/simulator/basket.hpp"
#include "shared/marketplace/simulator/catalogue.hpp"
#include "shared/marketplace/simulator/market_order.hpp"

namespace sampan {

struct MarketRules {
  int64_t seed = 1;  // decides when sellers send and carriers arrive
  int64_t opening_balance_fen = 10'000'000;
  int64_t listing_lag_seconds = 5;   // so long a new order is missing from the list
  int64_t close_after_seconds = 10;  // sooner, closing is refused
  int64_t pay_within_hours = 120;
  int64_t refund_hours = 24;  // until a seller grants what was asked before shipping
  int64_t return_days = 10;   // until goods are back and granted
  bool others_trade = true;   // other buyers buy, sellers restock, once a day
  // A key that was used before makes another order, as it does on 1688; else it answers the order that there is.
  bool repeat_makes_another = true;
};
FIELDS(MarketRules, seed, opening_balance_fen, listing_lag_seconds, close_after_seconds, pay_within_hours, refund_hours,
       return_days, others_trade, repeat_makes_another)

// How each marketplace behaves where they differ.
MarketRules rules_of(MarketplaceName name);

// What the market announces, numbered by its place; the sandbox makes pushes of it.
struct MarketLogEntry {
  Instant at{};
  MarketEvent event{};
  UpstreamOrderId upstream_order_id;  // of an order's event
  ProductId product_id;               // of an offer's event
};
FIELDS(MarketLogEntry, at, event, upstream_order_id, product_id)

// The one document that is stored. The catalogue is not in it: load() takes it again.
struct MarketState {
  MarketRules rules;
  Instant opened_at{};
  Instant now{};
  int64_t days_traded = 0;
  int64_t balance_fen = 0;
  int64_t deposited_fen = 0;  // the opening balance is the first deposit
  std::vector<Offer> offers;
  std::vector<MarketOrder> orders;
  std::vector<MarketLogEntry> log;
};
FIELDS(MarketState, rules, opened_at, now, days_traded, balance_fen, deposited_fen, offers, orders, log)

struct OfferView {
  const CatalogueProduct& product;
  const CatalogueSeller& seller;
  const Offer& offer;
};

// For comparing with our ledger: all orders by our key, and deposited + refunded - paid = balance.
struct MarketBooks {
  std::map<PurchaseId, std::vector<MarketOrder>> orders;
  Money deposited;
  Money paid;
  Money refunded;
  Money balance;
};

class SimulatedMarket {
 public:
  SimulatedMarket(Catalogue catalogue, const MarketRules& rules, Instant opened_at);

  // bad_input of text that is no such document; bad_data of one with orders from a seller that is not in the catalogue.
  // Offers that the catalogue has no more, or has with other variants, are forgotten.
  static Result<SimulatedMarket> load(Catalogue catalogue, std::string_view text);
  std::string save() const;

  // Everything due up to `now` happens. Each act below begins with it.
  void advance(Instant now);
  // When something happens by itself next.
  std::optional<Instant> next_event() const;

  // Offers whose Chinese or English title has all the words (case folded), best sold first. Off sale: not among them.
  std::vector<OfferView> search(std::string_view words, Instant now);
  Result<OfferView> read_offer(const ProductId& id, Instant now);

  Result<Basket> preview(const std::vector<PurchaseItem>& items, Instant now);
  // A second call with the same key: as the rules say.
  Result<MarketOrder> create(const PurchaseId& key, const std::vector<PurchaseItem>& items, Instant now);
  std::vector<MarketOrder> list_orders(const PurchaseId& key, Instant now);
  Result<MarketOrder> read_order(const UpstreamOrderId& id, Instant now);
  Result<void> pay(const UpstreamOrderId& id, Instant now);
  Result<void> cancel(const UpstreamOrderId& id, Instant now);
  Result<void> request_refund(const UpstreamOrderId& id, Instant now);

  // What sellers and the operator of a sandbox do. not_found for what is not there.
  Result<void> set_stock(const SkuId& id, StockLevel level, Instant now);
  // bad_request where the product's tiers say the price, and of a price that is not above zero.
  Result<void> set_price(const SkuId& id, UnitPrice price, Instant now);
  // Every SKU costs this; of tiers the first does, and the others keep their proportion to it.
  Result<void> set_price(const ProductId& id, UnitPrice price, Instant now);
  Result<void> take_off_sale(const ProductId& id, Instant now);
  Result<void> put_on_sale(const ProductId& id, Instant now);
  // Before shipping: a paid order's money comes back at once.
  Result<void> seller_closes(const UpstreamOrderId& id, Instant now);
  Result<void> deposit(Money amount, Instant now);
  // Whether other buyers buy and sellers restock from now on.
  void let_others_trade(bool trade, Instant now);

  const MarketRules& rules() const { return state_.rules; }
  Instant now() const { return state_.now; }
  const std::vector<MarketLogEntry>& log() const { return state_.log; }
  MarketBooks books() const;

 private:
  SimulatedMarket(Catalogue catalogue, MarketState state);

  void index();
  OfferView view(size_t product) const;
  Result<size_t> product_index(const ProductId& id) const;
  Result<std::pair<size_t, size_t>> sku_index(const SkuId& id) const;
  Result<size_t> order_index(const UpstreamOrderId& id) const;

  Result<void> happen(size_t order, MarketEvent event, Instant at);
  MarketOrder order_of(const PurchaseId& key, const Basket& basket) const;
  void set_due(size_t order, std::optional<DueEvent> due);
  void pay_from_balance(MarketOrder& order);
  void pay_back(MarketOrder& order);
  void move_stock(const MarketOrder& order, int64_t sign);
  void announce(MarketEvent event, Instant at, UpstreamOrderId order, ProductId product);
  Result<void> set_on_sale(const ProductId& id, bool is_on_sale, Instant now);

  Instant next_trading_day() const;
  void trade_one_day();

  Catalogue catalogue_;
  MarketState state_;
  // Derived from the state.
  std::map<ProductId, size_t> products_;
  std::map<SellerId, size_t> sellers_;
  std::map<SkuId, std::pair<size_t, size_t>> skus_;
  std::map<UpstreamOrderId, size_t> orders_;
  std::map<PurchaseId, std::vector<size_t>> by_key_;
  std::set<std::pair<int64_t, size_t>> due_;  // milliseconds, order
};

}  // namespace sampan
