// What VOP says of SKUs before they are bought: on sale, price, stock, sold to our region, freight.
//
// Unit    prices and freight in yuan, as numbers or texts
// Errors  bad_reply with the JSON pointer; what VOP says (errors.hpp): not_offered, of the first SKU that is not in our pool
// Trap    stock, and once the area limits, are JSON text inside JSON · a price that is null, below zero or missing is no
//         quote although success is true · remainNum is real only where less than 50 are asked for (older documents: 5), is
//         -1 for not told and above 100 the asked number again · 36 and 99 are advance orders: for us out of stock
// Unsure  order/getFreight: {freight, baseFreight, remoteRegionFreight, remoteSku}, freight the whole (two public clients);
//         asked with sku [{skuId,num}], province, city, county, town, paymentType
// Source  upstream.md 5.3
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/marketplace/jd/call.hpp"
#include "shared/marketplace/jd/errors.hpp"
#include "shared/marketplace/marketplace.hpp"

namespace sampan::jd {

inline constexpr size_t most_skus_a_call = 100;

// JD's own ids of the warehouse's region; town 0 where there is none.
struct Area {
  int64_t province = 0;
  int64_t city = 0;
  int64_t county = 0;
  int64_t town = 0;
};

// "1_72_2799_0"; bad_input for anything but four numbers.
Result<Area> parse_area(std::string_view text);

struct SkuQuantity {
  SkuId sku_id;
  int64_t quantity = 0;
};

// [{"skuId":1,"num":2}]
std::string sku_quantities(const std::vector<SkuQuantity>& skus);
std::string comma_joined(const std::vector<SkuId>& skus);
void add_area(std::vector<Parameter>& parameters, const Area& area);

struct SkuState {
  SkuId sku_id;
  bool is_on_sale = false;
};
FIELDS(SkuState, sku_id, is_on_sale)

VopCall sku_state_call(const std::vector<SkuId>& skus);
Result<std::vector<SkuState>> parse_sku_states(const Json& reply);

struct SellPrice {
  SkuId sku_id;
  std::optional<UnitPrice> price;       // absent: no quote
  std::optional<UnitPrice> list_price;  // JD's own to everybody
};
FIELDS(SellPrice, sku_id, price, list_price)

VopCall sell_price_call(const std::vector<SkuId>& skus);
Result<std::vector<SellPrice>> parse_sell_prices(const Json& reply);

struct AreaStock {
  SkuId sku_id;
  std::string area;          // "1_72_2799_0"
  int64_t stock_state = 0;   // JD's: 33, 34, 36, 39, 40, 99
  bool is_sold_now = false;  // 33, 39, 40
  StockLevel level;
};
FIELDS(AreaStock, sku_id, area, stock_state, is_sold_now, level)

VopCall stock_call(const std::vector<SkuQuantity>& skus, const Area& area);
Result<std::vector<AreaStock>> parse_stock(const Json& reply);

struct AreaLimit {
  SkuId sku_id;
  bool is_restricted = false;
};
FIELDS(AreaLimit, sku_id, is_restricted)

VopCall area_limit_call(const std::vector<SkuId>& skus, const Area& area);
Result<std::vector<AreaLimit>> parse_area_limits(const Json& reply);

struct Freight {
  Money whole;
  std::optional<Money> base;
  std::optional<Money> remote_region;
};
FIELDS(Freight, whole, base, remote_region)

VopCall freight_call(const std::vector<SkuQuantity>& skus, const Area& area, int64_t payment_type);
Result<Freight> parse_freight(const Json& reply);

template <class Row>
const Row* row_of(const std::vector<Row>& rows, const SkuId& sku_id) {
  for (const Row& row : rows)
    if (row.sku_id == sku_id) return &row;
  return nullptr;
}

}  // namespace sampan::jd
