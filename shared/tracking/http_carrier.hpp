// A carrier over HTTP, by the calls of carrier_calls.hpp.
//
// Errors  retry_later of what reads; outcome_unknown of a booking whose answer did not come
#pragma once

#include "shared/core/http.hpp"
#include "shared/tracking/carrier.hpp"

namespace sampan {

class HttpCarrier final : public Carrier {
 public:
  explicit HttpCarrier(HttpSend send) : send_(std::move(send)) {}

  Result<Booking> book(const ParcelBooking& booking) override;
  Result<std::optional<Booking>> find_booking(const ParcelId& parcel_id) override;
  Result<std::vector<TrackingEvent>> track(const TrackingNumber& number) override;

 private:
  HttpSend send_;
};

}  // namespace sampan
