#include "shared/marketplace/simulator/simulated_marketplace.hpp"

#include <algorithm>
#include <utility>

#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {
namespace {

// Pictures are numbered from 1. The host does not exist: whoever shows them draws them by the catalogue's recipe.
std::string picture_url(const CatalogueProduct& product, size_t number) {
  return "https://img.sampan.invalid/" + product.product_id.value + "/" + std::to_string(number) + ".webp";
}

std::vector<std::string> pictures_of(const CatalogueProduct& product) {
  std::vector<std::string> pictures;
  for (size_t i = 1; i <= product.pictures.size(); ++i) pictures.push_back(picture_url(product, i));
  return pictures;
}

Sku sku_of(const OfferView& view, size_t index) {
  const CatalogueSku& from = view.product.skus[index];
  Sku sku;
  sku.sku_id = listed_sku_id(view.product, from);
  sku.order_key = listed_order_key(view.product, from);
  for (size_t i = 0; i < from.values.size(); ++i) {
    const CatalogueOption& option = view.product.options[i];
    sku.options.push_back({option.zh, option.values[static_cast<size_t>(from.values[i])].zh});
  }
  if (has_own_price(view.product)) sku.unit_price = view.offer.skus[index].unit_price;
  sku.weight_grams = from.weight_grams;
  return sku;
}

Product product_of(MarketplaceName marketplace, const OfferView& view, Instant read_at) {
  const CatalogueProduct& from = view.product;
  Product product;
  product.key = {marketplace, from.product_id};
  product.title = from.title_zh;
  product.title_translated = from.title_en;
  product.category = from.category_zh;
  product.pictures = pictures_of(from);
  product.seller_id = from.seller_id;
  product.seller_name = view.seller.name_zh;
  for (size_t i = 0; i < from.skus.size(); ++i) product.skus.push_back(sku_of(view, i));
  if (!has_own_price(from)) product.tier_prices = view.offer.tier_prices;
  product.moq = from.moq;
  product.lot_size = from.lot_size;
  product.weight_grams = from.weight_grams;
  product.size = from.size;
  product.is_on_sale = view.offer.is_on_sale;
  product.is_buyable = is_buyable(from);
  product.read_at = read_at;
  return product;
}

// The least that one piece costs at the MOQ.
UnitPrice price_from(const OfferView& view) {
  const std::vector<SkuOffer>& skus = view.offer.skus;
  if (!has_own_price(view.product)) return tier_price_at(view.offer.tier_prices, view.product.moq);
  return std::min_element(skus.begin(), skus.end(),
                          [](const SkuOffer& a, const SkuOffer& b) { return a.unit_price < b.unit_price; })
      ->unit_price;
}

ProductSummary summary_of(MarketplaceName marketplace, const OfferView& view) {
  const CatalogueProduct& from = view.product;
  ProductSummary summary;
  summary.key = {marketplace, from.product_id};
  summary.title = from.title_zh;
  summary.title_translated = from.title_en;
  if (!from.pictures.empty()) summary.picture = picture_url(from, 1);
  summary.price_from = price_from(view);
  summary.moq = from.moq;
  summary.monthly_sales = from.monthly_sales;
  return summary;
}

UpstreamOrder upstream_order_of(const MarketOrder& from) {
  UpstreamOrder order;
  order.upstream_order_id = from.upstream_order_id;
  order.state = from.state;
  order.goods = {from.goods_fen, cny()};
  order.freight = {from.freight_fen, cny()};
  for (const MarketOrderLine& line : from.lines)
    order.items.push_back({line.product_id, line.sku_id, line.order_key, line.quantity});
  order.shipments = from.shipments;
  return order;
}

}  // namespace

Result<SearchPage> SimulatedMarketplace::search(const ProductSearch& search) {
  if (search.page < 1) return refuse(Refusal::malformed, "page " + std::to_string(search.page));
  const std::vector<OfferView> found = market_.search(search.words, now_());
  const auto total = static_cast<int64_t>(found.size());
  SearchPage page;
  page.total = total;
  const int64_t pages_before = std::min(search.page - 1, total / page_size + 1);
  const int64_t first = std::min(total, pages_before * page_size);
  const int64_t last = std::min(total, first + page_size);
  for (int64_t i = first; i < last; ++i) page.products.push_back(summary_of(name_, found[static_cast<size_t>(i)]));
  return page;
}

Result<ProductReading> SimulatedMarketplace::read_product(const ProductId& product_id) {
  const Instant now = now_();
  TRY(const OfferView view, market_.read_offer(product_id, now));
  ProductReading reading;
  reading.product = product_of(name_, view, now);
  for (const SkuOffer& sku : view.offer.skus) reading.stock.push_back({sku.sku_id, sku.level});
  reading.freshness = {FreshnessSource::fetched, now};
  return reading;
}

Result<PurchasePreview> SimulatedMarketplace::preview_purchase(const PurchaseRequest& request) {
  TRY(const Basket basket, market_.preview(request.items, now_()));
  return PurchasePreview{{basket.goods_fen, cny()}, {basket.freight_fen, cny()}};
}

Result<std::vector<UpstreamOrder>> SimulatedMarketplace::place_purchase(const PurchaseRequest& request) {
  TRY(const MarketOrder order, market_.create(request.purchase_id, request.items, now_()));
  return std::vector{upstream_order_of(order)};
}

Result<std::vector<UpstreamOrder>> SimulatedMarketplace::find_purchase(const PurchaseId& purchase_id) {
  std::vector<UpstreamOrder> orders;
  for (const MarketOrder& order : market_.list_orders(purchase_id, now_())) orders.push_back(upstream_order_of(order));
  return orders;
}

Result<UpstreamOrder> SimulatedMarketplace::read_order(const UpstreamOrderId& id) {
  TRY(const MarketOrder order, market_.read_order(id, now_()));
  return upstream_order_of(order);
}

}  // namespace sampan
