// What the simulated 1688 sells, as its cross-border product APIs tell it.
//
// Unit    prices are yuan strings; weights kilograms, but grams in skuShippingInfoList; sizes centimetres
// Source  upstream.md 4.4 and 8; open.1688.com com.alibaba.fenxiao.crossborder:product.search.keywordQuery-1,
//         product.search.queryProductDetail-1, product.freight.estimate-1
#include <algorithm>

#include "proxy/sandbox/aop_api.hpp"
#include "proxy/sandbox/wire_json.hpp"
#include "shared/core/decimal.hpp"
#include "shared/marketplace/simulator/fate.hpp"
#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {
namespace {

constexpr int64_t largest_page = 50;
constexpr std::string_view space = "com.alibaba.fenxiao.crossborder";

Json yuan_text(UnitPrice price) { return json_string(trimmed_decimal(price.ten_thousandths, 4)); }
Json yuan_text(int64_t fen) { return json_string(trimmed_decimal(fen, 2)); }
Json kilograms(int64_t grams) { return json_decimal(grams, 3); }
Json centimetres(int64_t mm) { return json_decimal(mm, 1); }

// The host does not exist: whoever shows a picture draws it by the catalogue's recipe.
std::string picture_url(const CatalogueProduct& product, size_t number) {
  return "https://img.sampan.invalid/" + product.product_id.value + "/" + std::to_string(number) + ".webp";
}

// A language that the catalogue does not have is answered in Chinese, without an error, as 1688 does.
Json translated(const std::string& country, const std::string& english) {
  return country == "en" ? json_string(english) : json_null();
}

// Only a number can be said on this wire: "plenty" and "not known" are both null.
Json amount_on_sale(const StockLevel& level) {
  return level.knowledge == StockKnowledge::number ? json_integer(level.quantity) : json_null();
}

Json amount_on_sale(const Offer& offer) {
  int64_t sum = 0;
  for (const SkuOffer& sku : offer.skus) {
    if (sku.level.knowledge != StockKnowledge::number) return json_null();
    sum += sku.level.quantity;
  }
  return json_integer(sum);
}

UnitPrice lowest_price(const OfferView& view) {
  if (!has_own_price(view.product)) return tier_price_at(view.offer.tier_prices, view.product.moq);
  return std::min_element(view.offer.skus.begin(), view.offer.skus.end(),
                          [](const SkuOffer& a, const SkuOffer& b) { return a.unit_price < b.unit_price; })
      ->unit_price;
}

// Search

struct Query {
  std::string keyword;
  std::string country;
  std::string sort;
  int64_t page = 1;
  int64_t page_size = largest_page;
  std::optional<int64_t> from;  // in 1/10,000 yuan
  std::optional<int64_t> to;
};

Result<std::optional<int64_t>> price_bound(const Json& asked, std::string_view name) {
  const std::string text = member_text(asked, name);
  if (text.empty()) return std::optional<int64_t>{};
  const auto price = scaled(text, 4);
  if (!price) return malformed(name);
  return std::optional<int64_t>{*price};
}

Result<Query> query_of(const Json& asked) {
  Query query;
  query.keyword = member_text(asked, "keyword");
  query.country = member_text(asked, "country");
  query.sort = member_text(asked, "sort");
  if (query.country.empty()) return malformed("country");
  TRY(query.page, member_integer(asked, "beginPage"));
  TRY(query.page_size, member_integer(asked, "pageSize"));
  if (query.page < 1) return malformed("beginPage");
  if (query.page_size < 1 || query.page_size > largest_page) return malformed("pageSize");
  TRY(query.from, price_bound(asked, "priceStart"));
  TRY(query.to, price_bound(asked, "priceEnd"));
  return query;
}

bool is_within(const Query& query, UnitPrice price) {
  return (!query.from || *query.from <= price.ten_thousandths) && (!query.to || price.ten_thousandths <= *query.to);
}

void sort_by(const std::string& sort, std::vector<const OfferView*>& found) {
  const bool by_price = sort.find("price") != std::string::npos;
  if (!by_price) return;
  const bool falling = sort.find("desc") != std::string::npos;
  std::stable_sort(found.begin(), found.end(), [&](const OfferView* a, const OfferView* b) {
    return falling ? lowest_price(*b) < lowest_price(*a) : lowest_price(*a) < lowest_price(*b);
  });
}

Json search_row(const OfferView& view, const Query& query) {
  const CatalogueProduct& product = view.product;
  const Json price = yuan_text(lowest_price(view));
  return json_object({
      {"imageUrl", json_string(product.pictures.empty() ? "" : picture_url(product, 1))},
      {"subject", json_string(product.title_zh)},
      {"subjectTrans", json_string(query.country == "en" ? product.title_en : product.title_zh)},
      {"offerId", json_id(product.product_id.value)},
      {"isJxhy", json_boolean(false)},
      {"priceInfo", json_object({{"price", price},
                                 {"jxhyPrice", json_null()},
                                 {"pfJxhyPrice", json_null()},
                                 {"consignPrice", price},
                                 {"promotionPrice", json_null()}})},
      {"repurchaseRate", json_string(std::to_string(fate_below(60, 1, product.product_id.value)) + "%")},
      {"monthSold", json_integer(product.monthly_sales)},
      {"isOnePsale", json_boolean(product.moq == 1)},
      {"sellerIdentities", json_array({json_string("tp_member")})},
      {"minOrderQuantity", json_integer(product.moq)},
  });
}

Result<Json> keyword_query(const AopScene& call) {
  TRY(const Json asked, call.parameters.json("offerQueryParam"));
  TRY(const Query query, query_of(asked));
  const std::vector<OfferView> all = call.scene.alibaba1688.search(query.keyword, call.scene.now);
  std::vector<const OfferView*> found;
  for (const OfferView& view : all)
    if (is_within(query, lowest_price(view))) found.push_back(&view);
  sort_by(query.sort, found);
  const auto total = static_cast<int64_t>(found.size());
  const int64_t pages = (total + query.page_size - 1) / query.page_size;
  std::vector<Json> rows;
  if (query.page <= pages)
    for (int64_t i = (query.page - 1) * query.page_size; i < std::min(total, query.page * query.page_size); ++i)
      rows.push_back(search_row(*found[static_cast<size_t>(i)], query));
  return wrapped_result(json_object({{"totalRecords", json_integer(total)},
                                     {"totalPage", json_integer(pages)},
                                     {"pageSize", json_integer(query.page_size)},
                                     {"currentPage", json_integer(query.page)},
                                     {"data", json_array(std::move(rows))}}),
                        "200", "成功");
}

// Detail

Json sku_attributes(const CatalogueProduct& product, const CatalogueSku& sku, const std::string& country) {
  std::vector<Json> attributes;
  for (size_t i = 0; i < sku.values.size(); ++i) {
    const CatalogueOption& option = product.options[i];
    const CatalogueValue& value = option.values[static_cast<size_t>(sku.values[i])];
    attributes.push_back(json_object({
        {"attributeId", json_integer(100'000 + fate_below(900'000, 1, option.zh))},
        {"attributeName", json_string(option.zh)},
        {"value", json_string(value.zh)},
        {"attributeNameTrans", translated(country, option.en)},
        {"valueTrans", translated(country, value.en)},
    }));
  }
  return json_array(std::move(attributes));
}

Json sku_infos(const OfferView& view, const std::string& country) {
  std::vector<Json> skus;
  if (!has_variants(view.product)) return json_array({});
  for (size_t i = 0; i < view.product.skus.size(); ++i) {
    const CatalogueSku& sku = view.product.skus[i];
    const SkuOffer& offer = view.offer.skus[i];
    skus.push_back(json_object({
        {"amountOnSale", amount_on_sale(offer.level)},
        {"price", has_own_price(view.product) ? yuan_text(offer.unit_price) : json_null()},
        {"jxhyPrice", json_null()},
        {"skuId", json_id(sku.sku_id.value)},
        {"specId", json_string(sku.spec_id)},
        {"skuAttributes", sku_attributes(view.product, sku, country)},
    }));
  }
  return json_array(std::move(skus));
}

Json price_ranges(const OfferView& view) {
  std::vector<Json> ranges;
  const auto add = [&](int64_t start, UnitPrice price) {
    ranges.push_back(json_object(
        {{"startQuantity", json_integer(start)}, {"price", yuan_text(price)}, {"promotionPrice", json_null()}}));
  };
  // Where each SKU has its price, the list holds only the lowest.
  if (has_own_price(view.product)) add(view.product.moq, lowest_price(view));
  if (!has_own_price(view.product))
    for (const TierPrice& tier : view.offer.tier_prices) add(tier.min_quantity, tier.unit_price);
  return json_array(std::move(ranges));
}

Json sale_info(const OfferView& view) {
  return json_object({
      {"amountOnSale", amount_on_sale(view.offer)},
      {"priceRangeList", price_ranges(view)},
      {"quoteType", json_integer(view.product.quote_type)},
      {"unitInfo", json_object({{"unit", json_string("件")}, {"transUnit", json_string("piece")}})},
      {"fenxiaoSaleInfo", json_object({{"onePieceFreePostage", json_boolean(false)},
                                       {"startQuantity", json_integer(view.product.moq)},
                                       {"onePiecePrice", json_null()},
                                       {"offerPrice", yuan_text(lowest_price(view))}})},
  });
}

// The same weights twice, once in kilograms and once in grams; only of SKUs that have their own.
Json shipping_info(const OfferView& view) {
  const CatalogueProduct& product = view.product;
  std::vector<Json> in_kilograms;
  std::vector<Json> in_grams;
  for (const CatalogueSku& sku : product.skus) {
    if (!sku.weight_grams || !has_variants(product)) continue;
    in_kilograms.push_back(json_object({{"skuId", json_string(sku.sku_id.value)},
                                        {"width", centimetres(product.size.width_mm)},
                                        {"length", centimetres(product.size.length_mm)},
                                        {"height", centimetres(product.size.height_mm)},
                                        {"weight", kilograms(*sku.weight_grams)},
                                        {"pkgSizeSource", json_string("商家自填")}}));
    in_grams.push_back(json_object({{"skuId", json_id(sku.sku_id.value)},
                                    {"specId", json_string(sku.spec_id)},
                                    {"weight", json_integer(*sku.weight_grams)}}));
  }
  const bool has_own = !in_grams.empty();
  return json_object({
      {"sendGoodsAddressText", json_string(view.seller.city_zh)},
      {"weight", kilograms(product.weight_grams)},
      {"width", centimetres(product.size.width_mm)},
      {"height", centimetres(product.size.height_mm)},
      {"length", centimetres(product.size.length_mm)},
      {"skuShippingInfoList", has_own ? json_array(std::move(in_grams)) : json_null()},
      {"shippingTimeGuarantee", json_string("shipIn48Hours")},
      {"skuShippingDetails", json_array(std::move(in_kilograms))},
      {"pkgSizeSource", json_string("商家自填")},
  });
}

Json mix_setting(const CatalogueProduct& product) {
  const MixedBatch none;
  const MixedBatch& mixed = product.mixed_batch ? *product.mixed_batch : none;
  return json_object({{"generalHunpi", json_boolean(product.mixed_batch.has_value())},
                      {"mixAmount", json_decimal(mixed.min_amount_fen, 2)},
                      {"mixNumber", json_integer(mixed.min_quantity)}});
}

Json detail_of(const OfferView& view, const std::string& country) {
  const CatalogueProduct& product = view.product;
  std::vector<Json> pictures;
  for (size_t i = 1; i <= product.pictures.size(); ++i) pictures.push_back(json_string(picture_url(product, i)));
  const std::string category = product.category_zh.empty() ? "" : product.category_zh.back();
  return json_object({
      {"offerId", json_id(product.product_id.value)},
      {"subject", json_string(product.title_zh)},
      {"description", json_string("<div id=\"offer-template-0\"></div>")},
      {"mainVideo", json_null()},
      {"detailVideo", json_null()},
      {"productImage", json_object({{"images", json_array(std::move(pictures))}})},
      {"productSkuInfos", sku_infos(view, country)},
      {"productSaleInfo", sale_info(view)},
      {"isJxhy", json_boolean(false)},
      {"sellerOpenId", json_string(view.seller.seller_id.value)},
      {"minOrderQuantity", json_integer(product.moq)},
      {"batchNumber", product.lot_size > 1 ? json_integer(product.lot_size) : json_null()},
      {"status", json_string(view.offer.is_on_sale ? "published" : "expired")},
      {"sellerMixSetting", mix_setting(product)},
      {"subjectTrans", translated(country, product.title_en)},
      {"categoryId", json_integer(1'000'000 + fate_below(9'000'000, 1, category))},
      {"productShippingInfo", shipping_info(view)},
      {"soldOut", json_string(std::to_string(product.monthly_sales))},
      {"tagInfoList",
       json_array({json_object({{"key", json_string("isOnePsale")}, {"value", json_boolean(product.moq == 1)}})})},
      {"companyName", json_string(view.seller.name_zh)},
      {"productAttribute", json_array({})},
  });
}

Result<Json> product_detail(const AopScene& call) {
  TRY(const Json asked, call.parameters.json("offerDetailParam"));
  const std::string country = member_text(asked, "country");
  if (country.empty()) return malformed("country");
  TRY(const OfferView view, call.scene.alibaba1688.read_offer({member_text(asked, "offerId")}, call.scene.now));
  return wrapped_result(detail_of(view, country), "200", "成功");
}

// Freight

Result<Json> freight_estimate(const AopScene& call) {
  TRY(const Json asked, call.parameters.json("productFreightQueryParamsNew"));
  for (const std::string_view needed : {"toProvinceCode", "toCityCode", "toCountryCode"})
    if (member_text(asked, needed).empty()) return malformed(needed);
  TRY(const int64_t pieces, member_integer(asked, "totalNum"));
  if (pieces < 1 || pieces > most_pieces) return malformed("totalNum");
  TRY(const OfferView view, call.scene.alibaba1688.read_offer({member_text(asked, "offerId")}, call.scene.now));
  const CatalogueProduct& product = view.product;
  const UnitPrice price = has_own_price(product) ? lowest_price(view) : tier_price_at(view.offer.tier_prices, pieces);
  TRY(const Money goods, line_total(price, pieces));
  const DomesticFreight& terms = product.domestic_freight;
  const int64_t fen = domestic_freight_fen(terms, goods.minor, product.weight_grams * pieces);
  const bool by_weight = terms.kind == FreightKind::first_step;
  return wrapped_result(json_object({
                            {"offerId", json_id(product.product_id.value)},
                            {"freight", yuan_text(fen)},
                            {"freePostage", json_boolean(fen == 0)},
                            {"chargeType", json_string(by_weight ? "0" : "1")},
                            {"firstFee", yuan_text(terms.fen)},
                            {"firstUnit", json_string(by_weight ? trimmed_decimal(terms.first_grams, 3) : "1")},
                            {"nextFee", yuan_text(terms.step_fen)},
                            {"nextUnit", json_string(by_weight ? trimmed_decimal(terms.step_grams, 3) : "1")},
                            {"templateType", json_integer(terms.kind == FreightKind::free ? 1 : 2)},
                            {"singleProductWeight", kilograms(product.weight_grams)},
                        }),
                        "S0000", "成功");
}

}  // namespace

std::vector<AopApi> aop_product_apis() {
  const AopRefusalShape shape = AopRefusalShape::result_code;
  return {
      {space, "product.search.keywordQuery", false, true, shape, {"offerQueryParam"}, keyword_query},
      {space, "product.search.queryProductDetail", false, true, shape, {"offerDetailParam"}, product_detail},
      {space, "product.freight.estimate", false, true, shape, {"productFreightQueryParamsNew"}, freight_estimate},
  };
}

}  // namespace sampan
