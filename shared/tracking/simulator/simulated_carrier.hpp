// A carrier that exists only as values: bookings, and events that follow from the time since the booking.
//
// Unit    CNY; grams
// Errors  rejected of a weight that is none, of a number that is not known, of losing what has arrived
// Source  trade.md 5.4 for the events; numbers as UPU S10 has them. Careless on purpose: a repeat books once more
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/tracking/carrier.hpp"

namespace sampan {

struct CarrierTerms {
  Money price_per_kilogram;   // CNY; a parcel's price is rounded half to even
  int64_t transit_days = 10;  // from booking to delivery
  int64_t silent_days = 20;   // from losing a parcel to saying so
};
FIELDS(CarrierTerms, price_per_kilogram, transit_days, silent_days)

struct CarrierBooking {
  ParcelId parcel_id;  // the shop's key
  TrackingNumber tracking_number;
  std::string lane;
  std::string country;
  int64_t weight_grams = 0;
  Money price;
  Instant booked_at{};
  std::optional<Instant> lost_at;
};
FIELDS(CarrierBooking, parcel_id, tracking_number, lane, country, weight_grams, price, booked_at, lost_at)

struct CarrierDocument {
  CarrierTerms terms;
  std::vector<CarrierBooking> bookings;
};
FIELDS(CarrierDocument, terms, bookings)

// For comparing with our ledger.
struct CarrierBooks {
  std::vector<CarrierBooking> bookings;
  Money billed;
};

class SimulatedCarrier final : public Carrier {
 public:
  SimulatedCarrier(const CarrierTerms& terms, std::function<Instant()> now);

  static Result<SimulatedCarrier> load(std::string_view text, std::function<Instant()> now);
  std::string save() const;

  Result<Booking> book(const ParcelBooking& booking) override;
  // The first one, when a parcel was booked twice.
  Result<std::optional<Booking>> find_booking(const ParcelId& parcel_id) override;
  Result<std::vector<TrackingEvent>> track(const TrackingNumber& number) override;

  // From now on nothing is heard of it; after the silent days the carrier says that it is lost.
  Result<void> lose(const TrackingNumber& number);

  CarrierBooks books() const;

 private:
  Result<CarrierBooking*> find(const TrackingNumber& number);

  std::function<Instant()> now_;
  CarrierDocument document_;
};

// "SX000000014CN": the nth parcel's number, from 1, with its check digit.
TrackingNumber tracking_number(int64_t nth);

}  // namespace sampan
