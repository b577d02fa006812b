#include "shared/tracking/simulator/simulated_carrier.hpp"

#include <algorithm>
#include <array>

namespace sampan {
namespace {

// Where a parcel is after so many per cent of its transit. Before customs it is in China, then in its country.
struct Stage {
  TrackingState state;
  int64_t percent;
  bool has_left_china;
};
constexpr std::array stages = {
    Stage{TrackingState::announced, 0, false},        Stage{TrackingState::picked_up, 8, false},
    Stage{TrackingState::in_transit, 20, false},      Stage{TrackingState::customs, 60, true},
    Stage{TrackingState::out_for_delivery, 95, true}, Stage{TrackingState::delivered, 100, true},
};

Instant time_of(const Stage& stage, const CarrierTerms& terms, const CarrierBooking& booking) {
  return booking.booked_at + milliseconds(days(terms.transit_days).ms * stage.percent / 100);
}

// Of eight digits: weights 8 6 4 2 3 5 9 7, eleven minus the rest; 10 is written 0 and 11 is written 5.
int64_t s10_check_digit(std::string_view digits) {
  constexpr std::array<int64_t, 8> weights = {8, 6, 4, 2, 3, 5, 9, 7};
  int64_t sum = 0;
  for (size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (digits[i] - '0');
  const int64_t check = 11 - sum % 11;
  if (check == 10) return 0;
  return check == 11 ? 5 : check;
}

Booking answer_of(const CarrierBooking& booking) { return {booking.tracking_number, booking.price}; }

}  // namespace

TrackingNumber tracking_number(int64_t nth) {
  const std::string digits = std::to_string(100'000'000 + nth % 100'000'000).substr(1);
  return {"SX" + digits + std::to_string(s10_check_digit(digits)) + "CN"};
}

SimulatedCarrier::SimulatedCarrier(const CarrierTerms& terms, std::function<Instant()> now) : now_(std::move(now)) {
  document_.terms = terms;
}

Result<SimulatedCarrier> SimulatedCarrier::load(std::string_view text, std::function<Instant()> now) {
  TRY(CarrierDocument document, from_json<CarrierDocument>(text));
  SimulatedCarrier carrier(document.terms, std::move(now));
  carrier.document_ = std::move(document);
  return carrier;
}

std::string SimulatedCarrier::save() const { return to_json(document_); }

Result<CarrierBooking*> SimulatedCarrier::find(const TrackingNumber& number) {
  const auto found = std::find_if(document_.bookings.begin(), document_.bookings.end(),
                                  [&](const CarrierBooking& booking) { return booking.tracking_number == number; });
  if (found == document_.bookings.end())
    return fail(ErrorCode::rejected, "The carrier does not know this number.", number.value);
  return &*found;
}

Result<Booking> SimulatedCarrier::book(const ParcelBooking& booking) {
  if (booking.weight_grams <= 0)
    return fail(ErrorCode::rejected, "A parcel weighs something.", booking.parcel_id.value);
  const Money rate = document_.terms.price_per_kilogram;
  TRY(const int64_t price_minor,
      divide(static_cast<__int128>(rate.minor) * booking.weight_grams, 1000, Rounding::half_even));
  CarrierBooking booked;
  booked.parcel_id = booking.parcel_id;
  booked.tracking_number = tracking_number(static_cast<int64_t>(document_.bookings.size()) + 1);
  booked.lane = booking.lane;
  booked.country = booking.country;
  booked.weight_grams = booking.weight_grams;
  booked.price = {price_minor, rate.currency};
  booked.booked_at = now_();
  document_.bookings.push_back(booked);
  return answer_of(booked);
}

Result<std::optional<Booking>> SimulatedCarrier::find_booking(const ParcelId& parcel_id) {
  for (const CarrierBooking& booking : document_.bookings)
    if (booking.parcel_id == parcel_id) return answer_of(booking);
  return std::optional<Booking>{};
}

Result<std::vector<TrackingEvent>> SimulatedCarrier::track(const TrackingNumber& number) {
  TRY(const CarrierBooking* booking, find(number));
  const CarrierTerms& terms = document_.terms;
  const Instant now = now_();
  std::vector<TrackingEvent> events;
  for (const Stage& stage : stages) {
    const Instant at = time_of(stage, terms, *booking);
    if (now < at || (booking->lost_at && *booking->lost_at < at)) break;
    events.push_back({at, stage.state, stage.has_left_china ? booking->country : "CN"});
  }
  if (!booking->lost_at) return events;
  const Instant declared = *booking->lost_at + days(terms.silent_days);
  if (declared <= now) events.push_back({declared, TrackingState::lost, events.empty() ? "CN" : events.back().place});
  return events;
}

Result<void> SimulatedCarrier::lose(const TrackingNumber& number) {
  TRY(CarrierBooking* const booking, find(number));
  const Instant now = now_();
  if (booking->lost_at) return done();
  if (time_of(stages.back(), document_.terms, *booking) <= now)
    return fail(ErrorCode::rejected, "The parcel has arrived.", number.value);
  booking->lost_at = now;
  return done();
}

CarrierBooks SimulatedCarrier::books() const {
  CarrierBooks books{document_.bookings, {0, document_.terms.price_per_kilogram.currency}};
  for (const CarrierBooking& booking : document_.bookings) books.billed.minor += booking.price.minor;
  return books;
}

}  // namespace sampan
