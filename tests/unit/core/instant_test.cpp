#include "shared/core/instant.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace sampan {

TEST_CASE("a time with its zone is an instant", "[instant]") {
  struct Case {
    const char* text;
    int64_t ms;
    const char* utc;
  };
  const Case c = GENERATE(values<Case>({
      {"1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00.000Z"},
      {"2026-11-24T08:00:00Z", 1'795'507'200'000, "2026-11-24T08:00:00.000Z"},
      {"2026-11-24T16:00:00+08:00", 1'795'507'200'000, "2026-11-24T08:00:00.000Z"},
      {"2026-11-24T00:30:00-07:30", 1'795'507'200'000, "2026-11-24T08:00:00.000Z"},
      {"2026-11-24T08:00:00.5Z", 1'795'507'200'500, "2026-11-24T08:00:00.500Z"},
      {"2026-11-24T08:00:00.123456Z", 1'795'507'200'123, "2026-11-24T08:00:00.123Z"},
      {"1969-12-31T23:59:59.999Z", -1, "1969-12-31T23:59:59.999Z"},
      {"2024-02-29T12:00:00Z", 1'709'208'000'000, "2024-02-29T12:00:00.000Z"},
      {"0001-01-01T00:00:00Z", -62'135'596'800'000, "0001-01-01T00:00:00.000Z"},
  }));
  CAPTURE(c.text);
  const auto instant = parse_instant(c.text);
  REQUIRE(instant.has_value());
  CHECK(instant->ms == c.ms);
  CHECK(text(*instant) == c.utc);
}

TEST_CASE("what is no time, or has no zone, is refused", "[instant]") {
  const char* const text =
      GENERATE("", "2026-11-24", "2026-11-24T08:00:00", "2026-11-24 08:00:00Z", "2026-11-24T08:00Z",
               "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-24T24:00:00Z", "2026-11-24T08:60:00Z",
               "2026-11-24T08:00:60Z", "2026-11-24T08:00:00+8", "2026-11-24T08:00:00+0800", "2026-11-24T08:00:00+24:00",
               "2026-11-24T08:00:00Zx", "2026-11-24T08:00:00.Z", "2026-11-24T8:00:00Z", "26-11-24T08:00:00Z",
               "-026-11-24T08:00:00Z", "0000-01-01T00:00:00Z", "1795507200000");
  CAPTURE(text);
  const auto instant = parse_instant(text);
  REQUIRE(!instant.has_value());
  CHECK(instant.error().code == ErrorCode::bad_input);
}

TEST_CASE("a day is one that the calendar has", "[instant]") {
  CHECK(parse_day("2026-11-24") == Day{2026, 11, 24});
  CHECK(parse_day("2024-02-29") == Day{2024, 2, 29});
  CHECK(parse_day("2000-02-29") == Day{2000, 2, 29});
  const char* const text = GENERATE("", "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-11-00",
                                    "2026-11-24 ", "2026/11/24", "2026-11-24T00:00:00Z", "2026-1-4", "20261124");
  CAPTURE(text);
  CHECK(parse_day(text).error().code == ErrorCode::bad_input);
}

TEST_CASE("a day compares in the calendar's order", "[instant]") {
  CHECK(Day{2025, 12, 31} < Day{2026, 1, 1});
  CHECK(Day{2026, 1, 31} < Day{2026, 2, 1});
  CHECK(Day{2026, 1, 1} < Day{2026, 1, 2});
  CHECK(!(Day{2026, 1, 1} < Day{2026, 1, 1}));
  CHECK(!(Day{2026, 2, 1} < Day{2026, 1, 31}));
}

TEST_CASE("an instant falls on the day of its zone", "[instant]") {
  const Instant evening = *parse_instant("2026-11-24T17:00:00Z");
  CHECK(day_at(evening) == Day{2026, 11, 24});
  CHECK(day_at(evening, china_offset) == Day{2026, 11, 25});
  CHECK(day_at(Instant{-1}) == Day{1969, 12, 31});
  CHECK(text(start_of(Day{2026, 11, 24})) == "2026-11-24T00:00:00.000Z");
  CHECK(day_at(start_of(Day{2026, 3, 1})) == Day{2026, 3, 1});
  CHECK(text(Day{987, 6, 5}) == "0987-06-05");
}

TEST_CASE("times and spans add up", "[instant]") {
  const Instant start{1'000};
  CHECK(start + seconds(2) == Instant{3'000});
  CHECK(start - minutes(1) == Instant{-59'000});
  CHECK(Instant{5'000} - start == seconds(4));
  CHECK(days(1) == hours(24));
  CHECK(hours(1) == minutes(60));
  CHECK(start < Instant{1'001});
  CHECK(start <= start);
  CHECK(milliseconds(999) < seconds(1));
}

}  // namespace sampan
