#include "proxy/sandbox/rates_gateway.hpp"

#include <array>
#include <cstdint>
#include <string>

#include "shared/core/decimal.hpp"
#include "shared/rates/fetch_ecb.hpp"

namespace sampan {
namespace {

struct Level {
  std::string_view currency;
  std::string_view per_euro;
};
constexpr std::array levels{
    Level{"USD", "1.0705"},  Level{"JPY", "171.94"},  Level{"CZK", "25.025"},   Level{"DKK", "7.4575"},
    Level{"GBP", "0.84638"}, Level{"HUF", "395.10"},  Level{"PLN", "4.3090"},   Level{"RON", "4.9773"},
    Level{"SEK", "11.3595"}, Level{"CHF", "0.9634"},  Level{"ISK", "148.90"},   Level{"NOK", "11.3965"},
    Level{"TRY", "35.1868"}, Level{"AUD", "1.6079"},  Level{"BRL", "5.8915"},   Level{"CAD", "1.4670"},
    Level{"CNY", "7.7748"},  Level{"HKD", "8.3594"},  Level{"IDR", "17487.21"}, Level{"ILS", "4.0185"},
    Level{"INR", "89.2495"}, Level{"KRW", "1474.86"}, Level{"MXN", "19.5654"},  Level{"MYR", "5.0501"},
    Level{"NZD", "1.7601"},  Level{"PHP", "62.568"},  Level{"SGD", "1.4513"},   Level{"THB", "39.319"},
    Level{"ZAR", "19.4970"},
};

constexpr Duration published_after = hours(15);  // of its day in UTC; 16:00 in Frankfurt in winter

int64_t number_of(Day day) { return start_of(day).ms / days(1).ms; }
Day day_of(int64_t number) { return day_at(Instant{number * days(1).ms}); }

// Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Nature, 1876).
Day easter_of(int32_t year) {
  const int32_t a = year % 19;
  const int32_t b = year / 100;
  const int32_t c = year % 100;
  const int32_t h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int32_t m = (a + 11 * h + 22 * l) / 451;
  const int32_t n = h + l - 7 * m + 114;
  return {year, n / 31, n % 31 + 1};
}

// A wave of straight lines, `period` days long, from -height to height.
int64_t wave(int64_t at, int64_t period, int64_t height) {
  const int64_t place = (at % period + period) % period;
  const int64_t half = period / 2;
  const int64_t from_start = place < half ? place : period - place;
  return from_start * 2 * height / half - height;
}

// How far the rate of a currency is from its level on a day, in hundredths of a basis point: up to 1.25 %, at most 0.2 % a
// day, so that no day looks like a jump.
int64_t drift(int64_t day_number, size_t row) {
  const auto offset = static_cast<int64_t>(row * 37);
  return wave(day_number + offset, 58 + static_cast<int64_t>(row % 7) * 4, 10'000) +
         wave(day_number * 5 + offset, 46, 5'000) / 2;
}

std::string rate_text(const Level& level, int64_t day_number, size_t row) {
  const size_t point = level.per_euro.find('.');
  const auto digits = static_cast<int>(level.per_euro.size() - point - 1);
  const int64_t base = scaled(level.per_euro, digits).value_or(0);
  constexpr int64_t whole = 1'000'000;
  const int64_t moved =
      divide(static_cast<__int128>(base) * (whole + drift(day_number, row)), whole, Rounding::half_even).value_or(base);
  return decimal_text(moved, digits);
}

std::string document(Day day) {
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<gesmes:Envelope xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\" "
      "xmlns=\"http://www.ecb.int/vocabulary/2002-08-01/eurofxref\">\n"
      "\t<gesmes:subject>Reference rates</gesmes:subject>\n"
      "\t<gesmes:Sender>\n\t\t<gesmes:name>European Central Bank</gesmes:name>\n\t</gesmes:Sender>\n"
      "\t<Cube>\n\t\t<Cube time='" +
      text(day) + "'>\n";
  for (size_t row = 0; row < levels.size(); ++row)
    xml += "\t\t\t<Cube currency='" + std::string(levels.at(row).currency) + "' rate='" +
           rate_text(levels.at(row), number_of(day), row) + "'/>\n";
  return xml + "\t\t</Cube>\n\t</Cube>\n</gesmes:Envelope>\n";
}

}  // namespace

bool is_ecb_working_day(Day day) {
  const int64_t number = number_of(day);
  const int64_t weekday = ((number + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday; 0 is Monday
  if (weekday > 4) return false;
  const int64_t easter = number_of(easter_of(day.year));
  if (number == easter - 2 || number == easter + 1) return false;  // Good Friday, Easter Monday
  constexpr std::array<std::array<int32_t, 2>, 4> closed{{{1, 1}, {5, 1}, {12, 25}, {12, 26}}};
  for (const auto& [month, date] : closed)
    if (day.month == month && day.day == date) return false;
  return true;
}

Day ecb_day_at(Instant now) {
  int64_t number = number_of(day_at(now - published_after));
  while (!is_ecb_working_day(day_of(number))) --number;
  return day_of(number);
}

HttpReply answer_ecb(const HttpRequest& request, Instant now) {
  if (request.path != ecb_daily_path) return {404, {{"Content-Type", "text/plain"}}, "There is no such file.\n"};
  if (request.method != "GET" && request.method != "HEAD")
    return {405, {{"Content-Type", "text/plain"}, {"Allow", "GET, HEAD"}}, "This file can only be read.\n"};
  return {200, {{"Content-Type", "text/xml"}}, document(ecb_day_at(now))};
}

}  // namespace sampan
