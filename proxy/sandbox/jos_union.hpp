// JD's union on the wire of JOS: goods by words or by their numbers, those too that our enterprise contract does not cover.
//
// Shape   {goodsReqDTO: {keyword | skuIds | itemIds, pageIndex, pageSize ≤ 30}}; {code, message, requestId, totalCount, data[]}
// Unit    prices in yuan as numbers
// Errors  the union's code 400 inside the answer, of what it cannot read
// Source  upstream.md 5.1; a recorded reply of jd.union.open.goods.query
#pragma once

#include "shared/core/json.hpp"
#include "shared/marketplace/simulator/market.hpp"

namespace sampan {

// A row for each group of similar SKUs where words are asked for; for each SKU that is on sale where numbers are.
Json jos_union_goods(SimulatedMarket& market, Instant now, const Json& asked);

}  // namespace sampan
