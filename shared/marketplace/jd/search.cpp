#include "shared/marketplace/jd/search.hpp"

#include <algorithm>

#include "shared/marketplace/alibaba1688/call.hpp"

namespace sampan::jd {
namespace {

using alibaba1688::json_array;
using alibaba1688::json_id;
using alibaba1688::JsonObject;

constexpr std::string_view goods_query = "jd.union.open.goods.query";
constexpr std::string_view picture_host = "https://img13.360buyimg.com/n1/";

bool begins_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

JosCall query(const JsonObject& goods) { return {goods_query, R"({"goodsReqDTO":)" + goods.written() + "}"}; }

Reply id_of(const Reply& row) { return row["skuId"].text().empty() ? row["itemId"] : row["skuId"]; }

Result<std::optional<UnitPrice>> price_of(const Reply& row) {
  TRY(const auto lowest, row["priceInfo"]["lowestPrice"].price());
  if (lowest) return lowest;
  return row["priceInfo"]["price"].price();
}

std::vector<std::string> pictures_of(const Reply& row) {
  std::vector<std::string> pictures;
  for (const Reply& each : row["imageInfo"]["imageList"].items())
    if (std::string url = picture_url(each["url"].text()); !url.empty()) pictures.push_back(std::move(url));
  if (pictures.empty())
    if (std::string url = picture_url(row["imageInfo"]["whiteImage"].text()); !url.empty())
      pictures.push_back(std::move(url));
  return pictures;
}

Result<ProductSummary> parse_summary(const Reply& row, UnitPrice price) {
  ProductSummary summary;
  summary.key.marketplace = MarketplaceName::jd;
  TRY(summary.key.product_id.value, id_of(row).required_id());
  TRY(summary.title, row["skuName"].required_text());
  const std::vector<std::string> pictures = pictures_of(row);
  if (!pictures.empty()) summary.picture = pictures.front();
  summary.price_from = price;
  summary.monthly_sales = row["inOrderCount30Days"].whole();
  return summary;
}

void name_seller(Product& product, const Reply& row) {
  const Reply shop = row["shopInfo"];
  product.seller_id.value = shop["shopId"].text().empty() ? std::string(self_run_id) : shop["shopId"].text();
  product.seller_name = shop["shopName"].text().empty() ? std::string(self_run_name) : shop["shopName"].text();
}

Result<ProductReading> reading_of(const Reply& row, const ProductId& product_id, Instant read_at) {
  ProductReading reading;
  Product& product = reading.product;
  product.key = {MarketplaceName::jd, product_id};
  TRY(product.title, row["skuName"].required_text());
  for (const std::string_view level : {"cid1Name", "cid2Name", "cid3Name"})
    if (std::string name = row["categoryInfo"][level].text(); !name.empty())
      product.category.push_back(std::move(name));
  product.pictures = pictures_of(row);
  name_seller(product, row);
  Sku sku;
  sku.sku_id.value = product.key.product_id.value;
  sku.order_key = sku.sku_id.value;
  TRY(sku.unit_price, price_of(row));
  product.is_on_sale = sku.unit_price.has_value();
  product.is_buyable = false;
  product.read_at = read_at;
  reading.stock.push_back({sku.sku_id, {}});
  product.skus.push_back(std::move(sku));
  reading.freshness = {FreshnessSource::fetched, read_at};
  return reading;
}

}  // namespace

JosCall search_call(const ProductSearch& search) {
  JsonObject goods;
  goods.text("keyword", search.words).number("pageIndex", search.page).number("pageSize", search_page_size);
  return query(goods);
}

JosCall union_product_call(const ProductId& product_id) {
  const std::string ids = json_array({json_id(product_id.value)});
  const std::string name = is_digits(product_id.value) ? "skuIds" : "itemIds";
  return {goods_query, R"({"goodsReqDTO":{")" + name + "\":" + ids + R"(,"pageIndex":1,"pageSize":1}})"};
}

Result<SearchPage> parse_search(const Json& answer) {
  const Reply root(answer);
  SearchPage page;
  for (const Reply& row : root["data"].items()) {
    TRY(const auto price, price_of(row));
    if (!price) continue;
    TRY(ProductSummary summary, parse_summary(row, *price));
    page.products.push_back(std::move(summary));
  }
  page.total = root["totalCount"].whole().value_or(static_cast<int64_t>(page.products.size()));
  return page;
}

Result<ProductReading> parse_union_product(const Json& answer, const ProductId& product_id, Instant read_at) {
  for (const Reply& row : Reply(answer)["data"].items())
    if (row["skuId"].text() == product_id.value || row["itemId"].text() == product_id.value)
      return reading_of(row, product_id, read_at);
  return fail(ErrorCode::not_found, "JD has no such product any more.", product_id.value);
}

std::string picture_url(std::string_view written) {
  if (written.empty()) return {};
  if (begins_with(written, "https://")) return std::string(written);
  if (begins_with(written, "http://")) return "https://" + std::string(written.substr(7));
  if (begins_with(written, "//")) return "https:" + std::string(written);
  if (written.find(':') != std::string_view::npos) return {};
  return std::string(picture_host) + std::string(written.substr(written[0] == '/' ? 1 : 0));
}

}  // namespace sampan::jd
