// What one order would buy, at the prices of now: the simulated 1688's own rules on what it sells together.
//
// Unit    fen; unit prices in 1/10,000 yuan
// Errors  those of refusal.hpp
// Source  upstream.md 4.4 (quoteType, MOQ, lots, mixed batch) and 4.5 (one seller, at most 50 SKUs)
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/marketplace/marketplace.hpp"
#include "shared/marketplace/simulator/catalogue.hpp"

namespace sampan {

// What moves about a SKU and a product; the rest stands in the catalogue, at the same index.
struct SkuOffer {
  SkuId sku_id;  // as listed outside
  StockLevel level;
  UnitPrice unit_price;  // counts where each SKU has its price
  bool operator==(const SkuOffer&) const = default;
};
FIELDS(SkuOffer, sku_id, level, unit_price)

struct Offer {
  ProductId product_id;
  bool is_on_sale = true;
  std::vector<TierPrice> tier_prices;  // counts where the tiers say the price
  std::vector<SkuOffer> skus;
};
FIELDS(Offer, product_id, is_on_sale, tier_prices, skus)

Offer opening_offer(const CatalogueProduct& product);

inline bool has_own_price(const CatalogueProduct& sku_owner) { return sku_owner.quote_type == 1; }

// A tier list's price for so many pieces; below its first tier, the first tier's.
UnitPrice tier_price_at(const std::vector<TierPrice>& tiers, int64_t quantity);

struct BasketLine {
  size_t product = 0;  // index in the catalogue and among the offers
  size_t sku = 0;
  int64_t quantity = 0;
  UnitPrice unit_price;
};

struct Basket {
  SellerId seller_id;
  std::vector<BasketLine> lines;
  int64_t goods_fen = 0;
  int64_t freight_fen = 0;
};

inline constexpr size_t most_lines = 50;
inline constexpr int64_t most_pieces = 1'000'000;  // of one line

Result<Basket> make_basket(const Catalogue& catalogue, const std::vector<Offer>& offers,
                           const std::vector<PurchaseItem>& items);

// What one parcel of `grams` costs to the warehouse by a product's freight template.
int64_t domestic_freight_fen(const DomesticFreight& freight, int64_t goods_fen, int64_t grams);

}  // namespace sampan
