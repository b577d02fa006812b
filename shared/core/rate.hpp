// An exchange rate: how much of `to` one unit of `from` buys, as a fraction with its source and time.
//
// Unit    10^-10: 0.1376884293 is 1376884293
// Range   above zero
// Errors  bad_input, overflow
// Source  trade.md 3.3: a cross of two published rates, then the spread, each rounded half to even
#pragma once

#include <cstdint>
#include <string>

#include "shared/core/currency.hpp"
#include "shared/core/fields.hpp"
#include "shared/core/instant.hpp"

namespace sampan {

inline constexpr int64_t rate_unit = 10'000'000'000;

struct Rate {
  Currency from{};
  Currency to{};
  int64_t ten_billionths = 0;
  std::string source;  // "ecb"
  Instant as_of{};
  bool operator==(const Rate&) const = default;
};
FIELDS(Rate, from, to, ten_billionths, source, as_of)

// The rate from→to, when one unit of a third currency buys `from_per_base` and `to_per_base` (both scaled alike).
Result<Rate> cross(Currency from, int64_t from_per_base, Currency to, int64_t to_per_base);

// `mid` with a spread on top, in basis points (200 is 2 %), never negative.
Result<Rate> with_spread(const Rate& mid, int64_t spread_basis_points);

}  // namespace sampan
