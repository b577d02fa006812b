#include "shared/marketplace/taobao/top_search.hpp"

#include "shared/marketplace/taobao/product.hpp"

namespace sampan::taobao {
namespace {

// "<span class=H>天线</span>盒" is "天线盒".
std::string without_marks(std::string_view title) {
  std::string text;
  while (!title.empty()) {
    const bool is_mark = title.substr(0, 5) == "<span" || title.substr(0, 6) == "</span";
    const size_t end = is_mark ? title.find('>') : std::string_view::npos;
    if (end == std::string_view::npos) text += title[0];
    title.remove_prefix(end == std::string_view::npos ? 1 : end + 1);
  }
  return text;
}

// Of a row, or of the block that the newer calls put it into.
Reply field_of_row(const Reply& row, std::string_view name) {
  for (const std::string_view block : {"item_basic_info", "price_promotion_info"})
    if (row[block][name].has_value()) return row[block][name];
  return row[name];
}

Result<std::string> id_of(const Reply& row) {
  return row["num_iid"].text().empty() ? row["item_id"].required_id() : row["num_iid"].required_id();
}

Result<std::vector<Reply>> rows_of_answer(const Reply& answer) {
  for (const Reply& list :
       {answer["result_list"]["map_data"], answer["results"]["n_tbk_item"], answer["results"]["tbk_item_detail"]})
    if (list.is_array()) return list.items();
  // An empty list is a missing key.
  if (answer["total_results"].has_value() || answer["results"].has_value() || answer["request_id"].has_value())
    return std::vector<Reply>();
  return answer["results"].unreadable("a list of items");
}

Result<ProductSummary> parse_summary(const Reply& row, UnitPrice price) {
  ProductSummary summary;
  summary.key.marketplace = MarketplaceName::taobao;
  TRY(summary.key.product_id.value, id_of(row));
  TRY(const std::string title, field_of_row(row, "title").required_text());
  summary.title = without_marks(title);
  summary.picture = picture_url(field_of_row(row, "pict_url").text());
  summary.price_from = price;
  summary.monthly_sales = field_of_row(row, "volume").whole();
  return summary;
}

Result<Product> parse_head(const Reply& row, Instant read_at) {
  Product product;
  product.key.marketplace = MarketplaceName::taobao;
  TRY(product.key.product_id.value, id_of(row));
  TRY(const std::string title, field_of_row(row, "title").required_text());
  product.title = without_marks(title);
  for (const std::string_view name : {"cat_name", "cat_leaf_name"})
    if (std::string category = field_of_row(row, name).text(); !category.empty())
      product.category.push_back(std::move(category));
  if (std::string url = picture_url(field_of_row(row, "pict_url").text()); !url.empty())
    product.pictures.push_back(std::move(url));
  for (const Reply& each : field_of_row(row, "small_images")["string"].items())
    if (std::string url = picture_url(each.text()); !url.empty()) product.pictures.push_back(std::move(url));
  TRY(product.seller_id.value, field_of_row(row, "seller_id").required_id());
  const std::string shop = field_of_row(row, "shop_title").text();
  product.seller_name = shop.empty() ? field_of_row(row, "nick").text() : shop;
  product.is_buyable = false;
  product.read_at = read_at;
  return product;
}

Result<ProductReading> parse_reading(const Reply& row, Instant read_at) {
  ProductReading reading;
  TRY(reading.product, parse_head(row, read_at));
  Sku whole_item;
  whole_item.sku_id.value = reading.product.key.product_id.value;
  TRY(whole_item.unit_price, field_of_row(row, "zk_final_price").price());
  reading.product.is_on_sale = whole_item.unit_price.has_value();
  reading.stock.push_back({whole_item.sku_id, {}});
  reading.product.skus.push_back(std::move(whole_item));
  reading.freshness = {FreshnessSource::fetched, read_at};
  return reading;
}

}  // namespace

TopCall material_call(const ProductSearch& search, std::string_view adzone_id) {
  return {"taobao.tbk.dg.material.optional",
          {{"q", search.words},
           {"adzone_id", std::string(adzone_id)},
           {"page_no", std::to_string(search.page)},
           {"page_size", std::to_string(top_page_size)}}};
}

Result<SearchPage> parse_materials(const Json& reply) {
  TRY(const Reply answer, top_answer(reply));
  TRY(const std::vector<Reply> rows, rows_of_answer(answer));
  SearchPage page;
  for (const Reply& row : rows) {
    TRY(const auto price, field_of_row(row, "zk_final_price").price());
    if (!price) continue;
    TRY(ProductSummary summary, parse_summary(row, *price));
    page.products.push_back(std::move(summary));
  }
  page.total = answer["total_results"].whole().value_or(static_cast<int64_t>(rows.size()));
  return page;
}

TopCall item_info_call(const std::vector<ProductId>& ids) {
  std::string joined;
  for (const ProductId& id : ids) joined += (joined.empty() ? "" : ",") + id.value;
  return {"taobao.tbk.item.info.get", {{"num_iids", joined}}};
}

Result<std::vector<ProductReading>> parse_item_infos(const Json& reply, Instant read_at) {
  TRY(const Reply answer, top_answer(reply));
  TRY(const std::vector<Reply> rows, rows_of_answer(answer));
  std::vector<ProductReading> readings;
  for (const Reply& row : rows) {
    TRY(ProductReading reading, parse_reading(row, read_at));
    readings.push_back(std::move(reading));
  }
  return readings;
}

}  // namespace sampan::taobao
