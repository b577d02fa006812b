#include "proxy/sandbox/carrier_gateway.hpp"

#include "shared/tracking/carrier_calls.hpp"

namespace sampan {
namespace {

HttpReply json(int32_t status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

HttpReply refused(const Error& error) {
  return json(error.code == ErrorCode::storage ? 500 : 422, R"({"message":)" + to_json(error.sentence) + "}");
}

std::string parameter(const HttpRequest& request, std::string_view name) {
  return std::string(field_of(parse_form(request.query), name));
}

HttpReply book(World& world, const HttpRequest& request) {
  const auto asked = from_json<BookingRequest>(request.body);
  if (!asked) return refused(asked.error());
  const auto booked = world.act([&](Scene& scene) {
    return scene.carrier.book({asked->parcel_id, asked->lane, asked->weight_grams, asked->country});
  });
  if (!booked) return refused(booked.error());
  if (!*booked) return refused(booked->error());
  return json(200, to_json(BookingReply{(*booked)->tracking_number, (*booked)->price}));
}

HttpReply find(World& world, const HttpRequest& request) {
  const auto found =
      world.look([&](Scene& scene) { return scene.carrier.find_booking({parameter(request, "parcel_id")}); });
  if (!found) return refused(found.error());
  if (!*found) return json(404, "{}");
  return json(200, to_json(BookingReply{(*found)->tracking_number, (*found)->price}));
}

HttpReply track(World& world, const HttpRequest& request) {
  const auto events = world.look([&](Scene& scene) { return scene.carrier.track({parameter(request, "number")}); });
  if (!events) return json(404, "{}");
  return json(200, to_json(TrackReply{*events}));
}

}  // namespace

HttpHandler carrier_gateway(World& world) {
  return [&world](const HttpRequest& request) {
    if (request.path == "/carrier/bookings" && request.method == "POST") return book(world, request);
    if (request.path == "/carrier/bookings" && request.method == "GET") return find(world, request);
    if (request.path == "/carrier/track" && request.method == "GET") return track(world, request);
    return json(404, "{}");
  };
}

}  // namespace sampan
