// A whole item as taobao.item.get tells it, and as it stands in data that is pushed to its seller: not for other people's goods.
//
// Shape   item_get_response.item: num_iid, title, nick, price, num, item_imgs.item_img[{url, position}],
//         prop_imgs.prop_img[{properties, url}], property_alias "pid:vid:text;…", skus.sku[{sku_id, properties "pid:vid;pid:vid",
//         properties_name "pid:vid:pname:vname;…", price, quantity}], approve_status, item_weight
// Unit    prices in yuan as text, item_weight in kg
// Errors  bad_reply with the JSON pointer
// Trap    property_alias wins over the name of a value · a name may hold ":" itself: cut from the left into four ·
//         what is on hold is taken off `quantity` already · "null" may be a text
// Rule    what is read here cannot be ordered: it is not is_buyable; the seller's nick is its id
// Source  upstream.md 2.6 and 8
#pragma once

#include "shared/core/json.hpp"
#include "shared/stock/stock_level.hpp"

namespace sampan::taobao {

Result<ProductReading> parse_item(const Json& reply, Instant read_at);

}  // namespace sampan::taobao
