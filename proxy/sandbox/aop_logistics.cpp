// Where the goods of an order of the simulated 1688 are, from its seller to the buyer's warehouse.
//
// Source  upstream.md 4.5; open.1688.com com.alibaba.logistics:alibaba.trade.getLogisticsInfos.buyerView-1,
//         alibaba.trade.getLogisticsTraceInfo.buyerView-1 (its times have no zone and are China's)
#include "proxy/sandbox/aop_api.hpp"
#include "proxy/sandbox/aop_order.hpp"
#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr std::string_view space = "com.alibaba.logistics";

tl::unexpected<Error> not_sent(std::string_view code_and_what) {
  return fail(ErrorCode::not_found, "The seller has sent nothing yet.", std::string(code_and_what));
}

bool has_arrived(const MarketOrder& order, const AopScene& call) {
  return time_of(call.scene.alibaba1688, order.upstream_order_id, MarketEvent::arrived).has_value();
}

Json send_goods(const MarketOrder& order, const AopScene& call) {
  std::vector<Json> goods;
  for (const MarketOrderLine& line : order.lines) {
    const auto view = call.scene.alibaba1688.read_offer(line.product_id, call.scene.now);
    goods.push_back(json_object({{"unit", json_string("件")},
                                 {"quantity", json_integer(line.quantity)},
                                 {"goodName", json_string(view ? view->product.title_zh : "")}}));
  }
  return json_array(std::move(goods));
}

Json sender(const MarketOrder& order, const AopScene& call) {
  const auto view = call.scene.alibaba1688.read_offer(order.lines.front().product_id, call.scene.now);
  return json_object({{"senderName", json_string(view ? view->seller.name_zh : "")},
                      {"senderCity", json_string(view ? view->seller.city_zh : "")},
                      {"encrypt", json_string("CN")}});
}

Result<Json> infos(const AopScene& call) {
  TRY_DO(check_web_site(call.parameters));
  TRY(const MarketOrder order, call.scene.alibaba1688.read_order({call.parameters.text("orderId")}, call.scene.now));
  if (order.shipments.empty()) return not_sent("500_2 parcels");
  std::vector<Json> rows;
  for (const UpstreamShipment& shipment : order.shipments)
    rows.push_back(json_object({{"logisticsId", json_string(logistics_id(order))},
                                {"logisticsBillNo", json_string(shipment.tracking_number.value)},
                                {"orderEntryIds", json_string(all_sub_item_ids(order))},
                                {"status", json_string(has_arrived(order, call) ? "SIGN" : "TRANSPORT")},
                                {"logisticsCompanyId", json_string("8")},
                                {"logisticsCompanyName", json_string(shipment.carrier)},
                                {"remarks", json_string("")},
                                {"sendGoods", send_goods(order, call)},
                                {"sender", sender(order, call)}}));
  // Like the real one, it has no `success` when it succeeds.
  return json_object({{"result", json_array(std::move(rows))}});
}

Json step(Instant at, std::string_view remark) {
  return json_object({{"acceptTime", json_string(china_time(at))}, {"remark", json_string(remark)}});
}

Result<Json> trace(const AopScene& call) {
  TRY_DO(check_web_site(call.parameters));
  TRY(const MarketOrder order, call.scene.alibaba1688.read_order({call.parameters.text("orderId")}, call.scene.now));
  const std::string asked = call.parameters.text("logisticsId");
  if (order.shipments.empty() || (!asked.empty() && asked != logistics_id(order)))
    return not_sent("404 该订单的物流跟踪信息");
  const UpstreamOrderId& id = order.upstream_order_id;
  std::vector<Json> steps;
  if (const auto at = time_of(call.scene.alibaba1688, id, MarketEvent::dispatched))
    steps.push_back(step(*at, "卖家已发货，包裹已揽收"));
  if (const auto at = time_of(call.scene.alibaba1688, id, MarketEvent::arrived))
    steps.push_back(step(*at, "快件已被 集运仓 签收"));
  Json row = json_object({{"logisticsId", json_string(logistics_id(order))},
                          {"logisticsBillNo", json_string(order.shipments.front().tracking_number.value)},
                          {"orderId", json_id(id.value)},
                          {"logisticsSteps", json_array(std::move(steps))}});
  return json_object({{"logisticsTrace", json_array({std::move(row)})}});
}

}  // namespace

std::vector<AopApi> aop_logistics_apis() {
  const AopRefusalShape shape = AopRefusalShape::top_error_message;
  return {
      {space, "alibaba.trade.getLogisticsInfos.buyerView", false, true, shape, {"orderId", "webSite"}, infos},
      {space, "alibaba.trade.getLogisticsTraceInfo.buyerView", false, true, shape, {"orderId", "webSite"}, trace},
  };
}

}  // namespace sampan
