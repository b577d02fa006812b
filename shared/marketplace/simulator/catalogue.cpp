#include "shared/marketplace/simulator/catalogue.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace sampan {
namespace {

constexpr size_t dispatch_buckets = 6;

bool values_fit(const CatalogueProduct& product, const CatalogueSku& sku) {
  if (sku.values.size() != product.options.size()) return false;
  for (size_t i = 0; i < sku.values.size(); ++i)
    if (sku.values[i] < 0 || sku.values[i] >= static_cast<int64_t>(product.options[i].values.size())) return false;
  return true;
}

bool tiers_rise(const CatalogueProduct& product) {
  const auto& tiers = product.tier_prices;
  for (size_t i = 0; i < tiers.size(); ++i) {
    if (tiers[i].price_fen <= 0 || tiers[i].min_quantity <= 0) return false;
    if (i > 0 && tiers[i].min_quantity <= tiers[i - 1].min_quantity) return false;
  }
  return true;
}

// The first thing that is wrong with it, or nothing.
std::string_view fault_of(const CatalogueProduct& product) {
  if (product.skus.empty()) return "no SKU";
  if (!has_variants(product) && product.skus.size() != 1) return "several SKUs without options";
  if (product.quote_type < 0 || product.quote_type > 2) return "quote_type";
  if (product.quote_type == 0 && has_variants(product)) return "quote_type 0 with options";
  if (product.quote_type != 1 && product.tier_prices.empty()) return "no tier price";
  if (!tiers_rise(product)) return "tier_prices";
  if (product.moq < 1 || product.lot_size < 1) return "moq or lot_size";
  if (product.weight_grams < 0) return "weight_grams";
  if (product.restock.every_days < 1 || product.restock.quantity < 0 || product.restock.sales_per_day_tenths < 0)
    return "restock";
  const DomesticFreight& freight = product.domestic_freight;
  if (freight.kind == FreightKind::first_step && freight.step_grams < 1) return "domestic_freight";
  for (const CatalogueSku& sku : product.skus) {
    if (!values_fit(product, sku)) return "values of a SKU";
    if (sku.price_fen <= 0) return "price_fen";
    if (has_variants(product) && sku.spec_id.empty()) return "spec_id";
  }
  return {};
}

Result<void> check(const Catalogue& catalogue) {
  std::set<SellerId> sellers;
  for (const CatalogueSeller& seller : catalogue.sellers) {
    const auto& sent = seller.dispatch_per_mille;
    if (sent.size() != dispatch_buckets || std::accumulate(sent.begin(), sent.end(), int64_t{0}) != 1000)
      return fail(ErrorCode::bad_data, "A seller's dispatch_per_mille is not six parts of a thousand.",
                  seller.seller_id.value);
    sellers.insert(seller.seller_id);
  }
  std::set<ProductId> seen;
  for (const CatalogueProduct& product : catalogue.products) {
    const std::string& id = product.product_id.value;
    if (!seen.insert(product.product_id).second) return fail(ErrorCode::bad_data, "A product is there twice.", id);
    if (sellers.count(product.seller_id) == 0) return fail(ErrorCode::bad_data, "A product has no such seller.", id);
    if (const auto fault = fault_of(product); !fault.empty())
      return fail(ErrorCode::bad_data, "A product of the catalogue is wrong.", id + ": " + std::string(fault));
  }
  return done();
}

}  // namespace

Result<WrittenStock> read(const Json& json, WrittenStock*) {
  if (json.kind == JsonKind::null) return WrittenStock{};
  if (json.kind == JsonKind::string && json.text == "plenty") return WrittenStock{{StockKnowledge::plenty, 0}};
  TRY(const int64_t quantity, read(json, static_cast<int64_t*>(nullptr)));
  if (quantity < 0) return fail(ErrorCode::bad_input, "A stock is below zero.");
  return WrittenStock{{StockKnowledge::number, quantity}};
}

void write(std::string& out, const WrittenStock& stock) {
  switch (stock.level.knowledge) {
    case StockKnowledge::unknown: out += "null"; return;
    case StockKnowledge::plenty: write(out, std::string_view("plenty")); return;
    case StockKnowledge::number: write(out, stock.level.quantity); return;
  }
}

SkuId listed_sku_id(const CatalogueProduct& product, const CatalogueSku& sku) {
  return has_variants(product) ? sku.sku_id : SkuId{product.product_id.value};
}

std::string listed_order_key(const CatalogueProduct& product, const CatalogueSku& sku) {
  return has_variants(product) ? sku.spec_id : std::string{};
}

Result<Catalogue> parse_catalogue(std::string_view products_json, std::string_view sellers_json) {
  Catalogue catalogue;
  TRY(catalogue.products, from_json<std::vector<CatalogueProduct>>(products_json));
  TRY(catalogue.sellers, from_json<std::vector<CatalogueSeller>>(sellers_json));
  TRY_DO(check(catalogue));
  return catalogue;
}

}  // namespace sampan
