// Search by words at JD's union, and one row of it as a product that can be looked at but not bought.
//
// Shape   goodsReqDTO {keyword | skuIds | itemIds, pageIndex, pageSize}; {code, message, totalCount, data[]}
// Unit    prices in yuan as numbers
// Errors  bad_reply with the JSON pointer; not_found; what the union says (errors.hpp)
// Trap    an item may come without skuId, named by an opaque itemId: that is then its product id · no stock, no variants ·
//         owner "g" is JD itself, "p" a shop
// Unsure  that itemIds may be asked for (newer union clients); skuIds is documented
// Source  upstream.md 5.1 and 8
#pragma once

#include "shared/marketplace/jd/call.hpp"
#include "shared/marketplace/jd/errors.hpp"
#include "shared/marketplace/marketplace.hpp"

namespace sampan::jd {

inline constexpr int64_t search_page_size = 20;

// Who sells what JD sells itself.
inline constexpr std::string_view self_run_id = "jd";
inline constexpr std::string_view self_run_name = "京东自营";

JosCall search_call(const ProductSearch& search);
JosCall union_product_call(const ProductId& product_id);

// `answer` is what read_jos_reply gives. A row without a price is left out.
Result<SearchPage> parse_search(const Json& answer);

// The row of that id, is_buyable false; not_found when there is none.
Result<ProductReading> parse_union_product(const Json& answer, const ProductId& product_id, Instant read_at);

// "//host/a.jpg", "http://…" and "jfs/t1/a.jpg" as https URLs; empty for what is no picture's address.
std::string picture_url(std::string_view written);

}  // namespace sampan::jd
