#include "proxy/sandbox/aop_order.hpp"

#include <algorithm>

namespace sampan {

std::optional<Instant> time_of(const SimulatedMarket& market, const UpstreamOrderId& id, MarketEvent event) {
  for (const MarketLogEntry& entry : market.log())
    if (entry.event == event && entry.upstream_order_id == id) return entry.at;
  return std::nullopt;
}

std::optional<Instant> last_change(const SimulatedMarket& market, const UpstreamOrderId& id) {
  const auto last = std::find_if(market.log().rbegin(), market.log().rend(),
                                 [&](const MarketLogEntry& entry) { return entry.upstream_order_id == id; });
  return last == market.log().rend() ? std::nullopt : std::optional(last->at);
}

std::string_view aop_order_status(const MarketOrder& order, const SimulatedMarket& market) {
  switch (order.state) {
    case UpstreamState::awaiting_payment: return "waitbuyerpay";
    case UpstreamState::paid: return "waitsellersend";
    case UpstreamState::shipped: return "waitbuyerreceive";
    case UpstreamState::received: return "confirm_goods";
    case UpstreamState::closed: return "cancel";
    case UpstreamState::refunded: return order.shipments.empty() ? "cancel" : "terminated";
    case UpstreamState::refunding: break;
  }
  if (order.shipments.empty()) return "waitsellersend";
  return time_of(market, order.upstream_order_id, MarketEvent::arrived) ? "confirm_goods" : "waitbuyerreceive";
}

std::string_view aop_refund_status(const MarketOrder& order) {
  if (order.state == UpstreamState::refunding) return "waitselleragree";
  if (order.state == UpstreamState::refunded) return "refundsuccess";
  return {};
}

// The ids of orders lie far apart (simulator/journey.cpp), so that these meet no other's.
std::string sub_item_id(const MarketOrder& order, size_t line) {
  const std::string& id = order.upstream_order_id.value;
  if (order.lines.size() == 1) return id;
  return std::to_string(std::stoll(id) + 1 + static_cast<int64_t>(line));
}

std::string all_sub_item_ids(const MarketOrder& order) {
  std::string ids;
  for (size_t line = 0; line < order.lines.size(); ++line) ids += (ids.empty() ? "" : ",") + sub_item_id(order, line);
  return ids;
}

// Its digits begin with a 1, so that they stay a number.
std::string logistics_id(const MarketOrder& order) { return "BX1" + order.upstream_order_id.value.substr(4); }

}  // namespace sampan
