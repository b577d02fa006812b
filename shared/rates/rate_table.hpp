// A table of exchange rates as one source published it, and what may be sold by it.
//
// Unit    units of a currency that one unit of `base` buys, in 10^-8
// Range   older than 26 hours warns, older than 5 days blocks; a jump of more than 5 % waits for a human
// Errors  rate_stale, not_offered (a currency that the table lacks), bad_input
// Source  trade rules of the shop; ECB publishes about 16:00 in Frankfurt on working days
#pragma once

#include <string>
#include <vector>

#include "shared/core/json.hpp"
#include "shared/core/rate.hpp"
#include "shared/rates/ecb.hpp"

namespace sampan {

inline constexpr int rate_table_digits = 8;

struct TableRate {
  Currency currency;
  int64_t per_base = 0;  // 10^-8
  bool operator==(const TableRate&) const = default;
};
FIELDS(TableRate, currency, per_base)

struct RateTable {
  std::string source;  // "ecb"
  Currency base;
  Day published_day;
  Instant published_at;  // the age counts from here
  Instant fetched_at;
  std::vector<TableRate> rates;  // without the base
  bool operator==(const RateTable&) const = default;
};
FIELDS(RateTable, source, base, published_day, published_at, fetched_at, rates)

// The newest day of the document.
Result<RateTable> rate_table_of_ecb(const std::vector<EcbDay>& days, Instant fetched_at);

// The mid rate from→to over the table's base, with the table's source and time.
Result<Rate> mid_rate(const RateTable& table, Currency from, Currency to);

struct RateAgeRule {
  Duration warns_after = hours(26);
  Duration blocks_after = days(5);
};

enum class RateAge { fresh, old, stale };
WORDS(RateAge, fresh, old, stale)

RateAge age_of(Instant published_at, Instant now, const RateAgeRule& rule = {});

// rate_stale when nothing may be sold by a rate of that time any more.
Result<void> check_age(Instant published_at, Instant now, const RateAgeRule& rule = {});

struct RateJump {
  Currency currency;
  int64_t before = 0;
  int64_t after = 0;
  int64_t basis_points = 0;  // of the move, towards zero; negative when it fell
  bool operator==(const RateJump&) const = default;
};
FIELDS(RateJump, currency, before, after, basis_points)

// What moved by more than 5 % since `previous`, a currency that vanished included (`after` 0): a person looks first.
std::vector<RateJump> jumps(const RateTable& previous, const RateTable& next, int64_t most_basis_points = 500);

}  // namespace sampan
