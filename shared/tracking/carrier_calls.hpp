// The calls by which a carrier is asked over HTTP, as values: the sandbox's carrier answers them. Real carriers each have
// their own; theirs become adapters beside this one.
//
// Shape   POST /carrier/bookings {parcel_id, lane, weight_grams, country} · GET /carrier/bookings?parcel_id=… · GET
//         /carrier/track?number=…; a booking that is not there is 404
// Source  our own: no carrier's protocol is fixed by an outside document
#pragma once

#include "shared/tracking/carrier.hpp"

namespace sampan {

struct BookingRequest {
  ParcelId parcel_id;
  std::string lane;
  int64_t weight_grams = 0;
  std::string country;
};
FIELDS(BookingRequest, parcel_id, lane, weight_grams, country)

struct BookingReply {
  TrackingNumber tracking_number;
  Money price;
};
FIELDS(BookingReply, tracking_number, price)

struct TrackReply {
  std::vector<TrackingEvent> events;
};
FIELDS(TrackReply, events)

}  // namespace sampan
