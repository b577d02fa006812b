// What JD sells, by the numbers that JD knows: every SKU is a product of its own, and the catalogue's product is the group of
// similar SKUs.
//
// Limits  of a product off sale, only the number that its group goes by is still known
// Source  upstream.md 5.3 and 8
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/aop_api.hpp"
#include "shared/marketplace/simulator/market.hpp"

namespace sampan {

// What was sent, decoded: read as 1688's is.
using JdParameters = AopParameters;

struct JdGoods {
  OfferView view;
  size_t sku = 0;  // index in the product and in the offer

  const SkuId& sku_id() const { return view.offer.skus[sku].sku_id; }
  UnitPrice price() const;
  const StockLevel& level() const { return view.offer.skus[sku].level; }
  PurchaseItem as_item(int64_t quantity) const;
};

class JdShelf {
 public:
  // `market` outlives this.
  JdShelf(SimulatedMarket& market, Instant now);

  std::optional<JdGoods> find(const SkuId& id) const;

 private:
  SimulatedMarket& market_;
  Instant now_;
  std::vector<OfferView> on_sale_;
};

// Where our catalogue's id ends in a number, JD's is that number: "jd_1056" is 1056.
Json jd_seller_id(const SellerId& id);

// Numbered from 1. The host does not exist: whoever shows a picture draws it by the catalogue's recipe.
std::string jd_picture(const CatalogueProduct& product, size_t number);

// JD's number of a category, made of its name.
std::string jd_category_id(std::string_view name);

}  // namespace sampan
