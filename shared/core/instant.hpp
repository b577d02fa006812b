// A point in time, a length of time, and a civil day.
//
// Unit    Instant: milliseconds since 1970-01-01T00:00:00Z; Duration: milliseconds; Day: a Gregorian date
// Source  RFC 3339 for the text form; marketplaces without a zone mean China time (UTC+8, no daylight saving)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/core/error.hpp"

namespace sampan {

struct Duration {
  int64_t ms = 0;
  bool operator==(const Duration&) const = default;
  bool operator<(const Duration& other) const { return ms < other.ms; }
};

constexpr Duration milliseconds(int64_t n) { return {n}; }
constexpr Duration seconds(int64_t n) { return {n * 1000}; }
constexpr Duration minutes(int64_t n) { return seconds(n * 60); }
constexpr Duration hours(int64_t n) { return minutes(n * 60); }
constexpr Duration days(int64_t n) { return hours(n * 24); }

struct Instant {
  int64_t ms = 0;
  bool operator==(const Instant&) const = default;
  bool operator<(const Instant& other) const { return ms < other.ms; }
  bool operator<=(const Instant& other) const { return ms <= other.ms; }
};

constexpr Instant operator+(Instant at, Duration span) { return {at.ms + span.ms}; }
constexpr Instant operator-(Instant at, Duration span) { return {at.ms - span.ms}; }
constexpr Duration operator-(Instant later, Instant earlier) { return {later.ms - earlier.ms}; }

// "2026-11-24"; compares in order.
struct Day {
  int32_t year = 1970;
  int32_t month = 1;  // 1 to 12
  int32_t day = 1;    // 1 to 31
  bool operator==(const Day&) const = default;
  bool operator<(const Day& other) const {
    if (year != other.year) return year < other.year;
    return month != other.month ? month < other.month : day < other.day;
  }
};

// "2026-11-24T08:00:00.000Z"
std::string text(Instant instant);
std::string text(Day day);

// RFC 3339 with a zone ("Z" or "+08:00"); bad_input for anything else.
Result<Instant> parse_instant(std::string_view text);

// "2026-11-24"; bad_input for a day that no calendar has.
Result<Day> parse_day(std::string_view text);

// The day at that instant in a zone that is `offset` ahead of UTC.
Day day_at(Instant instant, Duration offset = {});
Instant start_of(Day day);

inline constexpr Duration china_offset = hours(8);

}  // namespace sampan
