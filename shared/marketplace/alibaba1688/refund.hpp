// Asking a seller of 1688 for the money of a whole order that was paid.
//
// Unit    what is asked for in fen
// Errors  rejected: nothing is paid, or every reason that 1688 offers wants a photograph first · bad_reply with the JSON
//         pointer; what the marketplace says (errors.hpp)
// Source  upstream.md 4.5; 1688 docs alibaba.trade.createRefund-1 and getRefundReasonList-1 (goodsStatus, needVoucher)
#pragma once

#include <string>

#include "shared/marketplace/alibaba1688/order.hpp"

namespace sampan::alibaba1688 {

// "refundWaitSellerSend": how 1688 names where the goods are; rejected where there is nothing to ask for.
Result<std::string> goods_status(const BuyerOrder& order);

Call refund_reasons_call(const BuyerOrder& order, const std::string& goods_status);

// The first that needs no photograph, preferring those that give the freight back too.
struct RefundReason {
  std::string id;
  bool gives_freight_back = true;
};
Result<RefundReason> parse_refund_reason(const Json& reply);

// Goods that have arrived go back to the seller; the answer is `success` or the refund's id.
Call refund_call(const BuyerOrder& order, const std::string& goods_status, const RefundReason& reason);
Result<void> parse_refund(const Json& reply);

}  // namespace sampan::alibaba1688
