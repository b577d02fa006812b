#include "shared/marketplace/alibaba1688/search.hpp"

#include <algorithm>

#include "shared/marketplace/alibaba1688/errors.hpp"
#include "shared/marketplace/alibaba1688/product.hpp"

namespace sampan::alibaba1688 {
namespace {

Result<ProductSummary> parse_summary(const Reply& row, UnitPrice price) {
  ProductSummary summary;
  summary.key.marketplace = MarketplaceName::alibaba1688;
  TRY(summary.key.product_id.value, row["offerId"].required_id());
  TRY(summary.title, row["subject"].required_text());
  summary.title_translated = row["subjectTrans"].text();
  summary.picture = picture_url(row["imageUrl"].text());
  summary.price_from = price;
  summary.moq = std::max<int64_t>(1, row["minOrderQuantity"].whole().value_or(1));
  summary.monthly_sales = row["monthSold"].whole();
  return summary;
}

}  // namespace

Call search_call(const ProductSearch& search, std::string_view language) {
  JsonObject query;
  query.text("keyword", search.words)
      .number("beginPage", search.page)
      .number("pageSize", search_page_size)
      .text("country", language);
  return {product_space, "product.search.keywordQuery", {{"offerQueryParam", query.written()}}};
}

Result<SearchPage> parse_search(const Json& reply) {
  TRY(const Reply found, payload(Reply(reply), {"data", "totalRecords"}));
  SearchPage page;
  for (const Reply& row : found["data"].items()) {
    TRY(const auto price, row["priceInfo"]["price"].price());
    if (!price) continue;
    TRY(ProductSummary summary, parse_summary(row, *price));
    page.products.push_back(std::move(summary));
  }
  TRY(page.total, found["totalRecords"].required_whole());
  return page;
}

}  // namespace sampan::alibaba1688
