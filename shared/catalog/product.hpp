// What a seller offers on a marketplace, as read from there, in our words. Stock is not in here: it moves faster
// and stands in shared/stock.
//
// Unit    prices in 1/10,000 yuan, weight in grams, size in millimetres
// Errors  below_moq, not_a_lot, not_offered (not covered by our contract), not_found (a SKU that the product does not have)
// Source  upstream.md 8; the price rules are 1688's quoteType 0, 1, 2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/catalog/marketplace_name.hpp"
#include "shared/catalog/unit_price.hpp"
#include "shared/core/id.hpp"
#include "shared/core/json.hpp"

namespace sampan {

struct ProductKey {
  MarketplaceName marketplace{};
  ProductId product_id;
  bool operator==(const ProductKey&) const = default;
  bool operator<(const ProductKey& other) const {
    return marketplace != other.marketplace ? marketplace < other.marketplace : product_id < other.product_id;
  }
};
FIELDS(ProductKey, marketplace, product_id)

struct SellerKey {
  MarketplaceName marketplace{};
  SellerId seller_id;
  bool operator==(const SellerKey&) const = default;
  bool operator<(const SellerKey& other) const {
    return marketplace != other.marketplace ? marketplace < other.marketplace : seller_id < other.seller_id;
  }
};
FIELDS(SellerKey, marketplace, seller_id)

struct TierPrice {
  int64_t min_quantity = 1;
  UnitPrice unit_price;
  bool operator==(const TierPrice&) const = default;
};
FIELDS(TierPrice, min_quantity, unit_price)

struct OptionValue {
  std::string name;   // "颜色"
  std::string value;  // "红色"
  bool operator==(const OptionValue&) const = default;
};
FIELDS(OptionValue, name, value)

struct Sku {
  SkuId sku_id;           // the product's own id again where it has no variants
  std::string order_key;  // what an order names it by: 1688's specId; empty where the product has no variants
  std::vector<OptionValue> options;
  std::optional<UnitPrice> unit_price;  // absent: the product's tiers say it
  std::optional<int64_t> weight_grams;
  std::string picture;  // an absolute URL, or empty
  bool operator==(const Sku&) const = default;
};
FIELDS(Sku, sku_id, order_key, options, unit_price, weight_grams, picture)

struct PackedSize {
  int64_t length_mm = 0;
  int64_t width_mm = 0;
  int64_t height_mm = 0;
  bool operator==(const PackedSize&) const = default;
};
FIELDS(PackedSize, length_mm, width_mm, height_mm)

struct Product {
  ProductKey key;
  std::string title;             // the seller's own words
  std::string title_translated;  // by the marketplace, or empty
  std::vector<std::string> category;
  std::vector<std::string> pictures;  // absolute URLs, the main one first
  SellerId seller_id;
  std::string seller_name;
  std::vector<Sku> skus;               // never empty
  std::vector<TierPrice> tier_prices;  // by the product's total quantity, rising; empty: the SKUs say it
  int64_t moq = 1;
  int64_t lot_size = 1;
  std::optional<int64_t> weight_grams;  // of one packed piece
  std::optional<PackedSize> size;
  bool is_on_sale = true;
  bool is_buyable = true;  // false: it can be looked at, but our contract with the marketplace does not cover it
  Instant read_at{};
};
FIELDS(Product, key, title, title_translated, category, pictures, seller_id, seller_name, skus, tier_prices, moq,
       lot_size, weight_grams, size, is_on_sale, is_buyable, read_at)

inline SellerKey seller_of(const Product& product) { return {product.key.marketplace, product.seller_id}; }

Result<Sku> sku_of(const Product& product, const SkuId& sku_id);

// What one piece of `sku` costs when `product_quantity` pieces of the whole product are bought together.
Result<UnitPrice> unit_price_at(const Product& product, const Sku& sku, int64_t product_quantity);

// not_offered when we may only show it.
Result<void> check_is_buyable(const Product& product);

// below_moq or not_a_lot when the seller would refuse `product_quantity`.
Result<void> check_quantity(const Product& product, int64_t product_quantity);

}  // namespace sampan
