#include "proxy/sandbox/iop_order.hpp"

#include "proxy/sandbox/aop_order.hpp"
#include "shared/core/decimal.hpp"

namespace sampan {

std::string_view iop_order_status(const MarketOrder& order, const SimulatedMarket& market) {
  switch (order.state) {
    case UpstreamState::awaiting_payment: return "WAIT_BUYER_PAY";
    case UpstreamState::paid: return "WAIT_SELLER_SEND_GOODS";
    case UpstreamState::shipped: return "WAIT_BUYER_CONFIRM_GOODS";
    case UpstreamState::received: return "TRADE_FINISHED";
    case UpstreamState::closed: return "TRADE_CLOSED_BY_TAOBAO";
    case UpstreamState::refunded: return "TRADE_CLOSED";
    case UpstreamState::refunding: break;
  }
  if (order.shipments.empty()) return "WAIT_SELLER_SEND_GOODS";
  return time_of(market, order.upstream_order_id, MarketEvent::arrived) ? "TRADE_FINISHED" : "WAIT_BUYER_CONFIRM_GOODS";
}

std::string_view iop_refund_status(const MarketOrder& order) {
  if (order.state == UpstreamState::refunding) return "WAIT_SELLER_AGREE";
  if (order.state == UpstreamState::refunded) return "SUCCESS";
  return {};
}

// The ids of orders lie far apart (simulator/journey.cpp), so that these meet no other's.
std::string iop_line_id(const MarketOrder& order, size_t line) {
  return std::to_string(std::stoll(order.upstream_order_id.value) + 1 + static_cast<int64_t>(line));
}

std::optional<MarketOrder> order_of_line(SimulatedMarket& market, std::string_view line_id, Instant now) {
  const auto number = scaled(line_id, 0);
  if (!number) return std::nullopt;
  for (int64_t line = 1; line <= static_cast<int64_t>(most_lines); ++line) {
    const auto order = market.read_order({std::to_string(*number - line)}, now);
    if (order && line <= static_cast<int64_t>(order->lines.size())) return *order;
  }
  return std::nullopt;
}

std::string supplier_of(SimulatedMarket& market, const MarketOrder& order, Instant now) {
  if (order.lines.empty()) return {};
  const auto view = market.read_offer(order.lines.front().product_id, now);
  return view ? view->seller.name_zh : std::string();
}

}  // namespace sampan
