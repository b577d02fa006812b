// One item of Taobao as it can be bought through Taobao Global: /product/get to our product and stock. It must have been called
// before an item is ordered: it is what enters the item there.
//
// Shape   a product is Taobao's own item_id, a SKU its sku_id; an order names them by others, so Sku::order_key is
//         "mp_id:mp_skuId" ("2048153758314474:3357413213162"), and "mp_id" alone of an item without SKUs, whose one SKU has
//         the item's id
// Unit    prices in fen; a promotion of 0 or null is none; coupon_price is not promised and not used
// Errors  bad_reply with the JSON pointer; what Taobao says (errors.hpp); bad_request of an order key of another shape
// Trap    mp_skuId is spelt so · value_desc is the seller's own text, value_name may begin with the value's number, "28315:M"
//         · a SKU whose status is not NORMAL is shown with a stock of none · a stock of null is unknown
// Unsure  an item without SKUs is ordered by mp_id alone · shop_id names the seller, or seller_id, or user_nick where there is no
//         other · multi_language_info.title, of /traffic/item/get, is read where it stands
// Source  upstream.md 3.3 and 8
#pragma once

#include <string>
#include <string_view>

#include "shared/marketplace/taobao/call.hpp"
#include "shared/marketplace/taobao/errors.hpp"
#include "shared/stock/stock_level.hpp"

namespace sampan::taobao {

struct OrderKey {
  std::string mp_id;
  std::string mp_sku_id;  // empty: the item has no SKUs
};

std::string order_key_text(const OrderKey& key);
Result<OrderKey> parse_order_key(std::string_view text);

IopCall product_call(const ProductId& product_id);

Result<ProductReading> parse_product(const Json& reply, Instant read_at);

// "//host/a.jpg" and "http://…" as https URLs; empty for what is no picture's address.
std::string picture_url(std::string_view written);

// Below zero or no number is unknown.
StockLevel stock_level(const Reply& amount);

}  // namespace sampan::taobao
