#include "shared/marketplace/taobao/top_item.hpp"

#include <algorithm>
#include <map>

#include "shared/marketplace/taobao/product.hpp"

namespace sampan::taobao {
namespace {

using TextByProperty = std::map<std::string, std::string, std::less<>>;

struct Property {
  std::string key;  // "1627207:28320"
  std::string name;
  std::string value;
};

// Up to `most` parts; the last keeps the rest.
std::vector<std::string> cut(std::string_view text, char at, size_t most) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const bool is_last = parts.size() + 1 == most;
    const size_t end = is_last ? text.size() : std::min(text.find(at), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::vector<Property> properties_of(std::string_view text) {
  std::vector<Property> properties;
  for (const std::string& each : cut(text, ';', std::string_view::npos)) {
    const std::vector<std::string> parts = cut(each, ':', 4);
    if (parts.size() == 4) properties.push_back({parts[0] + ":" + parts[1], parts[2], parts[3]});
  }
  return properties;
}

TextByProperty aliases_of(std::string_view text) {
  TextByProperty aliases;
  for (const std::string& each : cut(text, ';', std::string_view::npos)) {
    const std::vector<std::string> parts = cut(each, ':', 3);
    if (parts.size() == 3) aliases.emplace(parts[0] + ":" + parts[1], parts[2]);
  }
  return aliases;
}

TextByProperty property_pictures(const Reply& item) {
  TextByProperty pictures;
  for (const Reply& row : item["prop_imgs"]["prop_img"].items())
    pictures.emplace(row["properties"].text(), picture_url(row["url"].text()));
  return pictures;
}

std::vector<std::string> pictures_of(const Reply& item) {
  std::vector<std::pair<int64_t, std::string>> placed;
  for (const Reply& row : item["item_imgs"]["item_img"].items())
    placed.emplace_back(row["position"].whole().value_or(0), picture_url(row["url"].text()));
  std::sort(placed.begin(), placed.end());
  if (placed.empty()) placed.emplace_back(0, picture_url(item["pic_url"].text()));
  std::vector<std::string> pictures;
  for (auto& [position, url] : placed)
    if (!url.empty()) pictures.push_back(std::move(url));
  return pictures;
}

Result<Sku> parse_sku(const Reply& row, const TextByProperty& aliases, const TextByProperty& pictures) {
  Sku sku;
  TRY(sku.sku_id.value, row["sku_id"].required_id());
  for (const Property& property : properties_of(row["properties_name"].text())) {
    const auto alias = aliases.find(property.key);
    sku.options.push_back({property.name, alias == aliases.end() ? property.value : alias->second});
    const auto picture = pictures.find(property.key);
    if (sku.picture.empty() && picture != pictures.end()) sku.picture = picture->second;
  }
  TRY(sku.unit_price, row["price"].price());
  return sku;
}

}  // namespace

Result<ProductReading> parse_item(const Json& reply, Instant read_at) {
  TRY(const Reply answer, top_answer(reply));
  const Reply item = answer["item"];
  ProductReading reading;
  Product& product = reading.product;
  product.key.marketplace = MarketplaceName::taobao;
  TRY(product.key.product_id.value, item["num_iid"].required_id());
  TRY(product.title, item["title"].required_text());
  TRY(product.seller_id.value, item["nick"].required_text());
  product.seller_name = product.seller_id.value;
  product.pictures = pictures_of(item);
  product.weight_grams = item["item_weight"].measure(3);
  product.is_on_sale = item["approve_status"].text() == "onsale";
  product.is_buyable = false;
  product.read_at = read_at;
  TRY(const auto item_price, item["price"].price());

  const TextByProperty aliases = aliases_of(item["property_alias"].text());
  const TextByProperty pictures = property_pictures(item);
  for (const Reply& row : item["skus"]["sku"].items()) {
    TRY(Sku sku, parse_sku(row, aliases, pictures));
    if (!sku.unit_price) sku.unit_price = item_price;
    reading.stock.push_back({sku.sku_id, stock_level(row["quantity"])});
    product.skus.push_back(std::move(sku));
  }
  if (product.skus.empty()) {
    Sku whole_item;
    whole_item.sku_id.value = product.key.product_id.value;
    whole_item.unit_price = item_price;
    reading.stock.push_back({whole_item.sku_id, stock_level(item["num"])});
    product.skus.push_back(std::move(whole_item));
  }
  for (const Sku& sku : product.skus)
    if (!sku.unit_price && product.is_on_sale) return item["price"].unreadable("a price");
  reading.freshness = {FreshnessSource::fetched, read_at};
  return reading;
}

}  // namespace sampan::taobao
