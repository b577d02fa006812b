#include "shared/core/rate.hpp"

#include "shared/core/decimal.hpp"

namespace sampan {

Result<Rate> cross(Currency from, int64_t from_per_base, Currency to, int64_t to_per_base) {
  if (from_per_base <= 0 || to_per_base <= 0) return fail(ErrorCode::bad_input, "A rate must be above zero.");
  TRY(const int64_t mid, divide(static_cast<__int128>(to_per_base) * rate_unit, from_per_base, Rounding::half_even));
  if (mid == 0) return fail(ErrorCode::bad_input, "This rate is too small to be kept.");
  Rate rate;
  rate.from = from;
  rate.to = to;
  rate.ten_billionths = mid;
  return rate;
}

Result<Rate> with_spread(const Rate& mid, int64_t spread_basis_points) {
  if (spread_basis_points < 0) return fail(ErrorCode::bad_input, "A spread cannot be negative.");
  Rate rate = mid;
  TRY(rate.ten_billionths,
      divide(static_cast<__int128>(mid.ten_billionths) * (10'000 + spread_basis_points), 10'000, Rounding::half_even));
  return rate;
}

}  // namespace sampan
