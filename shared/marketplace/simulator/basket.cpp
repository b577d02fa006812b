#include "shared/marketplace/simulator/basket.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {
namespace {

Result<size_t> product_for_sale(const Catalogue& catalogue, const std::vector<Offer>& offers, const ProductId& id) {
  const auto found = std::find_if(catalogue.products.begin(), catalogue.products.end(),
                                  [&](const CatalogueProduct& product) { return product.product_id == id; });
  if (found == catalogue.products.end()) return refuse(Refusal::no_such_product, id.value);
  const auto index = static_cast<size_t>(found - catalogue.products.begin());
  if (!offers[index].is_on_sale) return refuse(Refusal::not_for_sale, id.value);
  if (!is_buyable(*found)) return refuse(Refusal::not_in_pool, id.value);
  return index;
}

Result<size_t> sku_of_spec(const CatalogueProduct& product, const std::string& order_key) {
  for (size_t i = 0; i < product.skus.size(); ++i)
    if (listed_order_key(product, product.skus[i]) == order_key) return i;
  return refuse(Refusal::no_such_spec, product.product_id.value + " " + order_key);
}

// Lines that name one SKU twice are one line.
void put(std::vector<BasketLine>& lines, BasketLine line) {
  for (BasketLine& known : lines) {
    if (known.product != line.product || known.sku != line.sku) continue;
    known.quantity += line.quantity;
    return;
  }
  lines.push_back(line);
}

Result<std::vector<BasketLine>> lines_of(const Catalogue& catalogue, const std::vector<Offer>& offers,
                                         const std::vector<PurchaseItem>& items) {
  if (items.empty()) return refuse(Refusal::malformed, "an order of nothing");
  if (items.size() > most_lines) return refuse(Refusal::malformed, "more than 50 SKUs");
  std::vector<BasketLine> lines;
  for (const PurchaseItem& item : items) {
    if (item.quantity < 1 || item.quantity > most_pieces)
      return refuse(Refusal::malformed, item.product_id.value + ": quantity " + std::to_string(item.quantity));
    TRY(const size_t product, product_for_sale(catalogue, offers, item.product_id));
    TRY(const size_t sku, sku_of_spec(catalogue.products[product], item.order_key));
    put(lines, {product, sku, item.quantity, {}});
  }
  return lines;
}

Result<void> check_stock(const std::vector<Offer>& offers, const std::vector<BasketLine>& lines) {
  for (const BasketLine& line : lines) {
    const SkuOffer& sku = offers[line.product].skus[line.sku];
    if (available(sku.level, line.quantity) < line.quantity)
      return refuse(Refusal::stock_not_enough, offers[line.product].product_id.value + " " + sku.sku_id.value);
  }
  return done();
}

using Pieces = std::map<size_t, int64_t>;  // of each product, all its SKUs together

Pieces pieces_of(const std::vector<BasketLine>& lines) {
  Pieces pieces;
  for (const BasketLine& line : lines) pieces[line.product] += line.quantity;
  return pieces;
}

bool waives_moq(const MixedBatch& mixed, const Basket& basket) {
  int64_t pieces = 0;
  for (const BasketLine& line : basket.lines) pieces += line.quantity;
  return pieces >= mixed.min_quantity || basket.goods_fen >= mixed.min_amount_fen;
}

Result<void> check_quantities(const Catalogue& catalogue, const Basket& basket) {
  for (const auto& [index, pieces] : pieces_of(basket.lines)) {
    const CatalogueProduct& product = catalogue.products[index];
    const std::string about = product.product_id.value + ": " + std::to_string(pieces);
    if (pieces % product.lot_size != 0)
      return refuse(Refusal::not_a_lot, about + ", lots of " + std::to_string(product.lot_size));
    if (pieces >= product.moq) continue;
    const std::string needs = about + ", at least " + std::to_string(product.moq);
    if (!product.mixed_batch) return refuse(Refusal::below_moq, needs);
    if (!waives_moq(*product.mixed_batch, basket)) return refuse(Refusal::below_mixed_batch, needs);
  }
  return done();
}

Result<int64_t> price_lines(const Catalogue& catalogue, const std::vector<Offer>& offers,
                            std::vector<BasketLine>& lines) {
  const Pieces pieces = pieces_of(lines);
  std::vector<Money> totals;
  for (BasketLine& line : lines) {
    const Offer& offer = offers[line.product];
    line.unit_price = has_own_price(catalogue.products[line.product])
                          ? offer.skus[line.sku].unit_price
                          : tier_price_at(offer.tier_prices, pieces.at(line.product));
    TRY(const Money total, line_total(line.unit_price, line.quantity));
    totals.push_back(total);
  }
  TRY(const Money goods, sum(cny(), totals));
  return goods.minor;
}

// Products of one freight template travel in one parcel.
int64_t freight_of(const Catalogue& catalogue, const Basket& basket) {
  std::vector<std::pair<DomesticFreight, int64_t>> parcels;  // template, grams
  for (const BasketLine& line : basket.lines) {
    const CatalogueProduct& product = catalogue.products[line.product];
    const int64_t grams = product.skus[line.sku].weight_grams.value_or(product.weight_grams) * line.quantity;
    const auto same = std::find_if(parcels.begin(), parcels.end(),
                                   [&](const auto& parcel) { return parcel.first == product.domestic_freight; });
    if (same != parcels.end())
      same->second += grams;
    else
      parcels.emplace_back(product.domestic_freight, grams);
  }
  int64_t fen = 0;
  for (const auto& parcel : parcels) fen += domestic_freight_fen(parcel.first, basket.goods_fen, parcel.second);
  return fen;
}

}  // namespace

Offer opening_offer(const CatalogueProduct& product) {
  Offer offer;
  offer.product_id = product.product_id;
  for (const CatalogueTier& tier : product.tier_prices)
    offer.tier_prices.push_back({tier.min_quantity, price_of_fen(tier.price_fen)});
  for (const CatalogueSku& sku : product.skus)
    offer.skus.push_back({listed_sku_id(product, sku), sku.stock.level, price_of_fen(sku.price_fen)});
  return offer;
}

UnitPrice tier_price_at(const std::vector<TierPrice>& tiers, int64_t quantity) {
  UnitPrice price = tiers.front().unit_price;
  for (const TierPrice& tier : tiers)
    if (tier.min_quantity <= quantity) price = tier.unit_price;
  return price;
}

Result<Basket> make_basket(const Catalogue& catalogue, const std::vector<Offer>& offers,
                           const std::vector<PurchaseItem>& items) {
  Basket basket;
  TRY(basket.lines, lines_of(catalogue, offers, items));
  basket.seller_id = catalogue.products[basket.lines.front().product].seller_id;
  for (const BasketLine& line : basket.lines)
    if (!(catalogue.products[line.product].seller_id == basket.seller_id))
      return refuse(Refusal::several_sellers, basket.seller_id.value);
  TRY_DO(check_stock(offers, basket.lines));
  TRY(basket.goods_fen, price_lines(catalogue, offers, basket.lines));
  TRY_DO(check_quantities(catalogue, basket));
  basket.freight_fen = freight_of(catalogue, basket);
  return basket;
}

int64_t domestic_freight_fen(const DomesticFreight& freight, int64_t goods_fen, int64_t grams) {
  switch (freight.kind) {
    case FreightKind::free: return 0;
    case FreightKind::flat: return freight.fen;
    case FreightKind::free_over: return goods_fen >= freight.threshold_fen ? 0 : freight.fen;
    case FreightKind::first_step: {
      const int64_t more = std::max<int64_t>(0, grams - freight.first_grams);
      return freight.fen + (more + freight.step_grams - 1) / freight.step_grams * freight.step_fen;
    }
  }
  return 0;
}

}  // namespace sampan
