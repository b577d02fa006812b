// A trade of Taobao as its seller sees it through TOP: taobao.trade.fullinfo.get. Not for buyers; kept to read what data pushes
// and old exports hold.
//
// Shape   trade_fullinfo_get_response.trade: tid, status, payment, post_fee, pay_time, orders.order[{oid, num_iid, sku_id, num,
//         refund_status, logistics_company, invoice_no}]
// Unit    amounts in yuan as text; payment contains the freight
// Errors  bad_reply with the JSON pointer, of an unknown status too
// Trap    TRADE_CLOSED is closed after payment, the money back; TRADE_CLOSED_BY_TAOBAO was never paid
// Rule    who bought, and where they live, is not read
// Source  upstream.md 2.6 and 9
#pragma once

#include "shared/marketplace/taobao/order.hpp"

namespace sampan::taobao {

Result<BuyerOrder> parse_trade(const Json& reply);

}  // namespace sampan::taobao
