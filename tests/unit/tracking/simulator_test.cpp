#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/tracking/simulator/simulated_carrier.hpp"

namespace sampan {
namespace {

constexpr Instant opening{1'795'000'000'000};

CarrierTerms terms() { return {{7'005, cny()}, 10, 20}; }

struct World {
  Instant now = opening;
  SimulatedCarrier carrier{terms(), [this] { return now; }};

  TrackingNumber booked(const char* parcel = "par_1", int64_t grams = 1500) {
    const auto booking = carrier.book({{parcel}, "air-de", grams, "DE"});
    REQUIRE(booking);
    return booking->tracking_number;
  }
  std::vector<TrackingState> states(const TrackingNumber& number) {
    std::vector<TrackingState> states;
    const auto track = carrier.track(number);
    REQUIRE(track);
    for (const TrackingEvent& event : *track) states.push_back(event.state);
    return states;
  }
};

TEST_CASE("a parcel costs its weight at the carrier's rate, half to even", "[tracking]") {
  struct Case {
    const char* why;
    int64_t grams;
    int64_t fen;
  };
  const Case c = GENERATE(values<Case>({
      {"a kilogram", 1000, 7005},
      {"3502.5 goes down to the even neighbour", 500, 3502},
      {"10507.5 goes up to the even neighbour", 1500, 10508},
  }));
  CAPTURE(c.why);
  World world;
  CHECK(world.carrier.book({{"par_1"}, "air-de", c.grams, "DE"})->price == Money{c.fen, cny()});
}

TEST_CASE("a parcel without weight is not booked", "[tracking]") {
  World world;
  CHECK(world.carrier.book({{"par_1"}, "air-de", 0, "DE"}).error().code == ErrorCode::rejected);
  CHECK(world.carrier.books().bookings.empty());
}

// Source: the weights 8 6 4 2 3 5 9 7 of UPU S10, worked out by hand: 12345678 gives 5.
TEST_CASE("a number has the check digit of UPU S10", "[tracking]") {
  CHECK(tracking_number(12'345'678).value == "SX123456785CN");
  CHECK(tracking_number(1).value == "SX000000014CN");
}

TEST_CASE("a repeated booking is a second booking, and our key finds the first at once", "[tracking]") {
  World world;
  CHECK_FALSE(world.carrier.find_booking({"par_1"})->has_value());
  const TrackingNumber first = world.booked();
  const TrackingNumber second = world.booked();
  CHECK_FALSE(first == second);
  CHECK((*world.carrier.find_booking({"par_1"}))->tracking_number == first);
  CHECK(world.carrier.books().bookings.size() == 2);
  CHECK(world.carrier.books().billed == Money{2 * 10'508, cny()});
}

TEST_CASE("a parcel travels as time passes", "[tracking]") {
  using S = TrackingState;
  struct Case {
    const char* why;
    Duration since;
    std::vector<S> states;
  };
  const Case c = GENERATE(values<Case>({
      {"just booked", {}, {S::announced}},
      {"collected on the first day", hours(20), {S::announced, S::picked_up}},
      {"flies", days(2), {S::announced, S::picked_up, S::in_transit}},
      {"at the border", days(6), {S::announced, S::picked_up, S::in_transit, S::customs}},
      {"a moment before it is there",
       milliseconds(days(10).ms - 1),
       {S::announced, S::picked_up, S::in_transit, S::customs, S::out_for_delivery}},
      {"delivered",
       days(10),
       {S::announced, S::picked_up, S::in_transit, S::customs, S::out_for_delivery, S::delivered}},
      {"and nothing after",
       days(100),
       {S::announced, S::picked_up, S::in_transit, S::customs, S::out_for_delivery, S::delivered}},
  }));
  CAPTURE(c.why);
  World world;
  const TrackingNumber number = world.booked();
  world.now = opening + c.since;
  CHECK(world.states(number) == c.states);
}

TEST_CASE("an event keeps its time and place however late it is read", "[tracking]") {
  World world;
  const TrackingNumber number = world.booked();
  world.now = opening + days(50);
  const auto track = world.carrier.track(number);
  CHECK(track->front() == TrackingEvent{opening, TrackingState::announced, "CN"});
  CHECK(track->back() == TrackingEvent{opening + days(10), TrackingState::delivered, "DE"});
}

TEST_CASE("a lost parcel is silent, then declared lost", "[tracking]") {
  World world;
  const TrackingNumber number = world.booked();
  world.now = opening + days(3);
  REQUIRE(world.carrier.lose(number));
  const std::vector<TrackingState> heard = world.states(number);
  CHECK(heard.back() == TrackingState::in_transit);
  world.now = opening + days(22);
  CHECK(world.states(number) == heard);
  world.now = opening + days(40);
  CHECK(world.carrier.track(number)->back() == TrackingEvent{opening + days(23), TrackingState::lost, "CN"});
  CHECK(world.states(number).size() == heard.size() + 1);
}

TEST_CASE("losing a parcel twice moves nothing, and what has arrived is not lost", "[tracking]") {
  World world;
  const TrackingNumber number = world.booked();
  REQUIRE(world.carrier.lose(number));
  world.now = opening + days(5);
  CHECK(world.carrier.lose(number));
  world.now = opening + days(20);
  CHECK(world.carrier.track(number)->back().at == opening + days(20));

  const TrackingNumber other = world.booked("par_2");
  world.now = world.now + days(10);
  CHECK(world.carrier.lose(other).error().code == ErrorCode::rejected);
}

TEST_CASE("a number that was never given out is not tracked", "[tracking]") {
  World world;
  CHECK(world.carrier.track({"SX999999999CN"}).error().code == ErrorCode::rejected);
  CHECK(world.carrier.lose({"SX999999999CN"}).error().code == ErrorCode::rejected);
}

TEST_CASE("a stored carrier goes on where it stood", "[tracking]") {
  World world;
  const TrackingNumber lost = world.booked("par_1");
  REQUIRE(world.carrier.lose(lost));
  const TrackingNumber other = world.booked("par_2");
  world.now = opening + days(30);

  auto again = SimulatedCarrier::load(world.carrier.save(), [&] { return world.now; });
  REQUIRE(again);
  CHECK(again->save() == world.carrier.save());
  CHECK(*again->track(lost) == *world.carrier.track(lost));
  CHECK(*again->track(other) == *world.carrier.track(other));
  CHECK((*again->find_booking({"par_2"}))->tracking_number == other);
  CHECK(again->books().billed == world.carrier.books().billed);
  CHECK_FALSE(again->book({{"par_3"}, "air-de", 1000, "DE"})->tracking_number == other);
  CHECK(SimulatedCarrier::load("[]", [&] { return world.now; }).error().code == ErrorCode::bad_input);
}

}  // namespace
}  // namespace sampan
