// An order of the market in Taobao Global's words.
//
// Source  upstream.md 9; shared/marketplace/taobao/iop_words.hpp
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/marketplace/simulator/market.hpp"

namespace sampan {

// "WAIT_BUYER_PAY"; an order that is being refunded keeps the status it had.
std::string_view iop_order_status(const MarketOrder& order, const SimulatedMarket& market);
// "WAIT_SELLER_AGREE" and "SUCCESS"; empty where no refund was asked.
std::string_view iop_refund_status(const MarketOrder& order);

// The number of a line, sub_purchase_order_id, and the order that has a line of this number.
std::string iop_line_id(const MarketOrder& order, size_t line);
std::optional<MarketOrder> order_of_line(SimulatedMarket& market, std::string_view line_id, Instant now);

// As the seller is called; empty when the catalogue has it no more.
std::string supplier_of(SimulatedMarket& market, const MarketOrder& order, Instant now);

}  // namespace sampan
