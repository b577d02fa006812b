#include "shared/marketplace/jd/track.hpp"

#include <algorithm>

namespace sampan::jd {
namespace {

// Letters, digits and dashes; a sentence instead of a number is no waybill.
bool is_waybill(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  });
}

std::vector<UpstreamShipment> shipments_of(const std::vector<Reply>& rows) {
  std::vector<UpstreamShipment> shipments;
  for (const Reply& row : rows) {
    const TrackingNumber waybill{row["deliveryOrderId"].text()};
    const bool is_known = std::any_of(shipments.begin(), shipments.end(),
                                      [&](const UpstreamShipment& s) { return s.tracking_number == waybill; });
    if (is_waybill(waybill.value) && !is_known) shipments.push_back({row["carrier"].text(), waybill});
  }
  return shipments;
}

}  // namespace

VopCall track_call(const UpstreamOrderId& id) {
  return {"order/orderTrack", {{"jdOrderId", id.value}, {"waybillCode", "1"}}};
}

Result<OrderTrack> parse_track(const Json& reply) {
  TRY(const Reply result, vop_result(Reply(reply)));
  OrderTrack track;
  TRY(track.upstream_order_id.value, result["jdOrderId"].required_id());
  for (const Reply& row : result["orderTrack"].items()) {
    const auto at = parse_china_time(row["msgTime"].text());
    if (!at) return row["msgTime"].unreadable("a time");
    track.steps.push_back({*at, row["content"].text()});
  }
  track.shipments = shipments_of(result["waybillCode"].items());
  return track;
}

}  // namespace sampan::jd
