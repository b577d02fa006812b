// The carrier that takes a parcel from the warehouse to the shopper, as the shop needs it.
//
// Errors  retry_later, rejected · outcome_unknown of book: find_booking before a repeat
// Source  trade.md 5.4 for the vocabulary
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/core/id.hpp"
#include "shared/core/json.hpp"
#include "shared/core/money.hpp"

namespace sampan {

struct ParcelBooking {
  ParcelId parcel_id;  // our own key
  std::string lane;    // the rate card's id
  int64_t weight_grams = 0;
  std::string country;
};

struct Booking {
  TrackingNumber tracking_number;
  Money price;  // what the carrier bills, CNY
};

enum class TrackingState { announced, picked_up, in_transit, customs, out_for_delivery, delivered, lost };
WORDS(TrackingState, announced, picked_up, in_transit, customs, out_for_delivery, delivered, lost)

struct TrackingEvent {
  Instant at{};
  TrackingState state{};
  std::string place;
  bool operator==(const TrackingEvent&) const = default;
};
FIELDS(TrackingEvent, at, state, place)

class Carrier {
 public:
  virtual ~Carrier() = default;
  virtual Result<Booking> book(const ParcelBooking& booking) = 0;
  virtual Result<std::optional<Booking>> find_booking(const ParcelId& parcel_id) = 0;
  // In the order of time.
  virtual Result<std::vector<TrackingEvent>> track(const TrackingNumber& number) = 0;
};

}  // namespace sampan
