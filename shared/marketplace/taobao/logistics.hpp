// Seller to warehouse: carriers and waybills of one line of an order, /logistics/detail/get.
//
// Shape   takes purchase_order_line_id, the line's sub_purchase_order_id; answers result.data.pnm_logistics_details[]: mail_no,
//         logistics_partner[{company}] (or one object), logistics_traces[]
// Errors  bad_reply; what Taobao says (errors.hpp): not_found while nothing is shipped
// Trap    a waybill may be absent, or a sentence instead of a number
// Source  upstream.md 3.4; the types of a public Go SDK of the API
#pragma once

#include <string>
#include <vector>

#include "shared/marketplace/marketplace.hpp"
#include "shared/marketplace/taobao/call.hpp"

namespace sampan::taobao {

IopCall logistics_call(const std::string& line_id);

Result<std::vector<UpstreamShipment>> parse_logistics(const Json& reply);

// Each waybill once; nothing where both are empty.
void add_shipment(std::vector<UpstreamShipment>& shipments, std::string carrier, std::string waybill);

}  // namespace sampan::taobao
