// Where an order of JD is: the courier's steps and the waybills, from JD's warehouse to ours.
//
// Errors  bad_reply with the JSON pointer; what VOP says (errors.hpp)
// Trap    waybillCode is there only when it is asked for, and only once the goods left; a split order is asked for by its
//         children · operator may be a person's name and is left out
// Unsure  rows of waybillCode {carrier, deliveryOrderId, orderId}: deliveryOrderId is the waybill; JD's own courier may give
//         none
// Source  upstream.md 5.3
#pragma once

#include <string>
#include <vector>

#include "shared/marketplace/jd/call.hpp"
#include "shared/marketplace/jd/errors.hpp"
#include "shared/marketplace/marketplace.hpp"

namespace sampan::jd {

struct TrackStep {
  Instant at;
  std::string text;
};
FIELDS(TrackStep, at, text)

struct OrderTrack {
  UpstreamOrderId upstream_order_id;
  std::vector<TrackStep> steps;
  std::vector<UpstreamShipment> shipments;  // each waybill once
};
FIELDS(OrderTrack, upstream_order_id, steps, shipments)

VopCall track_call(const UpstreamOrderId& id);
Result<OrderTrack> parse_track(const Json& reply);

}  // namespace sampan::jd
