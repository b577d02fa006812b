#include "shared/catalog/product.hpp"

#include <algorithm>

namespace sampan {

Result<Sku> sku_of(const Product& product, const SkuId& sku_id) {
  const auto found =
      std::find_if(product.skus.begin(), product.skus.end(), [&](const Sku& s) { return s.sku_id == sku_id; });
  if (found == product.skus.end())
    return fail(ErrorCode::not_found, "The seller does not offer this variant any more.", sku_id.value);
  return *found;
}

Result<UnitPrice> unit_price_at(const Product& product, const Sku& sku, int64_t product_quantity) {
  if (sku.unit_price) return *sku.unit_price;
  // Tiers rise; under the first of them its price is still the one shown, and check_quantity refuses the quantity.
  std::optional<UnitPrice> price;
  for (const TierPrice& tier : product.tier_prices)
    if (!price || tier.min_quantity <= product_quantity) price = tier.unit_price;
  if (!price)
    return fail(ErrorCode::bad_reply, "The marketplace names no price for this product.", product.key.product_id.value);
  return *price;
}

Result<void> check_is_buyable(const Product& product) {
  if (product.is_buyable) return done();
  return fail(ErrorCode::not_offered, "This product cannot be bought here: it is only shown.",
              product.key.product_id.value);
}

Result<void> check_quantity(const Product& product, int64_t product_quantity) {
  if (product_quantity < product.moq)
    return fail(ErrorCode::below_moq, "The seller sells at least " + std::to_string(product.moq) + " of this.");
  if (product.lot_size > 1 && product_quantity % product.lot_size != 0)
    return fail(ErrorCode::not_a_lot, "The seller sells this in lots of " + std::to_string(product.lot_size) + ".");
  return done();
}

}  // namespace sampan
