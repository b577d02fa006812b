// An order of the market in VOP's words: its sums and rows, and the four numbers of its state.
//
// Unit    yuan as numbers; orderPrice is the goods without the freight; a naked price is without 13 % of tax
// Source  upstream.md 5.3 and 9; recorded replies of submitOrder and selectJdOrder
#pragma once

#include <vector>

#include "proxy/sandbox/vop_api.hpp"

namespace sampan {

// {jdOrderId, freight, orderPrice, orderNakedPrice, sku[], orderTaxPrice}: what submitOrder answers.
std::vector<JsonMember> vop_order_sums(const VopScene& call, const MarketOrder& order);

// By jdOrderId; 3401 for none.
VopResult<MarketOrder> vop_order(const VopScene& call);

}  // namespace sampan
