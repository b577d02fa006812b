// An order of the market in 1688's words: states, times and the ids of its sub-orders.
//
// Source  upstream.md 9; open.1688.com com.alibaba.trade:alibaba.trade.get.buyerView-1
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/aop_api.hpp"
#include "shared/marketplace/simulator/market.hpp"

namespace sampan {

// "waitbuyerpay"; an order that is being refunded keeps the state it had.
std::string_view aop_order_status(const MarketOrder& order, const SimulatedMarket& market);
// "waitselleragree" and "refundsuccess"; empty where no refund was asked.
std::string_view aop_refund_status(const MarketOrder& order);

// When this happened to the order first, from the market's log.
std::optional<Instant> time_of(const SimulatedMarket& market, const UpstreamOrderId& id, MarketEvent event);
std::optional<Instant> last_change(const SimulatedMarket& market, const UpstreamOrderId& id);

// The order's own id where it has one line, else ids of their own; all of them joined by commas are what shipments name.
std::string sub_item_id(const MarketOrder& order, size_t line);
std::string all_sub_item_ids(const MarketOrder& order);

// "BX…": the platform's own number of a shipment.
std::string logistics_id(const MarketOrder& order);

inline std::string seller_member_id(const SellerId& seller) { return "b2b-" + seller.value; }

// webSite=1688, which several APIs want to be told.
inline Result<void> check_web_site(const AopParameters& parameters) {
  if (parameters.text("webSite") != "1688") return malformed("webSite");
  return done();
}

}  // namespace sampan
