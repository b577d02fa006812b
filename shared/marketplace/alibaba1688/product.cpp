#include "shared/marketplace/alibaba1688/product.hpp"

#include <algorithm>

#include "shared/marketplace/alibaba1688/errors.hpp"

namespace sampan::alibaba1688 {
namespace {

constexpr std::string_view picture_host = "https://cbu01.alicdn.com/";

// quoteType: 0 tiers, no SKUs · 1 each SKU has its price · 2 tiers by the offer's total quantity · 3 tiers a SKU, of which
// the detail shows each SKU's first.
enum class QuoteType { tiers, by_sku };

bool begins_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

QuoteType quote_type_of(const Reply& offer, const std::vector<Reply>& skus) {
  if (skus.empty()) return QuoteType::tiers;
  if (const auto written = offer["productSaleInfo"]["quoteType"].whole())
    return *written == 1 || *written == 3 ? QuoteType::by_sku : QuoteType::tiers;
  return skus.front()["price"].has_value() ? QuoteType::by_sku : QuoteType::tiers;
}

StockLevel stock_level(const Reply& amount) {
  const auto quantity = amount.whole();
  if (!quantity || *quantity < 0) return {};
  return {StockKnowledge::number, *quantity};
}

// skuShippingDetails is in kg, skuShippingInfoList in g.
std::optional<int64_t> sku_weight_grams(const Reply& shipping, const std::string& sku_id) {
  for (const Reply& row : shipping["skuShippingDetails"].items())
    if (row["skuId"].text() == sku_id)
      if (const auto grams = row["weight"].measure(3)) return grams;
  for (const Reply& row : shipping["skuShippingInfoList"].items())
    if (row["skuId"].text() == sku_id) return row["weight"].measure(0);
  return std::nullopt;
}

std::optional<PackedSize> packed_size(const Reply& shipping) {
  const auto length = shipping["length"].measure(1);
  const auto width = shipping["width"].measure(1);
  const auto height = shipping["height"].measure(1);
  if (!length || !width || !height) return std::nullopt;
  return PackedSize{*length, *width, *height};
}

std::string first_of(const std::string& text, const std::string& otherwise) { return text.empty() ? otherwise : text; }

Result<Sku> parse_sku(const Reply& row, const Reply& shipping, QuoteType quote_type, bool is_on_sale) {
  Sku sku;
  TRY(sku.sku_id.value, row["skuId"].required_id());
  TRY(sku.order_key, row["specId"].required_text());
  for (const Reply& attribute : row["skuAttributes"].items()) {
    sku.options.push_back({first_of(attribute["attributeName"].text(), attribute["attributeNameTrans"].text()),
                           first_of(attribute["value"].text(), attribute["valueTrans"].text())});
    if (sku.picture.empty()) sku.picture = picture_url(attribute["skuImageUrl"].text());
  }
  if (quote_type == QuoteType::by_sku) {
    TRY(sku.unit_price, row["price"].price());
    if (!sku.unit_price && is_on_sale) return row["price"].unreadable("a price");
  }
  sku.weight_grams = sku_weight_grams(shipping, sku.sku_id.value);
  return sku;
}

Result<std::vector<TierPrice>> parse_tiers(const Reply& list) {
  std::vector<TierPrice> tiers;
  for (const Reply& row : list.items()) {
    TierPrice tier;
    TRY(tier.min_quantity, row["startQuantity"].required_whole());
    TRY(const auto price, row["price"].price());
    if (!price) return row["price"].unreadable("a price");
    tier.unit_price = *price;
    tiers.push_back(tier);
  }
  std::sort(tiers.begin(), tiers.end(), [](const TierPrice& a, const TierPrice& b) {
    return a.min_quantity != b.min_quantity ? a.min_quantity < b.min_quantity : a.unit_price < b.unit_price;
  });
  return tiers;
}

std::vector<std::string> parse_pictures(const Reply& list) {
  std::vector<std::string> pictures;
  for (const Reply& each : list.items())
    if (std::string url = picture_url(each.text()); !url.empty()) pictures.push_back(std::move(url));
  return pictures;
}

int64_t moq_of(const Reply& offer, const std::vector<TierPrice>& tiers) {
  const int64_t of_tiers = tiers.empty() ? 1 : tiers.front().min_quantity;
  return std::max<int64_t>(1, offer["minOrderQuantity"].whole().value_or(of_tiers));
}

// What is said of the offer as a whole; SKUs and prices are not.
Result<Product> parse_head(const Reply& offer, Instant read_at) {
  Product product;
  product.key.marketplace = MarketplaceName::alibaba1688;
  TRY(product.key.product_id.value, offer["offerId"].required_id());
  TRY(product.title, offer["subject"].required_text());
  product.title_translated = offer["subjectTrans"].text();
  product.pictures = parse_pictures(offer["productImage"]["images"]);
  TRY(product.seller_id.value, offer["sellerOpenId"].required_id());
  product.seller_name = offer["companyName"].text();
  TRY(const std::string status, offer["status"].required_text());
  product.is_on_sale = status == "published";
  product.lot_size = std::max<int64_t>(1, offer["batchNumber"].whole().value_or(1));
  product.weight_grams = offer["productShippingInfo"]["weight"].measure(3);
  product.size = packed_size(offer["productShippingInfo"]);
  product.read_at = read_at;
  return product;
}

}  // namespace

Call product_call(const ProductId& product_id, std::string_view language) {
  JsonObject query;
  query.id("offerId", product_id.value).text("country", language);
  return {product_space, "product.search.queryProductDetail", {{"offerDetailParam", query.written()}}};
}

Result<ProductReading> parse_product(const Json& reply, Instant read_at) {
  TRY(const Reply offer, payload(Reply(reply), {"offerId"}));
  ProductReading reading;
  Product& product = reading.product;
  TRY(product, parse_head(offer, read_at));

  const Reply sale = offer["productSaleInfo"];
  const std::vector<Reply> rows = offer["productSkuInfos"].items();
  const QuoteType quote_type = quote_type_of(offer, rows);
  TRY(const std::vector<TierPrice> tiers, parse_tiers(sale["priceRangeList"]));
  product.moq = moq_of(offer, tiers);
  if (quote_type == QuoteType::tiers) product.tier_prices = tiers;
  if (quote_type == QuoteType::tiers && tiers.empty() && product.is_on_sale)
    return sale["priceRangeList"].unreadable("a price");

  for (const Reply& row : rows) {
    TRY(Sku sku, parse_sku(row, offer["productShippingInfo"], quote_type, product.is_on_sale));
    reading.stock.push_back({sku.sku_id, stock_level(row["amountOnSale"])});
    product.skus.push_back(std::move(sku));
  }
  if (rows.empty()) {
    Sku whole_offer;
    whole_offer.sku_id.value = product.key.product_id.value;
    product.skus.push_back(whole_offer);
    reading.stock.push_back({whole_offer.sku_id, stock_level(sale["amountOnSale"])});
  }
  reading.freshness = {FreshnessSource::fetched, read_at};
  return reading;
}

std::string picture_url(std::string_view written) {
  if (written.empty()) return {};
  if (begins_with(written, "https://")) return std::string(written);
  if (begins_with(written, "http://")) return "https://" + std::string(written.substr(7));
  if (begins_with(written, "//")) return "https:" + std::string(written);
  if (written.find(':') != std::string_view::npos) return {};
  return std::string(picture_host) + std::string(written.substr(written[0] == '/' ? 1 : 0));
}

}  // namespace sampan::alibaba1688
