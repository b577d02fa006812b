// Seller to warehouse on 1688: carriers and waybills.
//
// Errors  bad_reply; what the marketplace says (errors.hpp): not_found while nothing is shipped
// Trap    a waybill may be absent or read "不需要物流"; one order may have several shipments
// Source  upstream.md 4.5
#pragma once

#include <vector>

#include "shared/marketplace/alibaba1688/call.hpp"
#include "shared/marketplace/alibaba1688/reply.hpp"
#include "shared/marketplace/marketplace.hpp"

namespace sampan::alibaba1688 {

Call logistics_call(const UpstreamOrderId& id);

Result<std::vector<UpstreamShipment>> parse_logistics(const Json& reply);

// Rows of this reply, or of an order's nativeLogistics.logisticsItems; each waybill once, cancelled ones left out.
std::vector<UpstreamShipment> shipments_of(const std::vector<Reply>& rows);

}  // namespace sampan::alibaba1688
