#include "shared/stock/stock_level.hpp"

#include <algorithm>

namespace sampan {

StockLevel stock_of(const ProductReading& reading, const SkuId& sku_id) {
  for (const SkuStock& each : reading.stock)
    if (each.sku_id == sku_id) return each.level;
  return {};
}

int64_t available(const StockLevel& level, int64_t wanted) {
  return level.knowledge == StockKnowledge::number ? std::min(level.quantity, wanted) : wanted;
}

}  // namespace sampan
