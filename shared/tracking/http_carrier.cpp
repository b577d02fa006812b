#include "shared/tracking/http_carrier.hpp"

#include "shared/tracking/carrier_calls.hpp"

namespace sampan {
namespace {

// A reply that reads, or what its absence means for that call.
Result<HttpReply> answered(Result<HttpReply> reply, ErrorCode when_unknown) {
  if (!reply && reply.error().code != ErrorCode::outcome_unknown) return reply;
  if (!reply || reply->status >= 500) return fail(when_unknown, "The carrier does not answer.");
  if (reply->status == 404 || reply->status == 200) return reply;
  if (reply->status == 429) return fail(ErrorCode::quota, "The carrier is asked too often; it is tried again.");
  return fail(ErrorCode::rejected, "The carrier refuses.", "HTTP " + std::to_string(reply->status));
}

template <class T>
Result<T> parsed(const HttpReply& reply, ErrorCode when_broken) {
  auto value = from_json<T>(reply.body);
  if (!value) return fail(when_broken, "The carrier's answer cannot be read.", value.error().context);
  return *std::move(value);
}

}  // namespace

Result<Booking> HttpCarrier::book(const ParcelBooking& booking) {
  HttpRequest request{"POST", "/carrier/bookings", "", {{"Content-Type", "application/json"}}, {}};
  request.body = to_json(BookingRequest{booking.parcel_id, booking.lane, booking.weight_grams, booking.country});
  TRY(const HttpReply reply, answered(send_(request), ErrorCode::outcome_unknown));
  if (reply.status == 404) return fail(ErrorCode::rejected, "The carrier refuses.", "HTTP 404");
  TRY(const BookingReply made, parsed<BookingReply>(reply, ErrorCode::outcome_unknown));
  return Booking{made.tracking_number, made.price};
}

Result<std::optional<Booking>> HttpCarrier::find_booking(const ParcelId& parcel_id) {
  const HttpRequest request{"GET", "/carrier/bookings", form_text({{"parcel_id", parcel_id.value}}), {}, {}};
  TRY(const HttpReply reply, answered(send_(request), ErrorCode::retry_later));
  if (reply.status == 404) return std::optional<Booking>();
  TRY(const BookingReply made, parsed<BookingReply>(reply, ErrorCode::bad_reply));
  return std::optional<Booking>(Booking{made.tracking_number, made.price});
}

Result<std::vector<TrackingEvent>> HttpCarrier::track(const TrackingNumber& number) {
  const HttpRequest request{"GET", "/carrier/track", form_text({{"number", number.value}}), {}, {}};
  TRY(const HttpReply reply, answered(send_(request), ErrorCode::retry_later));
  if (reply.status == 404) return fail(ErrorCode::not_found, "The carrier does not know this number.", number.value);
  TRY(TrackReply track, parsed<TrackReply>(reply, ErrorCode::bad_reply));
  return std::move(track.events);
}

}  // namespace sampan
