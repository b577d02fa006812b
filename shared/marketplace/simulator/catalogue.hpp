// What a simulated marketplace sells when it opens: products and their sellers, as assets/demo has them.
//
// Unit    prices in fen, weight in grams, size in millimetres, options in Chinese and English
// Errors  bad_input of text that is no catalogue; bad_data of one that contradicts itself, with the product in its context
// Source  assets/demo/README.md; the price rules are 1688's quoteType 0, 1, 2 (upstream.md 4.4)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/stock/stock_level.hpp"

namespace sampan {

// A stock level as the catalogue writes it: 120, "plenty", or null for not known.
struct WrittenStock {
  StockLevel level;
};
Result<WrittenStock> read(const Json& json, WrittenStock*);
void write(std::string& out, const WrittenStock& stock);

struct CataloguePicture {
  std::string glyph;  // the drawing recipe: assets/demo/README.md
  int64_t hue = 0;
  std::vector<std::string> background;
  std::optional<int64_t> saturate;
  std::optional<int64_t> brightness;
};
FIELDS(CataloguePicture, glyph, hue, background, saturate, brightness)

struct CatalogueValue {
  std::string zh;
  std::string en;
  std::optional<std::string> swatch;
  std::optional<int64_t> hue;
  std::optional<int64_t> saturate;
  std::optional<int64_t> brightness;
};
FIELDS(CatalogueValue, zh, en, swatch, hue, saturate, brightness)

struct CatalogueOption {
  std::string zh;
  std::string en;
  std::vector<CatalogueValue> values;
};
FIELDS(CatalogueOption, zh, en, values)

struct CatalogueSku {
  SkuId sku_id;
  std::string spec_id;          // what an order names it by; the sku_id again where the marketplace has no other name
  std::vector<int64_t> values;  // for each option, the index of its value
  int64_t price_fen = 0;
  WrittenStock stock;
  std::optional<int64_t> weight_grams;
};
FIELDS(CatalogueSku, sku_id, spec_id, values, price_fen, stock, weight_grams)

struct CatalogueTier {
  int64_t min_quantity = 1;
  int64_t price_fen = 0;
};
FIELDS(CatalogueTier, min_quantity, price_fen)

// With either of them in the basket with this seller, a product's own MOQ is waived.
struct MixedBatch {
  int64_t min_quantity = 0;
  int64_t min_amount_fen = 0;
};
FIELDS(MixedBatch, min_quantity, min_amount_fen)

enum class FreightKind { free, flat, free_over, first_step };
WORDS(FreightKind, free, flat, free_over, first_step)

// flat: `fen` · free_over: `fen` below a basket of `threshold_fen` · first_step: `fen` up to `first_grams`, then
// `step_fen` for each begun `step_grams`.
struct DomesticFreight {
  FreightKind kind{};
  int64_t threshold_fen = 0;
  int64_t fen = 0;
  int64_t first_grams = 0;
  int64_t step_grams = 0;
  int64_t step_fen = 0;
  bool operator==(const DomesticFreight&) const = default;
};
FIELDS(DomesticFreight, kind, threshold_fen, fen, first_grams, step_grams, step_fen)

struct Restock {
  int64_t sales_per_day_tenths = 0;  // by other buyers, of the whole product
  int64_t every_days = 1;
  int64_t quantity = 0;  // of each SKU
};
FIELDS(Restock, sales_per_day_tenths, every_days, quantity)

struct CatalogueProduct {
  ProductId product_id;
  SellerId seller_id;
  std::string title_zh;
  std::string title_en;
  std::vector<std::string> category_zh;
  std::vector<std::string> category_en;
  std::vector<CataloguePicture> pictures;
  std::vector<CatalogueOption> options;  // empty: no variants, and one SKU that the marketplace does not list
  std::vector<CatalogueSku> skus;
  int64_t moq = 1;
  int64_t lot_size = 1;
  int64_t quote_type = 0;  // 0 tiers, no variants · 1 each SKU its price · 2 tiers by the product's total quantity
  std::vector<CatalogueTier> tier_prices;
  std::optional<MixedBatch> mixed_batch;
  DomesticFreight domestic_freight;
  int64_t weight_grams = 0;
  PackedSize size;
  int64_t monthly_sales = 0;
  Restock restock;
  std::optional<bool> is_tmall;    // of Taobao
  std::optional<bool> is_in_pool;  // of JD: our contract covers it; absent: it does
};
FIELDS(CatalogueProduct, product_id, seller_id, title_zh, title_en, category_zh, category_en, pictures, options, skus,
       moq, lot_size, quote_type, tier_prices, mixed_batch, domestic_freight, weight_grams, size, monthly_sales,
       restock, is_tmall, is_in_pool)

struct CatalogueSeller {
  SellerId seller_id;
  std::string name_zh;
  std::string name_en;
  std::string city_zh;
  std::string city_en;
  std::vector<int64_t> dispatch_per_mille;  // of purchases sent within 0, 1, 2, 3, 4–7 and 8 or more days
};
FIELDS(CatalogueSeller, seller_id, name_zh, name_en, city_zh, city_en, dispatch_per_mille)

struct Catalogue {
  std::vector<CatalogueProduct> products;
  std::vector<CatalogueSeller> sellers;
};

inline bool has_variants(const CatalogueProduct& product) { return !product.options.empty(); }
inline bool is_buyable(const CatalogueProduct& product) { return product.is_in_pool.value_or(true); }

// As the marketplace names it outside: a product without variants is bought by its own id.
SkuId listed_sku_id(const CatalogueProduct& product, const CatalogueSku& sku);
std::string listed_order_key(const CatalogueProduct& product, const CatalogueSku& sku);

// The two files of a marketplace's folder in assets/demo.
Result<Catalogue> parse_catalogue(std::string_view products_json, std::string_view sellers_json);

}  // namespace sampan
