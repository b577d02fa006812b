// Money back on the simulated 1688. Its seller gives back whole orders only, goods and freight.
//
// Unit    fen
// Source  upstream.md 4.5; open.1688.com com.alibaba.trade:alibaba.trade.getRefundReasonList-1,
//         alibaba.trade.getMaxRefundFee-1, alibaba.trade.createRefund-1 (codes 5001 to 5100 are from its page)
#include <algorithm>
#include <array>
#include <set>

#include "proxy/sandbox/aop_api.hpp"
#include "proxy/sandbox/aop_order.hpp"
#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr std::string_view space = "com.alibaba.trade";

struct Reason {
  int64_t id;
  std::string_view name;
};
constexpr std::array reasons{Reason{20006, "多买/买错/不想要"}, Reason{20021, "未按约定时间发货"},
                             Reason{20022, "缺货"}, Reason{20028, "质量问题"}};

tl::unexpected<Error> refused(std::string_view code, std::string_view sentence) {
  return fail(ErrorCode::rejected, std::string(sentence), std::string(code) + " createRefund");
}

Result<MarketOrder> order_asked(const AopScene& call, const std::string& id) {
  auto order = call.scene.alibaba1688.read_order({id}, call.scene.now);
  if (!order) return refused("5001", "订单不存在");
  return order;
}

bool is_paid(const MarketOrder& order) { return order.paid_fen > 0 && order.state != UpstreamState::refunded; }

// What may be said of the goods' whereabouts in each state.
bool is_right_goods_status(const MarketOrder& order, const std::string& goods_status) {
  if (order.state == UpstreamState::paid) return goods_status == "refundWaitSellerSend";
  if (order.state == UpstreamState::shipped)
    return goods_status == "refundWaitBuyerReceive" || goods_status == "refundBuyerReceived";
  return order.state == UpstreamState::received &&
         (goods_status == "refundBuyerReceived" || goods_status == "aftersaleBuyerReceived");
}

Result<Json> reason_list(const AopScene& call) {
  TRY(const MarketOrder order, order_asked(call, call.parameters.text("orderId")));
  if (!is_right_goods_status(order, call.parameters.text("goodsStatus"))) return refused("5003", "货物状态不合法");
  std::vector<Json> rows;
  for (const Reason& reason : reasons)
    rows.push_back(json_object({{"id", json_integer(reason.id)},
                                {"name", json_string(reason.name)},
                                {"needVoucher", json_boolean(false)},
                                {"noRefundCarriage", json_boolean(false)},
                                {"tip", json_string("")}}));
  return wrapped_result(json_object({{"reasons", json_array(std::move(rows))}}), "200", "成功");
}

Result<Json> max_refund_fee(const AopScene& call) {
  TRY(const Json input, call.parameters.json("input"));
  TRY(const MarketOrder order, order_asked(call, member_text(input, "orderId")));
  if (!is_right_goods_status(order, member_text(input, "goodsStatus"))) return refused("5003", "货物状态不合法");
  return wrapped_result(json_object({{"maxGoodsFee", json_integer(order.goods_fen)},
                                     {"maxPostFee", json_integer(order.freight_fen)},
                                     {"maxRefundFee", json_integer(total_fen(order))},
                                     {"maxSubstituteFetchFee", json_integer(0)}}),
                        "200", "成功");
}

Result<void> check_entries(const AopParameters& parameters, const MarketOrder& order) {
  TRY(const Json asked, parameters.json("orderEntryIds"));
  if (asked.kind != JsonKind::array) return malformed("orderEntryIds");
  std::set<std::string> ids;
  for (const Json& id : asked.items) ids.insert(id.text);
  std::set<std::string> all;
  for (size_t i = 0; i < order.lines.size(); ++i) all.insert(sub_item_id(order, i));
  if (ids != all) return refused("5010", "退货状态错误：这里的卖家只整单退款，请传全部子订单");
  return done();
}

Result<void> check_reason(const AopParameters& parameters) {
  TRY(const int64_t id, parameters.integer("applyReasonId", 0));
  if (std::none_of(reasons.begin(), reasons.end(), [&](const Reason& reason) { return reason.id == id; }))
    return refused("5004", "退款退货原因错误，请确认原因id");
  const std::string description = parameters.text("description");
  const auto characters = std::count_if(description.begin(), description.end(),
                                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  if (characters < 2 || characters > 150) return refused("5012", "退款描述长度错误");
  return done();
}

Result<void> check_amounts(const AopParameters& parameters, const MarketOrder& order) {
  TRY(const int64_t payment, parameters.integer("applyPayment", 0));
  TRY(const int64_t carriage, parameters.integer("applyCarriage", 0));
  if (payment != order.goods_fen || carriage != order.freight_fen)
    return refused("5011", "退款金额错误：这里的卖家只整单退款，应为全部货款与全部运费");
  return done();
}

Result<Json> create_refund(const AopScene& call) {
  const AopParameters& parameters = call.parameters;
  TRY(const MarketOrder order, order_asked(call, parameters.text("orderId")));
  if (!is_paid(order) || order.state == UpstreamState::refunding)
    return refused("5010", "退货状态错误，请确认订单是否支持能够退款");
  if (!is_right_goods_status(order, parameters.text("goodsStatus"))) return refused("5003", "货物状态不合法");
  const std::string request = parameters.text("disputeRequest");
  if (request != "refund" && request != "returnRefund") return malformed("disputeRequest");
  const bool has_goods = parameters.text("goodsStatus").find("BuyerReceived") != std::string::npos;
  if (request == "returnRefund" && !has_goods) return refused("5010", "已收到货的情况下，才能退款退货");
  TRY_DO(check_entries(parameters, order));
  TRY_DO(check_reason(parameters));
  TRY_DO(check_amounts(parameters, order));
  TRY_DO(call.scene.alibaba1688.request_refund(order.upstream_order_id, call.scene.now));
  return json_object(
      {{"result",
        json_object({{"success", json_boolean(true)},
                     {"result", json_object({{"refundId", json_string("TQ" + order.upstream_order_id.value)}})}})}});
}

}  // namespace

std::vector<AopApi> aop_refund_apis() {
  const AopRefusalShape shape = AopRefusalShape::result_code;
  return {
      {space,
       "alibaba.trade.getRefundReasonList",
       false,
       true,
       shape,
       {"orderId", "orderEntryIds", "goodsStatus"},
       reason_list},
      {space, "alibaba.trade.getMaxRefundFee", false, true, shape, {"input"}, max_refund_fee},
      {space,
       "alibaba.trade.createRefund",
       true,
       true,
       shape,
       {"orderId", "orderEntryIds", "disputeRequest", "applyPayment", "applyCarriage", "applyReasonId", "description",
        "goodsStatus"},
       create_refund},
  };
}

}  // namespace sampan
