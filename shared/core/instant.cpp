#include "shared/core/instant.hpp"

#include <chrono>

namespace sampan {
namespace {

std::string padded(int64_t value, size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

// Reads `width` digits of `text` and moves past them; -1 when they are not there.
int64_t take_digits(std::string_view& text, size_t width) {
  if (text.size() < width) return -1;
  int64_t value = 0;
  for (size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text[0] != expected) return false;
  text.remove_prefix(1);
  return true;
}

// What stands behind the seconds: ".5" is 500; absent is 0; -1 is malformed.
int64_t take_milliseconds(std::string_view& text) {
  if (!take(text, '.')) return 0;
  int64_t ms = 0;
  int digits = 0;
  for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1), ++digits)
    if (digits < 3) ms = ms * 10 + (text[0] - '0');
  if (digits == 0) return -1;
  for (int i = digits; i < 3; ++i) ms *= 10;
  return ms;
}

// "Z", "+08:00", "-07:00" as milliseconds ahead of UTC.
Result<Duration> take_zone(std::string_view& text) {
  if (take(text, 'Z')) return Duration{};
  const bool ahead = take(text, '+');
  if (!ahead && !take(text, '-')) return fail(ErrorCode::bad_input, "A time needs a zone: Z or +08:00.");
  const int64_t hour = take_digits(text, 2);
  const bool colon = take(text, ':');
  const int64_t minute = take_digits(text, 2);
  if (!colon || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return fail(ErrorCode::bad_input, "A time needs a zone: Z or +08:00.");
  const Duration offset = minutes(hour * 60 + minute);
  return ahead ? offset : Duration{-offset.ms};
}

Result<Day> take_day(std::string_view& text) {
  const auto year = static_cast<int32_t>(take_digits(text, 4));
  const bool dash = take(text, '-');
  const auto month = static_cast<int32_t>(take_digits(text, 2));
  const bool second_dash = take(text, '-');
  const auto day = static_cast<int32_t>(take_digits(text, 2));
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!dash || !second_dash || year < 1 || month < 1 || day < 1 || !date.ok())
    return fail(ErrorCode::bad_input, "A day is written as 2026-11-24.");
  return Day{year, month, day};
}

}  // namespace

Day day_at(Instant instant, Duration offset) {
  const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(instant.ms + offset.ms)};
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
  return {static_cast<int>(date.year()), static_cast<int32_t>(static_cast<unsigned>(date.month())),
          static_cast<int32_t>(static_cast<unsigned>(date.day()))};
}

Instant start_of(Day day) {
  const std::chrono::sys_days date{std::chrono::year(day.year) / std::chrono::month(static_cast<unsigned>(day.month)) /
                                   std::chrono::day(static_cast<unsigned>(day.day))};
  return {std::chrono::duration_cast<std::chrono::milliseconds>(date.time_since_epoch()).count()};
}

std::string text(Day day) { return padded(day.year, 4) + "-" + padded(day.month, 2) + "-" + padded(day.day, 2); }

std::string text(Instant instant) {
  const Day day = day_at(instant);
  const int64_t ms = (instant - start_of(day)).ms;
  return text(day) + "T" + padded(ms / 3'600'000, 2) + ":" + padded(ms / 60'000 % 60, 2) + ":" +
         padded(ms / 1000 % 60, 2) + "." + padded(ms % 1000, 3) + "Z";
}

Result<Day> parse_day(std::string_view text) {
  const std::string_view whole = text;
  TRY(const Day day, take_day(text));
  if (!text.empty())
    return fail(ErrorCode::bad_input, "A day is written as 2026-11-24.", std::string(whole.substr(0, 40)));
  return day;
}

Result<Instant> parse_instant(std::string_view text) {
  const std::string shown(text.substr(0, 40));
  const auto bad = [&] { return fail(ErrorCode::bad_input, "A time is written as 2026-11-24T08:00:00Z.", shown); };
  TRY(const Day day, take_day(text));
  if (!take(text, 'T')) return bad();
  const int64_t hour = take_digits(text, 2);
  if (!take(text, ':')) return bad();
  const int64_t minute = take_digits(text, 2);
  if (!take(text, ':')) return bad();
  const int64_t second = take_digits(text, 2);
  const int64_t ms = take_milliseconds(text);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || ms < 0) return bad();
  TRY(const Duration zone, take_zone(text));
  if (!text.empty()) return bad();
  return start_of(day) + hours(hour) + minutes(minute) + seconds(second) + milliseconds(ms) - zone;
}

}  // namespace sampan
