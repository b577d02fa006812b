// One offer of 1688 as it is sold now: queryProductDetail to our product and stock.
//
// Unit    their prices yuan as text, weights kg in one list and g in another, sizes cm
// Errors  bad_reply with the JSON pointer; what the marketplace says (errors.hpp)
// Trap    quoteType says where the price stands · `soldOut` is a number sold, not a flag · amountOnSale null or -1 is
//         unknown, not zero · an offer without SKUs is ordered by its own id and without a specId
// Source  upstream.md 4.4 and 8
#pragma once

#include <string_view>

#include "shared/marketplace/alibaba1688/call.hpp"
#include "shared/marketplace/alibaba1688/reply.hpp"
#include "shared/stock/stock_level.hpp"

namespace sampan::alibaba1688 {

// `language` is what 1688 calls a country: "en", "ja", "ko", "ru" …
Call product_call(const ProductId& product_id, std::string_view language);

Result<ProductReading> parse_product(const Json& reply, Instant read_at);

// "//host/a.jpg", "http://…" and "img/ibank/a.jpg" as https URLs; empty for what is no picture's address.
std::string picture_url(std::string_view written);

}  // namespace sampan::alibaba1688
