#include "proxy/sandbox/iop_item.hpp"

#include <algorithm>
#include <optional>

#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {
namespace {

constexpr std::string_view item_prefix = "2048";
constexpr std::string_view sku_prefix = "33";

std::optional<std::string> without(std::string_view prefix, std::string_view id) {
  if (id.size() <= prefix.size() || id.substr(0, prefix.size()) != prefix) return std::nullopt;
  return std::string(id.substr(prefix.size()));
}

int64_t fen_of(UnitPrice price) { return (price.ten_thousandths + 99) / 100; }

}  // namespace

std::string mp_id_of(const ProductId& id) { return std::string(item_prefix) + id.value; }

std::string mp_sku_id_of(const SkuId& id) { return std::string(sku_prefix) + id.value; }

Result<PurchaseItem> ordered_item(SimulatedMarket& market, const MpLine& line, Instant now) {
  const auto item_id = without(item_prefix, line.mp_id);
  if (!item_id) return refuse(Refusal::no_such_product, line.mp_id);
  TRY(const OfferView view, market.read_offer({*item_id}, now));
  const bool is_whole = line.mp_sku_id.empty() || line.mp_sku_id == "0";
  if (is_whole != !has_variants(view.product)) return refuse(Refusal::no_such_spec, *item_id + " " + line.mp_sku_id);
  if (is_whole) return PurchaseItem{{*item_id}, {*item_id}, {}, line.quantity};
  for (const CatalogueSku& sku : view.product.skus)
    if (mp_sku_id_of(sku.sku_id) == line.mp_sku_id)
      return PurchaseItem{{*item_id}, sku.sku_id, listed_order_key(view.product, sku), line.quantity};
  return refuse(Refusal::no_such_spec, *item_id + " " + line.mp_sku_id);
}

std::string item_picture(const CatalogueProduct& product, size_t number) {
  return "https://img.sampan.invalid/" + product.product_id.value + "/" + std::to_string(number) + ".webp";
}

int64_t item_price_fen(const OfferView& view) {
  if (!has_own_price(view.product)) return fen_of(tier_price_at(view.offer.tier_prices, view.product.moq));
  return fen_of(
      std::min_element(view.offer.skus.begin(), view.offer.skus.end(), [](const SkuOffer& a, const SkuOffer& b) {
        return a.unit_price < b.unit_price;
      })->unit_price);
}

int64_t sku_price_fen(const OfferView& view, size_t sku) {
  return has_own_price(view.product) ? fen_of(view.offer.skus[sku].unit_price) : item_price_fen(view);
}

}  // namespace sampan
