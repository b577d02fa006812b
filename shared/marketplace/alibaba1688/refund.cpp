#include "shared/marketplace/alibaba1688/refund.hpp"

#include <algorithm>
#include <optional>

#include "shared/marketplace/alibaba1688/errors.hpp"

namespace sampan::alibaba1688 {
namespace {

constexpr std::string_view why = "订单商品不再需要，申请退款";  // "no longer needed": 2 to 150 characters

std::string sub_order_ids(const BuyerOrder& order) {
  std::vector<std::string> ids;
  for (const SubOrder& each : order.sub_orders) ids.push_back(json_id(each.id));
  return json_array(ids);
}

}  // namespace

Result<std::string> goods_status(const BuyerOrder& order) {
  switch (order.order.state) {
    case UpstreamState::paid: return std::string("refundWaitSellerSend");
    case UpstreamState::shipped: return std::string("refundWaitBuyerReceive");
    // A finished trade is after sale; before that the money has not left 1688 yet.
    case UpstreamState::received:
      return std::string(order.status == "success" ? "aftersaleBuyerReceived" : "refundBuyerReceived");
    default: break;
  }
  return fail(ErrorCode::rejected, "There is nothing to give back for this order.", order.status);
}

Call refund_reasons_call(const BuyerOrder& order, const std::string& goods_status) {
  return {trade_space,
          "alibaba.trade.getRefundReasonList",
          {{"orderId", order.order.upstream_order_id.value},
           {"orderEntryIds", sub_order_ids(order)},
           {"goodsStatus", goods_status}}};
}

Result<RefundReason> parse_refund_reason(const Json& reply) {
  TRY(const Reply found, payload(Reply(reply), {"reasons"}));
  std::optional<RefundReason> chosen;
  for (const Reply& row : found["reasons"].items()) {
    if (row["needVoucher"].is_true()) continue;
    const bool gives_freight_back = !row["noRefundCarriage"].is_true();
    if (chosen && (chosen->gives_freight_back || !gives_freight_back)) continue;
    TRY(const std::string id, row["id"].required_id());
    chosen = RefundReason{id, gives_freight_back};
  }
  if (!chosen)
    return fail(ErrorCode::rejected, "1688 wants a photograph for this refund: ask for it there.", found.pointer());
  return *chosen;
}

Call refund_call(const BuyerOrder& order, const std::string& goods_status, const RefundReason& reason) {
  const UpstreamOrder& of = order.order;
  const int64_t goods_fen = std::max<int64_t>(0, of.goods.minor - order.refunded.minor);
  return {trade_space,
          "alibaba.trade.createRefund",
          {{"orderId", of.upstream_order_id.value},
           {"orderEntryIds", sub_order_ids(order)},
           {"disputeRequest", of.state == UpstreamState::received ? "returnRefund" : "refund"},
           {"applyPayment", std::to_string(goods_fen)},
           {"applyCarriage", std::to_string(reason.gives_freight_back ? of.freight.minor : 0)},
           {"applyReasonId", reason.id},
           {"description", std::string(why)},
           {"goodsStatus", goods_status}}};
}

Result<void> parse_refund(const Json& reply) {
  const Reply root(reply);
  if (payload(root, {"refundId"})) return done();
  return accepted(root);
}

}  // namespace sampan::alibaba1688
