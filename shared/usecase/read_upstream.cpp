#include "shared/usecase/read_upstream.hpp"

#include <algorithm>

#include "shared/database/cart_rows.hpp"

namespace sampan {
namespace {

ProductReading gone(const ProductKey& key, Instant now) {
  ProductReading reading;
  reading.product.key = key;
  reading.product.is_on_sale = false;
  reading.freshness.as_of = now;
  return reading;
}

bool is_read(const std::vector<ProductReading>& readings, const ProductKey& key) {
  return std::any_of(readings.begin(), readings.end(), [&](const ProductReading& r) { return r.product.key == key; });
}

void read_as_none(std::vector<ProductReading>& readings, const PurchaseLine& line) {
  for (ProductReading& reading : readings) {
    if (!(reading.product.key == line.product)) continue;
    auto& stock = reading.stock;
    stock.erase(std::remove_if(stock.begin(), stock.end(), [&](const SkuStock& s) { return s.sku_id == line.sku_id; }),
                stock.end());
    stock.push_back({line.sku_id, {StockKnowledge::number, 0}});
  }
}

}  // namespace

PurchaseRequest request_of(const Purchase& purchase) {
  PurchaseRequest request{purchase.purchase_id, purchase.seller.seller_id, {}};
  for (const PurchaseLine& line : purchase.lines)
    if (line.quantity > 0)
      request.items.push_back({line.product.product_id, line.sku_id, line.order_key, line.quantity});
  return request;
}

Result<std::vector<ProductReading>> read_products(Ports& ports, Marketplace& upstream, const Purchase& purchase) {
  std::vector<ProductReading> readings;
  for (const PurchaseLine& line : purchase.lines) {
    if (line.quantity == 0 || is_read(readings, line.product)) continue;
    auto reading = upstream.read_product(line.product.product_id);
    if (!reading && reading.error().code != ErrorCode::not_found) return tl::unexpected(reading.error());
    readings.push_back(reading ? *std::move(reading) : gone(line.product, ports.now()));
  }
  TRY_DO(ports.database.transact([&](Transaction& tx) -> Result<void> {
    for (const ProductReading& reading : readings)
      if (reading.product.is_on_sale) TRY_DO(store_reading(tx, reading));
    return done();
  }));
  return readings;
}

Result<std::vector<ProductReading>> without_stock_refused(Marketplace& upstream, const Purchase& purchase,
                                                          std::vector<ProductReading> readings) {
  bool found = false;
  for (const PurchaseLine& line : purchase.lines) {
    if (line.quantity == 0) continue;
    Purchase alone = purchase;
    alone.lines = {line};
    const auto preview = upstream.preview_purchase(request_of(alone));
    if (preview || preview.error().code != ErrorCode::sold_out) continue;
    read_as_none(readings, line);
    found = true;
  }
  if (!found)
    return fail(ErrorCode::retry_later, "The seller refuses the lines together but not one by one.",
                purchase.purchase_id.value);
  return readings;
}

}  // namespace sampan
