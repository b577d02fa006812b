#include "proxy/sandbox/jd_shelf.hpp"

#include "proxy/sandbox/wire_json.hpp"
#include "shared/marketplace/simulator/fate.hpp"

namespace sampan {
namespace {

std::optional<JdGoods> sku_in(const OfferView& view, const SkuId& id) {
  for (size_t i = 0; i < view.offer.skus.size(); ++i)
    if (view.offer.skus[i].sku_id == id) return JdGoods{view, i};
  return std::nullopt;
}

}  // namespace

UnitPrice JdGoods::price() const {
  if (has_own_price(view.product)) return view.offer.skus[sku].unit_price;
  return tier_price_at(view.offer.tier_prices, view.product.moq);
}

PurchaseItem JdGoods::as_item(int64_t quantity) const {
  return {view.product.product_id, sku_id(), listed_order_key(view.product, view.product.skus[sku]), quantity};
}

JdShelf::JdShelf(SimulatedMarket& market, Instant now) : market_(market), now_(now), on_sale_(market.search("", now)) {}

std::optional<JdGoods> JdShelf::find(const SkuId& id) const {
  for (const OfferView& view : on_sale_)
    if (auto goods = sku_in(view, id)) return goods;
  const auto group = market_.read_offer({id.value}, now_);
  return group ? sku_in(*group, id) : std::nullopt;
}

Json jd_seller_id(const SellerId& id) {
  const Json number = json_id(std::string_view(id.value).substr(id.value.rfind('_') + 1));
  return number.kind == JsonKind::number ? number : json_string(id.value);
}

std::string jd_picture(const CatalogueProduct& product, size_t number) {
  return "https://img.sampan.invalid/" + product.product_id.value + "/" + std::to_string(number) + ".webp";
}

std::string jd_category_id(std::string_view name) {
  constexpr int64_t first = 600;
  constexpr int64_t count = 9'000;
  return std::to_string(first + fate_below(count, 1, name));
}

}  // namespace sampan
