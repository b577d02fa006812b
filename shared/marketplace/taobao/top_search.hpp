// Search and light detail through TOP, for apps of its affiliate programme: what is sold and at what price, without SKUs.
//
// Shape   rows in result_list.map_data[] (taobao.tbk.dg.material.optional) or results.n_tbk_item[] (taobao.tbk.item.info.get, and
//         taobao.tbk.item.get, withdrawn): num_iid, title, pict_url, small_images.string[], zk_final_price, reserve_price,
//         seller_id, nick, shop_title, volume (30 days). The "upgrade" calls of 2024 put the same into item_basic_info and
//         price_promotion_info
// Unit    prices in yuan as text ("8250" is ¥8,250.00)
// Errors  bad_reply with the JSON pointer
// Trap    num_iid is a number, a text, or an obfuscated text that nothing else takes; item_id is its twin · a title may hold
//         <span class=H> around a word that was found · coupons may be null · a missing row is an item that is not sold any more
// Rule    what is read here cannot be ordered: it is not is_buyable, and its stock is unknown
// Source  upstream.md 2.6 and 8
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/marketplace/marketplace.hpp"
#include "shared/marketplace/taobao/call.hpp"

namespace sampan::taobao {

inline constexpr int64_t top_page_size = 20;

TopCall material_call(const ProductSearch& search, std::string_view adzone_id);

// A row without a price is left out.
Result<SearchPage> parse_materials(const Json& reply);

TopCall item_info_call(const std::vector<ProductId>& ids);  // at most 40

// Only what exists, in the reply's order.
Result<std::vector<ProductReading>> parse_item_infos(const Json& reply, Instant read_at);

}  // namespace sampan::taobao
