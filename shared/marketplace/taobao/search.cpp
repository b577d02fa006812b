#include "shared/marketplace/taobao/search.hpp"

#include <algorithm>
#include <array>

#include "shared/marketplace/taobao/errors.hpp"
#include "shared/marketplace/taobao/product.hpp"

namespace sampan::taobao {
namespace {

constexpr std::array languages = {std::string_view("en"), std::string_view("vi"), std::string_view("ru"),
                                  std::string_view("ko"), std::string_view("ja")};

Result<ProductSummary> parse_summary(const Reply& row, UnitPrice price) {
  ProductSummary summary;
  summary.key.marketplace = MarketplaceName::taobao;
  TRY(summary.key.product_id.value, row["item_id"].required_id());
  TRY(summary.title, row["title"].required_text());
  summary.title_translated = row["multi_language_info"]["title"].text();
  summary.picture = picture_url(first_there(row, "main_image_url", "pic_url").text());
  summary.price_from = price;
  summary.monthly_sales = row["sold_count"].whole();
  return summary;
}

int64_t total_of(const Reply& page, int64_t rows) {
  for (const std::string_view name : {"total_results", "results_total", "total"})
    if (const auto total = page[name].whole(); total && *total >= 0) return *total;
  constexpr int64_t most_pages = 1000;
  const int64_t size = std::clamp<int64_t>(page["page_size"].whole().value_or(search_page_size), 1, 100);
  const int64_t before = std::clamp<int64_t>(page["page_no"].whole().value_or(1), 1, most_pages) - 1;
  if (rows == 0) return 0;
  return before * size + rows + (rows >= size ? 1 : 0);
}

Result<ListedProduct> parse_listed_row(const Reply& row) {
  ListedProduct listed;
  TRY(listed.product_id.value, row["item_id"].required_id());
  listed.title = row["title"].text();
  listed.title_zh = row["cn_title"].text();
  Json images;
  for (const Reply& image : rows_of(row["images"], images))
    if (listed.picture.empty()) listed.picture = picture_url(image.text());
  listed.price = row["price"].text();
  listed.currency = row["currency"].text();
  listed.status = row["status"].text();
  listed.stock = std::max<int64_t>(0, row["inventory"].whole().value_or(0));
  return listed;
}

}  // namespace

IopCall search_call(const ProductSearch& search, std::string_view language) {
  const bool is_spoken = std::find(languages.begin(), languages.end(), language) != languages.end();
  return {"/traffic/item/search",
          {{"keyword", search.words},
           {"page_no", std::to_string(search.page)},
           {"page_size", std::to_string(search_page_size)},
           {"language", is_spoken ? std::string(language) : std::string()}}};
}

Result<SearchPage> parse_search(const Json& reply) {
  const Reply root(reply);
  const Reply nested = root["data"]["data"];
  const auto found = nested.is_array() ? Result<Reply>(root["data"]) : payload(root, {"item_list", "page_no"});
  if (!found) return tl::unexpected(found.error());
  const std::vector<Reply> rows = first_there(*found, "data", "item_list").items();
  SearchPage page;
  for (const Reply& row : rows) {
    TRY(const auto price, row["price"].price());
    if (!price) continue;
    TRY(ProductSummary summary, parse_summary(row, *price));
    page.products.push_back(std::move(summary));
  }
  page.total = total_of(*found, static_cast<int64_t>(rows.size()));
  return page;
}

Result<ListedPage> parse_listed(const Json& reply) {
  TRY(const Reply found, payload(Reply(reply), {"product_list", "results_total"}));
  ListedPage page;
  Json text;
  for (const Reply& row : rows_of(found["product_list"], text)) {
    TRY(ListedProduct listed, parse_listed_row(row));
    page.products.push_back(std::move(listed));
  }
  page.total = found["results_total"].whole().value_or(static_cast<int64_t>(page.products.size()));
  page.scroll_id = found["scroll_id"].text();
  return page;
}

}  // namespace sampan::taobao
