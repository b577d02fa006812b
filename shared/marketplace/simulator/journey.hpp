// When a seller of the simulated 1688 sends a paid order, and what the domestic carrier does then.
//
// Unit    hours and days of the market's clock
// Source  the seller's dispatch distribution in the catalogue; waybill shapes as the carriers print them
#pragma once

#include "shared/marketplace/simulator/catalogue.hpp"
#include "shared/marketplace/simulator/market_order.hpp"

namespace sampan {

Duration time_to_dispatch(const CatalogueSeller& seller, int64_t seed, const UpstreamOrderId& order);
Duration time_to_warehouse(int64_t seed, const UpstreamOrderId& order);
UpstreamShipment shipment_of(int64_t seed, const UpstreamOrderId& order);

// The nth order of a market, from 0: 19 digits that rise but do not tell how many there are.
UpstreamOrderId upstream_order_id(int64_t seed, size_t nth);

}  // namespace sampan
