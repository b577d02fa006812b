// Which product a pasted text means: links of Taobao, Tmall, 1688, JD and agents' sites, and share texts around them.
//
// Shape   every link of the text is read, none is fetched; the same product twice is one
// Range   a product id has 5 to 19 digits and no leading zero
// Errors  link_needs_lookup   a short link, an affiliate link, a share code (口令), an item of the JD union
//         link_unsupported    a product of Weidian
//         link_ambiguous      nothing but a number
//         link_not_a_product  a shop, a search, another site, words
// Source  upstream.md 7; the tables are in link_sites.cpp; tests/unit/marketplace/link_test.cpp
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "shared/core/error.hpp"
#include "shared/core/fields.hpp"
#include "shared/core/id.hpp"
#include "shared/core/words.hpp"
#include "shared/marketplace/url.hpp"

namespace sampan {

// Where a product id counts. A Tmall id is a Taobao id; Taobao Global's mpId is another number for the same goods.
enum class IdSpace { taobao, taobao_global, alibaba1688, jd };
WORDS(IdSpace, taobao, taobao_global, alibaba1688, jd)

struct LinkedProduct {
  IdSpace marketplace{};
  ProductId product_id;
  std::optional<SkuId> sku_id;  // where the link names one; JD's product id is a SKU by itself
};
FIELDS(LinkedProduct, marketplace, product_id, sku_id)

// In the order of the text, never empty.
Result<std::vector<LinkedProduct>> read_links(std::string_view text, const ParseUrl& parse_url);

}  // namespace sampan
