// Reading orders of the simulated VOP: by our key, by JD's number, and where the goods are.
//
// Limits  no order is split: pOrder is always 0
// Unsure  the rows of waybillCode {carrier, deliveryOrderId, orderId}
// Source  upstream.md 5.3 and 9
#include <array>

#include "proxy/sandbox/aop_order.hpp"
#include "proxy/sandbox/vop_order.hpp"
#include "proxy/sandbox/wire_json.hpp"
#include "shared/core/decimal.hpp"

namespace sampan {
namespace {

constexpr int64_t tax_percent = 13;

// orderState 0 cancelled · submitState 0 reserved, 1 confirmed · state 0 on its way, 1 delivered, 2 refused at the door
struct StateNumbers {
  UpstreamState state;
  int64_t order_state;
  int64_t submit_state;
  int64_t delivery;
  int64_t jd_order_state;
};
constexpr std::array state_numbers{
    StateNumbers{UpstreamState::awaiting_payment, 1, 0, 0, 2},  // waits for its payment
    StateNumbers{UpstreamState::paid, 1, 1, 0, 8},              // leaves the warehouse
    StateNumbers{UpstreamState::shipped, 1, 1, 0, 16},          // waits for receipt
    StateNumbers{UpstreamState::received, 1, 1, 1, 19},         // finished
    StateNumbers{UpstreamState::closed, 0, 0, 0, 2},            //
    StateNumbers{UpstreamState::refunding, 1, 1, 2, 17},        // comes back
    StateNumbers{UpstreamState::refunded, 0, 1, 0, 8},
};

StateNumbers numbers_of(UpstreamState state) {
  for (const StateNumbers& row : state_numbers)
    if (row.state == state) return row;
  return state_numbers.front();
}

Json yuan(int64_t fen) { return json_decimal(fen, 2); }

int64_t naked_fen(int64_t fen) {
  return divide(static_cast<__int128>(fen) * 100, 100 + tax_percent, Rounding::half_up).value_or(0);
}

Json line_row(const VopScene& call, const MarketOrderLine& line) {
  const auto view = call.market().read_offer(line.product_id, call.scene.now);
  const int64_t fen = line.unit_price.ten_thousandths / 100;
  const std::string category = view && !view->product.category_zh.empty() ? view->product.category_zh.back() : "";
  return json_object({
      {"category", json_id(jd_category_id(category))},
      {"num", json_integer(line.quantity)},
      {"price", json_decimal(line.unit_price.ten_thousandths, 4)},
      {"tax", json_integer(tax_percent)},
      {"oid", json_integer(0)},
      {"name", json_string(view ? view->product.title_zh : "")},
      {"taxPrice", yuan(fen - naked_fen(fen))},
      {"skuId", json_id(line.sku_id.value)},
      {"nakedPrice", yuan(naked_fen(fen))},
      {"type", json_integer(0)},
  });
}

bool asks_for(const JdParameters& parameters, std::string_view extension) {
  return parameters.text("queryExts").find(extension) != std::string::npos;
}

VopResult<VopReply> by_third_order(const VopScene& call) {
  const std::string key = call.parameters.text("thirdOrder");
  const std::vector<MarketOrder> orders = call.market().list_orders({key}, call.scene.now);
  if (orders.empty()) return vop_refuse("3401", key + "订单不存在");
  return VopReply{json_string(orders.front().upstream_order_id.value)};
}

VopResult<VopReply> order_view(const VopScene& call) {
  TRY(const MarketOrder order, vop_order(call));
  const StateNumbers numbers = numbers_of(order.state);
  std::vector<JsonMember> members = vop_order_sums(call, order);
  members.push_back({"pOrder", json_integer(0)});
  members.push_back({"orderState", json_integer(numbers.order_state)});
  members.push_back({"state", json_integer(numbers.delivery)});
  members.push_back({"submitState", json_integer(numbers.submit_state)});
  members.push_back({"type", json_integer(2)});
  if (asks_for(call.parameters, "jdOrderState"))
    members.push_back({"jdOrderState", json_integer(numbers.jd_order_state)});
  return VopReply{json_object(std::move(members))};
}

struct Step {
  MarketEvent event;
  std::string_view content;
  std::string_view by;
};
constexpr std::array steps{
    Step{MarketEvent::placed, "您提交了订单，请等待系统确认", "客户"},
    Step{MarketEvent::paid, "您的订单已经确认，等待出库", "系统"},
    Step{MarketEvent::dispatched, "您的订单在京东发货完成，准备送往集运仓", "系统"},
    Step{MarketEvent::arrived, "您的订单已签收。感谢您在京东购物，欢迎再次光临。", "系统"},
};

Json steps_of(const VopScene& call, const MarketOrder& order) {
  std::vector<Json> rows;
  for (const Step& step : steps)
    if (const auto at = time_of(call.market(), order.upstream_order_id, step.event))
      rows.push_back(json_object({{"content", json_string(step.content)},
                                  {"msgTime", json_string(china_time(*at))},
                                  {"operator", json_string(step.by)}}));
  return json_array(std::move(rows));
}

Json waybills_of(const MarketOrder& order) {
  std::vector<Json> rows;
  for (const UpstreamShipment& shipment : order.shipments)
    rows.push_back(json_object({{"orderId", json_id(order.upstream_order_id.value)},
                                {"carrier", json_string(shipment.carrier)},
                                {"deliveryOrderId", json_string(shipment.tracking_number.value)}}));
  return json_array(std::move(rows));
}

VopResult<VopReply> track(const VopScene& call) {
  TRY(const MarketOrder order, vop_order(call));
  std::vector<JsonMember> members{{"orderTrack", steps_of(call, order)}};
  if (call.parameters.text("waybillCode") == "1" && !order.shipments.empty())
    members.push_back({"waybillCode", waybills_of(order)});
  members.push_back({"jdOrderId", json_id(order.upstream_order_id.value)});
  return VopReply{json_object(std::move(members))};
}

}  // namespace

std::vector<JsonMember> vop_order_sums(const VopScene& call, const MarketOrder& order) {
  std::vector<Json> rows;
  for (const MarketOrderLine& line : order.lines) rows.push_back(line_row(call, line));
  const int64_t naked = naked_fen(order.goods_fen);
  return {
      {"jdOrderId", json_id(order.upstream_order_id.value)},
      {"freight", yuan(order.freight_fen)},
      {"orderPrice", yuan(order.goods_fen)},
      {"orderNakedPrice", yuan(naked)},
      {"sku", json_array(std::move(rows))},
      {"orderTaxPrice", yuan(order.goods_fen - naked)},
  };
}

VopResult<MarketOrder> vop_order(const VopScene& call) {
  const std::string id = call.parameters.text("jdOrderId");
  auto order = call.market().read_order({id}, call.scene.now);
  if (!order) return vop_refuse("3401", id + "订单不存在");
  return *std::move(order);
}

std::vector<VopApi> vop_order_reading_apis() {
  return {
      {"order/selectJdOrderIdByThirdOrder", false, {"thirdOrder"}, by_third_order},
      {"order/selectJdOrder", false, {"jdOrderId"}, order_view},
      {"order/orderTrack", false, {"jdOrderId"}, track},
  };
}

}  // namespace sampan
