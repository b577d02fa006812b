// How many the seller says there are, and how old that figure is. Not known is never zero.
//
// Range   quantity ≥ 0 where knowledge is `number`
// Source  upstream.md 1.8 and 8: -1, null and missing mean unknown; "有货" without a number means plenty
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/catalog/product.hpp"

namespace sampan {

enum class StockKnowledge { unknown, plenty, number };
WORDS(StockKnowledge, unknown, plenty, number)

struct StockLevel {
  StockKnowledge knowledge = StockKnowledge::unknown;
  int64_t quantity = 0;
  bool operator==(const StockLevel&) const = default;
};
FIELDS(StockLevel, knowledge, quantity)

enum class FreshnessSource { fetched, pushed };
WORDS(FreshnessSource, fetched, pushed)

struct Freshness {
  FreshnessSource source = FreshnessSource::fetched;
  Instant as_of{};
  bool operator==(const Freshness&) const = default;
};
FIELDS(Freshness, source, as_of)

struct SkuStock {
  SkuId sku_id;
  StockLevel level;
  bool operator==(const SkuStock&) const = default;
};
FIELDS(SkuStock, sku_id, level)

// A product and its stock, read in one call.
struct ProductReading {
  Product product;
  std::vector<SkuStock> stock;
  Freshness freshness;
};
FIELDS(ProductReading, product, stock, freshness)

StockLevel stock_of(const ProductReading& reading, const SkuId& sku_id);

// How many of `wanted` may be promised: unknown and plenty promise all, since the marketplace's own preview decides.
int64_t available(const StockLevel& level, int64_t wanted);

}  // namespace sampan
