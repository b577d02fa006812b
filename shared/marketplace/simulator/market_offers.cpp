// What the simulated market sells: finding it, and what moves it (sellers, other buyers, the operator of a sandbox).
#include <algorithm>

#include "shared/marketplace/simulator/fate.hpp"
#include "shared/marketplace/simulator/market.hpp"
#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {
namespace {

// ASCII only: Chinese has no case, and the English titles of the catalogue have no accents.
std::string case_folded(std::string_view text) {
  std::string folded(text);
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return folded;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : case_folded(text)) {
    if (c == ' ' || c == '\t' || c == '\n')
      words.emplace_back();
    else
      words.back() += c;
  }
  words.erase(std::remove(words.begin(), words.end(), std::string{}), words.end());
  return words;
}

bool has_all(const CatalogueProduct& product, const std::vector<std::string>& words) {
  const std::string titles = case_folded(product.title_zh + "\n" + product.title_en);
  return std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return titles.find(word) != std::string::npos; });
}

bool sells_better(const OfferView& a, const OfferView& b) {
  if (a.product.monthly_sales != b.product.monthly_sales) return a.product.monthly_sales > b.product.monthly_sales;
  return a.product.product_id < b.product.product_id;
}

Result<void> check_price(UnitPrice price, std::string_view about) {
  if (price.ten_thousandths <= 0) return refuse(Refusal::malformed, std::string(about) + ": a price above zero");
  return done();
}

// How many pieces other buyers take on the nth day, counted from 1: tenths add up over the days.
int64_t sold_on_day(const Restock& restock, int64_t day) {
  return restock.sales_per_day_tenths * day / 10 - restock.sales_per_day_tenths * (day - 1) / 10;
}

// Dealt out evenly, the odd pieces from a SKU that the day decides.
void sell(Offer& offer, int64_t pieces, size_t first_sku) {
  const size_t count = offer.skus.size();
  const int64_t each = pieces / static_cast<int64_t>(count);
  const auto odd = static_cast<size_t>(pieces % static_cast<int64_t>(count));
  for (size_t i = 0; i < count; ++i) {
    StockLevel& level = offer.skus[(first_sku + i) % count].level;
    if (level.knowledge != StockKnowledge::number) continue;
    level.quantity = std::max<int64_t>(0, level.quantity - each - (i < odd ? 1 : 0));
  }
}

// A seller fills up to what he opened with; to one delivery where he opened with nothing.
void restock(Offer& offer, const CatalogueProduct& product) {
  for (size_t i = 0; i < offer.skus.size(); ++i) {
    StockLevel& level = offer.skus[i].level;
    if (level.knowledge != StockKnowledge::number) continue;
    const int64_t full = std::max(product.skus[i].stock.level.quantity, product.restock.quantity);
    if (level.quantity < full) level.quantity = std::min(full, level.quantity + product.restock.quantity);
  }
}

}  // namespace

OfferView SimulatedMarket::view(size_t product) const {
  const CatalogueProduct& known = catalogue_.products[product];
  return {known, catalogue_.sellers[sellers_.at(known.seller_id)], state_.offers[product]};
}

Result<size_t> SimulatedMarket::product_index(const ProductId& id) const {
  const auto found = products_.find(id);
  if (found == products_.end()) return refuse(Refusal::no_such_product, id.value);
  return found->second;
}

Result<std::pair<size_t, size_t>> SimulatedMarket::sku_index(const SkuId& id) const {
  const auto found = skus_.find(id);
  if (found == skus_.end()) return refuse(Refusal::no_such_product, "SKU " + id.value);
  return found->second;
}

std::vector<OfferView> SimulatedMarket::search(std::string_view words, Instant now) {
  advance(now);
  const std::vector<std::string> wanted = words_of(words);
  std::vector<size_t> hits;
  for (size_t i = 0; i < catalogue_.products.size(); ++i)
    if (state_.offers[i].is_on_sale && has_all(catalogue_.products[i], wanted)) hits.push_back(i);
  std::sort(hits.begin(), hits.end(), [&](size_t a, size_t b) { return sells_better(view(a), view(b)); });
  std::vector<OfferView> found;
  for (const size_t hit : hits) found.push_back(view(hit));
  return found;
}

Result<OfferView> SimulatedMarket::read_offer(const ProductId& id, Instant now) {
  advance(now);
  TRY(const size_t product, product_index(id));
  return view(product);
}

Result<void> SimulatedMarket::set_stock(const SkuId& id, StockLevel level, Instant now) {
  advance(now);
  if (level.quantity < 0) return refuse(Refusal::malformed, "SKU " + id.value + ": a stock of zero or more");
  TRY(const auto where, sku_index(id));
  state_.offers[where.first].skus[where.second].level = level;
  announce(MarketEvent::stock_set, state_.now, {}, state_.offers[where.first].product_id);
  return done();
}

Result<void> SimulatedMarket::set_price(const SkuId& id, UnitPrice price, Instant now) {
  advance(now);
  TRY_DO(check_price(price, id.value));
  TRY(const auto where, sku_index(id));
  if (!has_own_price(catalogue_.products[where.first])) return refuse(Refusal::no_own_price, id.value);
  state_.offers[where.first].skus[where.second].unit_price = price;
  announce(MarketEvent::price_set, state_.now, {}, state_.offers[where.first].product_id);
  return done();
}

Result<void> SimulatedMarket::set_price(const ProductId& id, UnitPrice price, Instant now) {
  advance(now);
  TRY_DO(check_price(price, id.value));
  TRY(const size_t product, product_index(id));
  Offer changed = state_.offers[product];
  for (SkuOffer& sku : changed.skus) sku.unit_price = price;
  for (TierPrice& tier : changed.tier_prices) {
    const int64_t first = state_.offers[product].tier_prices.front().unit_price.ten_thousandths;
    TRY(const int64_t proportional,
        divide(static_cast<__int128>(tier.unit_price.ten_thousandths) * price.ten_thousandths, first,
               Rounding::half_even));
    tier.unit_price = {std::max<int64_t>(1, proportional)};
  }
  state_.offers[product] = std::move(changed);
  announce(MarketEvent::price_set, state_.now, {}, id);
  return done();
}

Result<void> SimulatedMarket::set_on_sale(const ProductId& id, bool is_on_sale, Instant now) {
  advance(now);
  TRY(const size_t product, product_index(id));
  if (state_.offers[product].is_on_sale == is_on_sale) return done();
  state_.offers[product].is_on_sale = is_on_sale;
  announce(is_on_sale ? MarketEvent::put_on_sale : MarketEvent::taken_off_sale, state_.now, {}, id);
  return done();
}

Result<void> SimulatedMarket::take_off_sale(const ProductId& id, Instant now) { return set_on_sale(id, false, now); }
Result<void> SimulatedMarket::put_on_sale(const ProductId& id, Instant now) { return set_on_sale(id, true, now); }

Instant SimulatedMarket::next_trading_day() const { return state_.opened_at + days(state_.days_traded + 1); }

void SimulatedMarket::trade_one_day() {
  const int64_t day = ++state_.days_traded;
  for (size_t i = 0; i < state_.offers.size(); ++i) {
    const CatalogueProduct& product = catalogue_.products[i];
    Offer& offer = state_.offers[i];
    if (!offer.is_on_sale) continue;
    const int64_t first = fate_below(static_cast<int64_t>(offer.skus.size()), state_.rules.seed,
                                     product.product_id.value + " day " + std::to_string(day));
    sell(offer, sold_on_day(product.restock, day), static_cast<size_t>(first));
    if (day % product.restock.every_days == 0) restock(offer, product);
  }
}

}  // namespace sampan
