// Search by words on 1688: keywordQuery, with the marketplace's own translation.
//
// Errors  bad_reply with the JSON pointer; what the marketplace says (errors.hpp)
// Source  upstream.md 4.4
#pragma once

#include <string_view>

#include "shared/marketplace/alibaba1688/call.hpp"
#include "shared/marketplace/alibaba1688/reply.hpp"
#include "shared/marketplace/marketplace.hpp"

namespace sampan::alibaba1688 {

inline constexpr int64_t search_page_size = 20;

Call search_call(const ProductSearch& search, std::string_view language);

// A row without a price cannot be bought and is left out.
Result<SearchPage> parse_search(const Json& reply);

}  // namespace sampan::alibaba1688
