#include "shared/marketplace/taobao/product.hpp"

#include <algorithm>

namespace sampan::taobao {
namespace {

constexpr std::string_view on_sale = "NORMAL";

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "28315:M" where an alias is missing.
std::string without_number(const std::string& value) {
  const size_t colon = value.find(':');
  return colon != std::string::npos && is_digits(std::string_view(value).substr(0, colon)) ? value.substr(colon + 1)
                                                                                           : value;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find(at), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// Of an item or of a SKU; absent where no price above zero is told.
Result<std::optional<UnitPrice>> price_of(const Reply& at) {
  for (const std::string_view name : {"promotion_price", "price"}) {
    if (!at[name].has_value() || at[name].text().empty()) continue;
    TRY(const Money fen, at[name].required_fen());
    if (fen.minor > 0 && fen.minor <= INT64_MAX / 100) return std::optional(price_of_fen(fen.minor));
  }
  return std::optional<UnitPrice>();
}

std::vector<OptionValue> options_of(const Reply& row) {
  std::vector<OptionValue> options;
  for (const Reply& property : row["properties"].items()) {
    const std::string written = property["value_desc"].text();
    options.push_back(
        {property["prop_name"].text(), written.empty() ? without_number(property["value_name"].text()) : written});
  }
  return options;
}

bool is_normal(const Reply& at) { return at["status"].text().empty() || at["status"].text() == on_sale; }

Result<Sku> parse_sku(const Reply& row, const std::string& mp_id, const std::optional<UnitPrice>& item_price) {
  Sku sku;
  TRY(sku.sku_id.value, row["sku_id"].required_id());
  const Reply as_spelt = row["mp_skuId"];
  OrderKey key{mp_id, {}};
  TRY(key.mp_sku_id, as_spelt.has_value() ? as_spelt.required_id() : row["mp_sku_id"].required_id());
  sku.order_key = order_key_text(key);
  sku.options = options_of(row);
  TRY(sku.unit_price, price_of(row));
  if (!sku.unit_price) sku.unit_price = item_price;
  sku.picture = picture_url(row["pic_url"].text());
  return sku;
}

std::vector<std::string> pictures_of(const Reply& item) {
  std::vector<std::string> pictures;
  Json text;
  for (const Reply& each : rows_of(item["pic_urls"], text))
    if (std::string url = picture_url(each.text()); !url.empty()) pictures.push_back(std::move(url));
  if (std::string main = picture_url(item["main_image_url"].text()); pictures.empty() && !main.empty())
    pictures.push_back(std::move(main));
  return pictures;
}

Result<std::string> seller_of_item(const Reply& item) {
  for (const std::string_view name : {"shop_id", "seller_id", "user_nick"})
    if (!item[name].text().empty()) return item[name].required_id();
  return item["shop_id"].required_id();
}

// What is said of the item as a whole; SKUs and prices are not.
Result<Product> parse_head(const Reply& item, Instant read_at) {
  Product product;
  product.key.marketplace = MarketplaceName::taobao;
  TRY(product.key.product_id.value, item["item_id"].required_id());
  TRY(product.title, item["title"].required_text());
  product.title_translated = item["multi_language_info"]["title"].text();
  product.category = split(item["category_path"].text(), '>');
  product.pictures = pictures_of(item);
  TRY(product.seller_id.value, seller_of_item(item));
  product.seller_name = item["shop_name"].text();
  product.moq = std::max<int64_t>(1, item["begin_amount"].whole().value_or(1));
  product.is_on_sale = is_normal(item);
  product.read_at = read_at;
  return product;
}

}  // namespace

std::string order_key_text(const OrderKey& key) {
  return key.mp_sku_id.empty() ? key.mp_id : key.mp_id + ":" + key.mp_sku_id;
}

Result<OrderKey> parse_order_key(std::string_view text) {
  const size_t colon = std::min(text.find(':'), text.size());
  OrderKey key{std::string(text.substr(0, colon)), std::string(text.substr(std::min(colon + 1, text.size())))};
  const bool has_sku = colon < text.size();
  if (!is_digits(key.mp_id) || (has_sku && !is_digits(key.mp_sku_id)))
    return fail(ErrorCode::bad_request, "Taobao Global names what is ordered by other numbers than this.",
                std::string(text.substr(0, 60)));
  return key;
}

IopCall product_call(const ProductId& product_id) { return {"/product/get", {{"item_id", product_id.value}}}; }

Result<ProductReading> parse_product(const Json& reply, Instant read_at) {
  TRY(const Reply item, payload(Reply(reply), {"mp_id"}));
  ProductReading reading;
  Product& product = reading.product;
  TRY(product, parse_head(item, read_at));
  TRY(const std::string mp_id, item["mp_id"].required_id());
  TRY(const auto item_price, price_of(item));

  for (const Reply& row : item["sku_list"].items()) {
    TRY(Sku sku, parse_sku(row, mp_id, item_price));
    if (!sku.unit_price && product.is_on_sale) return row["price"].unreadable("a price");
    const StockLevel none{StockKnowledge::number, 0};
    reading.stock.push_back({sku.sku_id, is_normal(row) ? stock_level(row["quantity"]) : none});
    product.skus.push_back(std::move(sku));
  }
  if (product.skus.empty()) {
    if (!item_price && product.is_on_sale) return item["price"].unreadable("a price");
    Sku whole_item;
    whole_item.sku_id.value = product.key.product_id.value;
    whole_item.order_key = mp_id;
    whole_item.unit_price = item_price;
    reading.stock.push_back({whole_item.sku_id, stock_level(item["quantity"])});
    product.skus.push_back(std::move(whole_item));
  }
  reading.freshness = {FreshnessSource::fetched, read_at};
  return reading;
}

std::string picture_url(std::string_view written) {
  if (written.substr(0, 8) == "https://") return std::string(written);
  if (written.substr(0, 7) == "http://") return "https://" + std::string(written.substr(7));
  if (written.substr(0, 2) == "//") return "https:" + std::string(written);
  return {};
}

StockLevel stock_level(const Reply& amount) {
  const auto quantity = amount.whole();
  if (!quantity || *quantity < 0) return {};
  return {StockKnowledge::number, *quantity};
}

}  // namespace sampan::taobao
