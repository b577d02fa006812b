#include "shared/marketplace/alibaba1688/logistics.hpp"

#include <algorithm>

#include "shared/marketplace/alibaba1688/errors.hpp"

namespace sampan::alibaba1688 {
namespace {

// Letters, digits and dashes; a sentence instead of a number is no waybill.
std::string waybill_of(const Reply& row) {
  std::string written = row["logisticsBillNo"].text();
  const bool is_number = std::all_of(written.begin(), written.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  });
  return is_number ? written : std::string();
}

std::string carrier_of(const Reply& row) {
  for (const std::string_view name : {"logisticsCompanyName", "logisticsCompanyNo", "logisticsCompanyId"})
    if (std::string text = row[name].text(); !text.empty()) return text;
  return {};
}

}  // namespace

Call logistics_call(const UpstreamOrderId& id) {
  return {logistics_space,
          "alibaba.trade.getLogisticsInfos.buyerView",
          {{"orderId", id.value}, {"webSite", "1688"}, {"fields", "company.name"}}};
}

Result<std::vector<UpstreamShipment>> parse_logistics(const Json& reply) {
  TRY(const Reply rows, payload_array(Reply(reply)));
  return shipments_of(rows.items());
}

std::vector<UpstreamShipment> shipments_of(const std::vector<Reply>& rows) {
  std::vector<UpstreamShipment> shipments;
  for (const Reply& row : rows) {
    if (row["status"].text() == "CANCEL") continue;
    const TrackingNumber waybill{waybill_of(row)};
    const bool is_known = std::any_of(shipments.begin(), shipments.end(),
                                      [&](const UpstreamShipment& s) { return s.tracking_number == waybill; });
    if (!is_known) shipments.push_back({carrier_of(row), waybill});
  }
  return shipments;
}

}  // namespace sampan::alibaba1688
