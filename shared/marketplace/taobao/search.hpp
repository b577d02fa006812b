// Search by words on Taobao Global: /traffic/item/search; and the goods that were listed there by us, /product/spus/get.
//
// Shape   data.data[]: item_id, title, main_image_url, price, coupon_price, inventory, shop_name, multi_language_info{language,
//         title, main_image_url}; page_no and page_size beside the rows
// Unit    `price` in yuan as text; /product/spus/get: `price` in `currency`, whose unit nobody tells, so both are kept as texts
// Errors  bad_reply with the JSON pointer; what Taobao says (errors.hpp)
// Trap    no total is documented: where none stands (total_results, results_total, total), the total is what was seen so far, and
//         one more while pages come full · /product/spus/get has every scalar as a string, its images as JSON text, and
//         shows a list of one as its element
// Unsure  item_list, pic_url and sold_count, which another client reads, are taken where the documented names are missing
// Source  upstream.md 3.3; a reseller's page of the same API, which names the rows' fields
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/marketplace/marketplace.hpp"
#include "shared/marketplace/taobao/call.hpp"

namespace sampan::taobao {

inline constexpr int64_t search_page_size = 20;

// `language` is left out unless it is en, vi, ru, ko or ja.
IopCall search_call(const ProductSearch& search, std::string_view language);

// A row without a price cannot be bought and is left out.
Result<SearchPage> parse_search(const Json& reply);

struct ListedProduct {
  ProductId product_id;
  std::string title;
  std::string title_zh;
  std::string picture;
  std::string price;
  std::string currency;
  std::string status;
  int64_t stock = 0;
};
FIELDS(ListedProduct, product_id, title, title_zh, picture, price, currency, status, stock)

struct ListedPage {
  std::vector<ListedProduct> products;
  int64_t total = 0;
  std::string scroll_id;  // asks for the next page
};
FIELDS(ListedPage, products, total, scroll_id)

Result<ListedPage> parse_listed(const Json& reply);

}  // namespace sampan::taobao
