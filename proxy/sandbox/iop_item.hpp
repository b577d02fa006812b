// A product of the market as Taobao's gateways tell it: its prices, its picture, and the numbers that it is ordered by.
//
// Shape   an mp_id is "2048" before the item's id, an mp_skuId "33" before the SKU's: an id space of its own, as at Taobao Global
// Unit    fen, rounded up
// Errors  those of refusal.hpp
// Source  upstream.md 3.3; the recorded reply of /product/get
#pragma once

#include <string>
#include <string_view>

#include "shared/marketplace/simulator/market.hpp"

namespace sampan {

std::string mp_id_of(const ProductId& id);
std::string mp_sku_id_of(const SkuId& id);

struct MpLine {
  std::string mp_id;
  std::string mp_sku_id;  // empty or "0": an item without SKUs
  int64_t quantity = 0;
};

// The line as the market takes it.
Result<PurchaseItem> ordered_item(SimulatedMarket& market, const MpLine& line, Instant now);

// The host does not exist: whoever shows a picture draws it by the catalogue's recipe. Numbered from 1.
std::string item_picture(const CatalogueProduct& product, size_t number);

// At the least amount; of a SKU the product's where the tiers say it.
int64_t item_price_fen(const OfferView& view);
int64_t sku_price_fen(const OfferView& view, size_t sku);

}  // namespace sampan
