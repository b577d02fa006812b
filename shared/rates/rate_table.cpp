#include "shared/rates/rate_table.hpp"

#include <algorithm>

#include "shared/core/decimal.hpp"

namespace sampan {
namespace {

static_assert(rate_table_digits == ecb_digits, "the ECB's figures are taken as they are");

// 16:00 in Frankfurt is 15:00 UTC in winter and 14:00 in summer; the later one never makes a rate look older than it is.
constexpr Duration ecb_publishes_after = hours(15);

Result<int64_t> per_base(const RateTable& table, Currency currency) {
  if (currency == table.base) return power_of_ten(rate_table_digits);
  for (const TableRate& rate : table.rates)
    if (rate.currency == currency) return rate.per_base;
  return fail(ErrorCode::not_offered, "There is no exchange rate for this currency.",
              table.source + " " + text(table.published_day) + " has no " + std::string(currency.code()));
}

}  // namespace

Result<RateTable> rate_table_of_ecb(const std::vector<EcbDay>& days, Instant fetched_at) {
  if (days.empty()) return fail(ErrorCode::bad_input, "There are no rates to make a table of.");
  const auto newest =
      std::max_element(days.begin(), days.end(), [](const EcbDay& a, const EcbDay& b) { return a.day < b.day; });
  RateTable table;
  table.source = "ecb";
  table.base = currency("EUR");
  table.published_day = newest->day;
  table.published_at = start_of(newest->day) + ecb_publishes_after;
  table.fetched_at = fetched_at;
  for (const EcbRate& rate : newest->rates) table.rates.push_back({rate.currency, rate.per_euro});
  return table;
}

Result<Rate> mid_rate(const RateTable& table, Currency from, Currency to) {
  TRY(const int64_t from_per_base, per_base(table, from));
  TRY(const int64_t to_per_base, per_base(table, to));
  TRY(Rate rate, cross(from, from_per_base, to, to_per_base));
  rate.source = table.source;
  rate.as_of = table.published_at;
  return rate;
}

RateAge age_of(Instant published_at, Instant now, const RateAgeRule& rule) {
  const Duration age = now - published_at;
  if (rule.blocks_after < age) return RateAge::stale;
  return rule.warns_after < age ? RateAge::old : RateAge::fresh;
}

Result<void> check_age(Instant published_at, Instant now, const RateAgeRule& rule) {
  if (age_of(published_at, now, rule) != RateAge::stale) return done();
  return fail(ErrorCode::rate_stale, "The exchange rate is too old to sell by; a new one is fetched.",
              "published " + text(published_at) + ", now " + text(now));
}

std::vector<RateJump> jumps(const RateTable& previous, const RateTable& next, int64_t most_basis_points) {
  std::vector<RateJump> found;
  for (const TableRate& before : previous.rates) {
    const auto same = [&](const TableRate& each) { return each.currency == before.currency; };
    const auto after = std::find_if(next.rates.begin(), next.rates.end(), same);
    const int64_t now = after == next.rates.end() ? 0 : after->per_base;
    const __int128 move = static_cast<__int128>(now) - before.per_base;
    const __int128 size = move < 0 ? -move : move;
    if (size * 10'000 <= static_cast<__int128>(before.per_base) * most_basis_points) continue;
    found.push_back({before.currency, before.per_base, now, static_cast<int64_t>(move * 10'000 / before.per_base)});
  }
  return found;
}

}  // namespace sampan
