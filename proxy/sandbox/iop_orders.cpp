// Orders of the simulated Taobao Global: paying, calling off, reading and following them.
//
// Unit    fen; times in ms
// Trap    a payment that is asked for is answered as will_pay · what is called off after payment becomes a refund
// Source  upstream.md 3.4 and 9; shared/marketplace/taobao/order.hpp and logistics.hpp, which read the answers
#include <algorithm>

#include "proxy/sandbox/aop_order.hpp"
#include "proxy/sandbox/iop_api.hpp"
#include "proxy/sandbox/iop_item.hpp"
#include "proxy/sandbox/iop_order.hpp"
#include "proxy/sandbox/wire_json.hpp"
#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {
namespace {

constexpr int64_t largest_page = 50;

Result<std::vector<UpstreamOrderId>> ids_asked(const IopParameters& parameters, std::string_view name) {
  TRY(const Json list, parameters.json(name));
  if (list.kind != JsonKind::array) return malformed(name);
  std::vector<UpstreamOrderId> ids;
  for (const Json& id : list.items) {
    if (id.kind != JsonKind::number && id.kind != JsonKind::string) return malformed(name);
    ids.push_back({id.text});
  }
  return ids;
}

// Pay and cancel

Result<Json> batch_pay(const IopScene& call) {
  TRY(const std::vector<UpstreamOrderId> ids, ids_asked(call.parameters, "purchaseOrderIdList"));
  if (ids.empty()) return malformed("purchaseOrderIdList");
  std::vector<Json> paid;
  std::vector<Json> refused;
  std::vector<Json> why;
  for (const UpstreamOrderId& id : ids) {
    const auto outcome = call.market().pay(id, call.scene.now);
    (outcome ? paid : refused).push_back(json_string(id.value));
    if (outcome) continue;
    const IopRefused no = iop_refused(outcome.error());
    why.push_back(json_object({{"gspOrderId", json_id(id.value)},
                               {"errorCode", json_string(no.code)},
                               {"errorMessage", json_string(no.message)}}));
  }
  return json_object({{"will_pay_purchase_order_ids", json_array(std::move(paid))},
                      {"pay_failure_purchase_order_ids", json_array(std::move(refused))},
                      {"pay_failed_results", json_array(std::move(why))}});
}

Result<Json> cancel(const IopScene& call) {
  const UpstreamOrderId id{call.parameters.text("purchase_id")};
  TRY(const MarketOrder order, call.market().read_order(id, call.scene.now));
  const bool was_paid = order.paid_fen > 0;
  TRY_DO(was_paid ? call.market().request_refund(id, call.scene.now) : call.market().cancel(id, call.scene.now));
  return json_object({{"purchase_id", json_id(id.value)}});
}

// Read

Json text_or_null(std::string_view text) { return text.empty() ? json_null() : json_string(text); }

Json ms_of(const std::optional<Instant>& at) { return at ? json_integer(at->ms) : json_null(); }

Json logistic_orders(const MarketOrder& order) {
  std::vector<Json> rows;
  for (const UpstreamShipment& shipment : order.shipments)
    rows.push_back(json_object({{"logistic_company_name", json_string(shipment.carrier)},
                                {"logistic_number", json_string(shipment.tracking_number.value)}}));
  return json_array(std::move(rows));
}

Result<Json> line_view(const IopScene& call, const MarketOrder& order, size_t index) {
  const MarketOrderLine& line = order.lines[index];
  TRY(const Money total, line_total(line.unit_price, line.quantity));
  const bool is_whole = line.sku_id.value == line.product_id.value;
  const auto offer = call.market().read_offer(line.product_id, call.scene.now);
  return json_object({
      {"sub_purchase_order_id", json_id(iop_line_id(order, index))},
      {"item_id", json_string(mp_id_of(line.product_id))},
      {"sku_id", json_id(is_whole ? std::string("0") : mp_sku_id_of(line.sku_id))},
      {"quantity", json_integer(line.quantity)},
      {"title", json_string(offer ? offer->product.title_zh : std::string())},
      {"status", json_string(iop_order_status(order, call.market()))},
      {"product_amount", json_integer(total.minor)},
      {"refund_status", text_or_null(iop_refund_status(order))},
      {"logistic_orders", logistic_orders(order)},
  });
}

Result<Json> order_view(const IopScene& call, const MarketOrder& order) {
  const SimulatedMarket& market = call.market();
  std::vector<Json> lines;
  for (size_t i = 0; i < order.lines.size(); ++i) {
    TRY(Json line, line_view(call, order, i));
    lines.push_back(std::move(line));
  }
  return json_object({
      {"purchase_id", json_id(order.upstream_order_id.value)},
      {"outer_purchase_id", json_string(order.purchase_id.value)},
      {"status", json_string(iop_order_status(order, market))},
      {"purchase_amount", json_integer(total_fen(order))},
      {"purchase_currency", json_string("CNY")},
      {"product_amount", json_integer(order.goods_fen)},
      {"domestic_post_fee", json_integer(order.freight_fen)},
      {"pay_time", ms_of(time_of(market, order.upstream_order_id, MarketEvent::paid))},
      {"created_time", json_integer(order.created_at.ms)},
      {"modify_time", ms_of(last_change(market, order.upstream_order_id))},
      {"supplier_nick", json_string(supplier_of(call.market(), order, call.scene.now))},
      {"source_market", json_string("TAOBAO")},
      {"sub_purchase_orders", json_array(std::move(lines))},
  });
}

// What was named, whatever else was asked; an id that is not there is left out.
Result<std::vector<MarketOrder>> orders_named(const IopScene& call) {
  std::vector<MarketOrder> orders;
  TRY(const std::vector<UpstreamOrderId> ids, ids_asked(call.parameters, "purchase_ids"));
  for (const UpstreamOrderId& id : ids)
    if (auto order = call.market().read_order(id, call.scene.now)) orders.push_back(*std::move(order));
  return orders;
}

bool is_newer(const MarketOrder& a, const MarketOrder& b) {
  return a.created_at == b.created_at ? b.upstream_order_id < a.upstream_order_id : b.created_at < a.created_at;
}

// By outer_purchase_id or all, in the range of modify_time, the newest first.
Result<std::vector<MarketOrder>> orders_in_range(const IopScene& call) {
  TRY(const int64_t from, call.parameters.integer("modify_time_start", 0));
  TRY(const int64_t to, call.parameters.integer("modify_time_end", INT64_MAX));
  const std::string key = call.parameters.text("outer_purchase_id");
  std::vector<MarketOrder> known;
  for (const auto& [purchase_id, unused] : call.market().books().orders)
    if (key.empty() || purchase_id.value == key)
      for (MarketOrder& order : call.market().list_orders(purchase_id, call.scene.now))
        known.push_back(std::move(order));
  std::vector<MarketOrder> orders;
  for (MarketOrder& order : known) {
    const auto changed = last_change(call.market(), order.upstream_order_id);
    if (changed && from <= changed->ms && changed->ms <= to) orders.push_back(std::move(order));
  }
  std::sort(orders.begin(), orders.end(), is_newer);
  return orders;
}

Result<Json> orders_query(const IopScene& call) {
  TRY(const int64_t page, call.parameters.integer("page_no", 1));
  TRY(const int64_t size, call.parameters.integer("page_size", largest_page));
  if (page < 1) return malformed("page_no");
  if (size < 1 || size > largest_page) return malformed("page_size");
  const bool are_named = !call.parameters.text("purchase_ids").empty();
  TRY(const std::vector<MarketOrder> orders, are_named ? orders_named(call) : orders_in_range(call));
  const auto total = static_cast<int64_t>(orders.size());
  std::vector<Json> rows;
  if (page <= (total + size - 1) / size)
    for (int64_t i = (page - 1) * size; i < std::min(total, page * size); ++i) {
      TRY(Json row, order_view(call, orders[static_cast<size_t>(i)]));
      rows.push_back(std::move(row));
    }
  return json_object({{"results_total", json_integer(total)},
                      {"page_no", json_integer(page)},
                      {"page_size", json_integer(size)},
                      {"purchase_orders", json_array(std::move(rows))}});
}

// Follow

Json trace_of(Instant at, std::string_view what) {
  return json_object({{"time", json_string(china_time(at))}, {"desc", json_string(what)}});
}

Result<Json> logistics_detail(const IopScene& call) {
  const std::string line_id = call.parameters.text("purchase_order_line_id");
  const auto order = order_of_line(call.market(), line_id, call.scene.now);
  if (!order) return refuse(Refusal::no_such_order, line_id);
  std::vector<Json> traces;
  const auto sent = time_of(call.market(), order->upstream_order_id, MarketEvent::dispatched);
  const auto arrived = time_of(call.market(), order->upstream_order_id, MarketEvent::arrived);
  if (sent) traces.push_back(trace_of(*sent, "卖家已发货"));
  if (arrived) traces.push_back(trace_of(*arrived, "快件已签收"));
  std::vector<Json> details;
  for (const UpstreamShipment& shipment : order->shipments)
    details.push_back(json_object({
        {"mail_no", json_string(shipment.tracking_number.value)},
        {"logistics_partner", json_array({json_object({{"company", json_string(shipment.carrier)}})})},
        {"logistics_status", json_string(arrived ? "SIGN" : "TRANSPORT")},
        {"logistics_traces", json_array(traces)},
    }));
  return json_object({{"purchase_order_outer_id", json_id(order->upstream_order_id.value)},
                      {"pnm_logistics_details", json_array(std::move(details))}});
}

}  // namespace

std::vector<IopApi> iop_order_apis() {
  return {
      {"/purchase/order/batch/pay", true, true, IopShape::data, {"purchaseOrderIdList"}, batch_pay, nullptr},
      {"/purchase/order/asyn/cancel", true, true, IopShape::data, {"purchase_id", "cancel_reason"}, cancel, nullptr},
      {"/purchase/orders/query", false, true, IopShape::data, {}, orders_query, nullptr},
      {"/logistics/detail/get", false, true, IopShape::result, {"purchase_order_line_id"}, logistics_detail, nullptr},
  };
}

}  // namespace sampan
