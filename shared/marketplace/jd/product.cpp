#include "shared/marketplace/jd/product.hpp"

#include <algorithm>
#include <limits>

#include "shared/marketplace/jd/search.hpp"

namespace sampan::jd {
namespace {

std::optional<PackedSize> packed_size(const Reply& at) {
  const auto length = at["length"].measure(0);
  const auto width = at["width"].measure(0);
  const auto height = at["height"].measure(0);
  if (!length || !width || !height) return std::nullopt;
  return PackedSize{*length, *width, *height};
}

void name_seller(ProductDetail& detail, const Reply& result) {
  detail.seller_id.value = self_run_id;
  detail.seller_name = self_run_name;
  for (const std::string_view name : {"vender", "venderName", "venderId"})
    if (std::string text = result[name].text(); !text.empty() && text != "0") detail.seller_id.value = std::move(text);
  if (detail.seller_id.value == self_run_id) return;
  detail.seller_name = detail.seller_id.value;
  for (const std::string_view name : {"vender", "venderName"})
    if (std::string text = result[name].text(); !text.empty()) detail.seller_name = std::move(text);
}

struct Picture {
  std::string url;
  bool is_main = false;
  int64_t place = 0;
};

std::vector<std::string> in_order(std::vector<Picture> pictures) {
  std::stable_sort(pictures.begin(), pictures.end(), [](const Picture& a, const Picture& b) {
    return a.is_main != b.is_main ? a.is_main : a.place < b.place;
  });
  std::vector<std::string> urls;
  for (Picture& each : pictures) urls.push_back(std::move(each.url));
  return urls;
}

std::vector<std::string> pictures_of(const std::vector<Reply>& rows) {
  std::vector<Picture> pictures;
  for (const Reply& row : rows) {
    const std::string url = picture_url(row["path"].text());
    if (url.empty() || row["yn"].text() == "0") continue;
    pictures.push_back(
        {url, row["isPrimary"].text() == "1", row["orderSort"].whole().value_or(std::numeric_limits<int64_t>::max())});
  }
  return in_order(std::move(pictures));
}

Variant& variant_of(std::vector<Variant>& variants, const std::string& sku_id) {
  for (Variant& each : variants)
    if (each.sku_id.value == sku_id) return each;
  variants.push_back({{sku_id}, {}, {}});
  return variants.back();
}

StockLevel level_in(const ProductParts& parts, const SkuId& sku_id) {
  const SkuState* const state = row_of(parts.states, sku_id);
  if (state != nullptr && !state->is_on_sale) return {StockKnowledge::number, 0};
  const AreaStock* const stock = row_of(parts.stock, sku_id);
  return stock == nullptr ? StockLevel{} : stock->level;
}

std::optional<UnitPrice> price_in(const ProductParts& parts, const SkuId& sku_id) {
  const SellPrice* const price = row_of(parts.prices, sku_id);
  return price == nullptr ? std::nullopt : price->price;
}

void add_sku(ProductReading& reading, const ProductParts& parts, const Variant& variant) {
  Sku sku;
  sku.sku_id = variant.sku_id;
  sku.order_key = variant.sku_id.value;
  sku.options = variant.options;
  sku.unit_price = price_in(parts, variant.sku_id);
  sku.picture = variant.picture;
  reading.stock.push_back({sku.sku_id, level_in(parts, sku.sku_id)});
  reading.product.skus.push_back(std::move(sku));
}

}  // namespace

VopCall detail_call(const SkuId& sku_id) {
  return {"product/getDetail", {{"sku", sku_id.value}, {"isShow", "true"}, {"queryExts", "LowestBuy,isSelf,sizeDesc"}}};
}

Result<ProductDetail> parse_detail(const Json& reply) {
  TRY(const Reply result, vop_result(Reply(reply)));
  ProductDetail detail;
  TRY(detail.sku_id.value, result["sku"].required_id());
  TRY(detail.title, result["name"].required_text());
  TRY(const int64_t state, result["state"].required_whole());
  detail.is_on_sale = state == 1;
  detail.picture = picture_url(result["imagePath"].text());
  name_seller(detail, result);
  for (const std::string_view name : {"lowestBuy", "LowestBuy"})
    detail.moq = std::max(detail.moq, result[name].whole().value_or(1));
  detail.weight_grams = result["weight"].measure(3);
  detail.size = packed_size(result);
  if (!detail.size) detail.size = packed_size(result["sizeDesc"]);
  return detail;
}

VopCall pictures_call(const SkuId& sku_id) { return {"product/skuImage", {{"sku", sku_id.value}}}; }

Result<Pictures> parse_pictures(const Json& reply) {
  TRY(const Reply result, vop_result(Reply(reply)));
  Pictures pictures;
  if (!result.has_value()) return pictures;
  for (const JsonMember& member : reply.find("result")->members)
    pictures[member.name] = pictures_of(result[member.name].items());
  return pictures;
}

VopCall variants_call(const SkuId& sku_id) { return {"product/getSimilarSku", {{"skuId", sku_id.value}}}; }

Result<std::vector<Variant>> parse_variants(const Json& reply) {
  TRY(const Reply result, vop_result(Reply(reply)));
  std::vector<Variant> variants;
  for (const Reply& dimension : result.items()) {
    const std::string name = dimension["saleName"].text();
    for (const Reply& value : dimension["saleAttrList"].items()) {
      const std::string picture = picture_url(value["imagePath"].text());
      for (const Reply& sku : value["skuIds"].items()) {
        TRY(const std::string id, sku.required_id());
        Variant& variant = variant_of(variants, id);
        variant.options.push_back({name, value["saleValue"].text()});
        if (variant.picture.empty()) variant.picture = picture;
      }
    }
  }
  return variants;
}

ProductReading product_of(const ProductParts& parts, Instant read_at) {
  ProductReading reading;
  Product& product = reading.product;
  const ProductDetail& detail = parts.detail;
  product.key = {MarketplaceName::jd, {detail.sku_id.value}};
  product.title = detail.title;
  product.pictures = parts.pictures;
  if (product.pictures.empty() && !detail.picture.empty()) product.pictures.push_back(detail.picture);
  product.seller_id = detail.seller_id;
  product.seller_name = detail.seller_name;
  product.moq = detail.moq;
  product.weight_grams = detail.weight_grams;
  product.size = detail.size;
  product.is_on_sale = detail.is_on_sale && price_in(parts, detail.sku_id).has_value();
  product.read_at = read_at;

  for (const Variant& variant : parts.variants)
    if (variant.sku_id == detail.sku_id || price_in(parts, variant.sku_id)) add_sku(reading, parts, variant);
  const bool has_itself = std::any_of(product.skus.begin(), product.skus.end(),
                                      [&](const Sku& sku) { return sku.sku_id == detail.sku_id; });
  if (!has_itself) add_sku(reading, parts, {detail.sku_id, {}, {}});
  reading.freshness = {FreshnessSource::fetched, read_at};
  return reading;
}

Result<PoolPage> parse_pool_search(const Json& reply) {
  TRY(const Reply result, vop_result(Reply(reply)));
  PoolPage page;
  for (const Reply& row : result["hitResult"].items()) {
    PoolProduct product;
    TRY(product.product_id.value, row["wareId"].required_id());
    TRY(product.title, row["wareName"].required_text());
    product.brand = row["brand"].text();
    product.picture = picture_url(row["imageUrl"].text());
    product.is_on_sale = row["wstate"].text() == "1";
    page.products.push_back(std::move(product));
  }
  TRY(page.total, result["resultCount"].required_whole());
  return page;
}

}  // namespace sampan::jd
