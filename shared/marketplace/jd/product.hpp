// One SKU of our VOP pool as a product: its detail, pictures and variants, with the price and the stock of each.
//
// Shape   a product of JD is a SKU; product/getSimilarSku names its variants: for each dimension the values, each with the
//         SKUs that have it. A SKU's order key is its own id
// Unit    weight in kg as text; prices and stock as offer.hpp has them
// Errors  bad_reply with the JSON pointer; what VOP says (errors.hpp): not_offered or not_found of a SKU outside our pool
// Trap    picture paths are relative · category is "c1;c2;c3", ids without names, and is left out · orderSort may be null ·
//         the stock call refuses the whole list when one SKU is not in our pool
// Unsure  who sells: venderId and venderName, or vender, where a reply has them, else JD itself; LowestBuy as the MOQ; length,
//         width, height in mm, directly or in sizeDesc. All are asked for by queryExts or simply read
// Source  upstream.md 5.3 and 8
#pragma once

#include <map>
#include <string>
#include <vector>

#include "shared/marketplace/jd/offer.hpp"

namespace sampan::jd {

struct ProductDetail {
  SkuId sku_id;
  std::string title;
  std::string picture;
  SellerId seller_id;
  std::string seller_name;
  bool is_on_sale = false;
  int64_t moq = 1;
  std::optional<int64_t> weight_grams;
  std::optional<PackedSize> size;
};
FIELDS(ProductDetail, sku_id, title, picture, seller_id, seller_name, is_on_sale, moq, weight_grams, size)

VopCall detail_call(const SkuId& sku_id);
Result<ProductDetail> parse_detail(const Json& reply);

// Absolute URLs by SKU, the main one first.
using Pictures = std::map<std::string, std::vector<std::string>>;

VopCall pictures_call(const SkuId& sku_id);
Result<Pictures> parse_pictures(const Json& reply);

struct Variant {
  SkuId sku_id;
  std::vector<OptionValue> options;
  std::string picture;
};
FIELDS(Variant, sku_id, options, picture)

VopCall variants_call(const SkuId& sku_id);

// In the order in which the reply first names them; empty: the SKU has no variants.
Result<std::vector<Variant>> parse_variants(const Json& reply);

struct ProductParts {
  ProductDetail detail;
  std::vector<std::string> pictures;
  std::vector<Variant> variants;
  std::vector<SkuState> states;
  std::vector<SellPrice> prices;
  std::vector<AreaStock> stock;
};

// A variant without a price is left out; without a price of the SKU itself the product is not on sale.
ProductReading product_of(const ProductParts& parts, Instant read_at);

// product/search within our pool: no prices.
struct PoolProduct {
  ProductId product_id;
  std::string title;
  std::string brand;
  std::string picture;
  bool is_on_sale = false;
};
FIELDS(PoolProduct, product_id, title, brand, picture, is_on_sale)

struct PoolPage {
  std::vector<PoolProduct> products;
  int64_t total = 0;
};
FIELDS(PoolPage, products, total)

Result<PoolPage> parse_pool_search(const Json& reply);

}  // namespace sampan::jd
