#include "shared/marketplace/taobao/logistics.hpp"

#include <algorithm>

#include "shared/marketplace/taobao/errors.hpp"

namespace sampan::taobao {
namespace {

bool is_waybill(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  });
}

std::string carrier_of(const Reply& row) {
  Json text;
  for (const Reply& partner : rows_of(row["logistics_partner"], text))
    if (std::string company = partner["company"].text(); !company.empty()) return company;
  return {};
}

}  // namespace

IopCall logistics_call(const std::string& line_id) {
  return {"/logistics/detail/get", {{"purchase_order_line_id", line_id}}};
}

Result<std::vector<UpstreamShipment>> parse_logistics(const Json& reply) {
  TRY(const Reply found, payload(Reply(reply), {"pnm_logistics_details"}));
  std::vector<UpstreamShipment> shipments;
  for (const Reply& row : found["pnm_logistics_details"].items())
    add_shipment(shipments, carrier_of(row), row["mail_no"].text());
  return shipments;
}

void add_shipment(std::vector<UpstreamShipment>& shipments, std::string carrier, std::string waybill) {
  if (!is_waybill(waybill)) waybill.clear();
  if (carrier.empty() && waybill.empty()) return;
  const TrackingNumber number{std::move(waybill)};
  const bool is_known = std::any_of(shipments.begin(), shipments.end(),
                                    [&](const UpstreamShipment& s) { return s.tracking_number == number; });
  if (!is_known) shipments.push_back({std::move(carrier), number});
}

}  // namespace sampan::taobao
