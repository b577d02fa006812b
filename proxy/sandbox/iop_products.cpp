// What the simulated Taobao Global sells: /traffic/item/search and /product/get.
//
// Unit    fen, but yuan as text in a row of the search
// Trap    nothing tells how many were found · a promotion of 0 is none · a stock that is no number is null
// Source  upstream.md 3.3; the recorded reply of /product/get; a reseller's page for the rows of the search
#include <algorithm>
#include <array>

#include "proxy/sandbox/iop_api.hpp"
#include "proxy/sandbox/iop_item.hpp"
#include "proxy/sandbox/wire_json.hpp"
#include "shared/marketplace/simulator/fate.hpp"
#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {
namespace {

constexpr int64_t largest_page = 20;
constexpr std::array languages{std::string_view("en"), std::string_view("vi"), std::string_view("ru"),
                               std::string_view("ko"), std::string_view("ja")};

Json stock_of(const StockLevel& level) {
  return level.knowledge == StockKnowledge::number ? json_integer(level.quantity) : json_null();
}

Json stock_of(const Offer& offer) {
  int64_t sum = 0;
  for (const SkuOffer& sku : offer.skus) {
    if (sku.level.knowledge != StockKnowledge::number) return json_null();
    sum += sku.level.quantity;
  }
  return json_integer(sum);
}

// Search

// The catalogue speaks English only.
Json translation(const OfferView& view, const std::string& language) {
  if (language != "en") return json_null();
  return json_object({{"language", json_string(language)}, {"title", json_string(view.product.title_en)}});
}

Json search_row(const OfferView& view, const std::string& language) {
  const CatalogueProduct& product = view.product;
  return json_object({
      {"item_id", json_id(product.product_id.value)},
      {"title", json_string(product.title_zh)},
      {"main_image_url", json_string(product.pictures.empty() ? "" : item_picture(product, 1))},
      {"price", json_string(trimmed_decimal(item_price_fen(view), 2))},
      {"coupon_price", json_null()},
      {"inventory", stock_of(view.offer)},
      {"shop_name", json_string(view.seller.name_zh)},
      {"tags", json_array({})},
      {"multi_language_info", translation(view, language)},
  });
}

Result<Json> item_search(const IopScene& call) {
  TRY(const int64_t page, call.parameters.integer("page_no", 1));
  TRY(const int64_t size, call.parameters.integer("page_size", largest_page));
  if (page < 1) return malformed("page_no");
  if (size < 1 || size > largest_page) return malformed("page_size");
  const std::string language = call.parameters.text("language");
  if (!language.empty() && std::find(languages.begin(), languages.end(), language) == languages.end())
    return malformed("language");
  const std::vector<OfferView> found = call.market().search(call.parameters.text("keyword"), call.scene.now);
  const auto total = static_cast<int64_t>(found.size());
  std::vector<Json> rows;
  if (page <= (total + size - 1) / size)
    for (int64_t i = (page - 1) * size; i < std::min(total, page * size); ++i)
      rows.push_back(search_row(found[static_cast<size_t>(i)], language));
  return json_object(
      {{"page_no", json_integer(page)}, {"page_size", json_integer(size)}, {"data", json_array(std::move(rows))}});
}

// Detail

Json properties_of(const CatalogueProduct& product, const CatalogueSku& sku) {
  std::vector<Json> properties;
  for (size_t i = 0; i < sku.values.size(); ++i) {
    const CatalogueOption& option = product.options[i];
    const CatalogueValue& value = option.values[static_cast<size_t>(sku.values[i])];
    properties.push_back(json_object({
        {"prop_id", json_integer(100'000 + fate_below(900'000, 1, option.zh))},
        {"prop_name", json_string(option.zh)},
        {"value_id", json_integer(10'000 + fate_below(90'000, 1, value.zh))},
        {"value_name", json_string(value.zh)},
        {"value_desc", json_string(value.zh)},
    }));
  }
  return json_array(std::move(properties));
}

std::string_view status_of(const OfferView& view) { return view.offer.is_on_sale ? "NORMAL" : "OFF_SHELF"; }

// Of one piece.
Json post_fee(const OfferView& view, int64_t price_fen) {
  return json_integer(domestic_freight_fen(view.product.domestic_freight, price_fen, view.product.weight_grams));
}

Json sku_list(const OfferView& view) {
  std::vector<Json> skus;
  if (!has_variants(view.product)) return json_array({});
  const std::string picture = view.product.pictures.empty() ? "" : item_picture(view.product, 1);
  for (size_t i = 0; i < view.product.skus.size(); ++i) {
    const CatalogueSku& sku = view.product.skus[i];
    skus.push_back(json_object({
        {"sku_id", json_id(sku.sku_id.value)},
        {"mp_skuId", json_id(mp_sku_id_of(sku.sku_id))},
        {"price", json_integer(sku_price_fen(view, i))},
        {"promotion_price", json_integer(0)},
        {"coupon_price", json_integer(0)},
        {"postFee", post_fee(view, sku_price_fen(view, i))},
        {"quantity", stock_of(view.offer.skus[i].level)},
        {"status", json_string(status_of(view))},
        {"pic_url", json_string(picture)},
        {"properties", properties_of(view.product, sku)},
    }));
  }
  return json_array(std::move(skus));
}

std::string category_path(const CatalogueProduct& product) {
  std::string path;
  for (const std::string& part : product.category_zh) path += (path.empty() ? "" : ">") + part;
  return path;
}

Json detail_of(const OfferView& view) {
  const CatalogueProduct& product = view.product;
  std::vector<Json> pictures;
  for (size_t i = 1; i <= product.pictures.size(); ++i) pictures.push_back(json_string(item_picture(product, i)));
  const std::string category = product.category_zh.empty() ? "" : product.category_zh.back();
  const std::string category_id = std::to_string(50'000'000 + fate_below(9'000'000, 1, category));
  return json_object({
      {"item_id", json_id(product.product_id.value)},
      {"mp_id", json_string(mp_id_of(product.product_id))},
      {"title", json_string(product.title_zh)},
      {"description", json_string("<p></p>")},
      {"pic_urls", json_array(std::move(pictures))},
      {"category_id", json_string(category_id)},
      {"category_name", json_string(category)},
      {"category_path", json_string(category_path(product))},
      {"product_unit", json_string("件")},
      {"shop_id", json_id(view.seller.seller_id.value)},
      {"shop_name", json_string(view.seller.name_zh)},
      {"user_nick", json_string(view.seller.name_zh)},
      {"price", json_integer(item_price_fen(view))},
      {"promotion_price", json_integer(0)},
      {"coupon_price", json_integer(0)},
      {"postFee", post_fee(view, item_price_fen(view))},
      {"quantity", stock_of(view.offer)},
      {"begin_amount", json_integer(product.moq)},
      {"status", json_string(status_of(view))},
      {"item_type", json_string("HAVE_MATERIAL")},
      {"sku_list", sku_list(view)},
      {"promotion_displays", json_array({})},
  });
}

Result<Json> product_get(const IopScene& call) {
  TRY(const OfferView view, call.market().read_offer({call.parameters.text("item_id")}, call.scene.now));
  return detail_of(view);
}

}  // namespace

std::vector<IopApi> iop_product_apis() {
  return {
      {"/traffic/item/search", false, true, IopShape::data, {"keyword"}, item_search, nullptr},
      {"/product/get", false, true, IopShape::data, {"item_id"}, product_get, nullptr},
  };
}

}  // namespace sampan
