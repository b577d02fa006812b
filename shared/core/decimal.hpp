// Decimal text as an integer and back, exactly; no binary floating point touches an amount.
//
// Unit    `scaled(text, 4)` of "0.065" is 650: units of 10^-4
// Errors  bad_input for what is no plain decimal or has more digits than `digits`; overflow
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/core/error.hpp"

namespace sampan {

// How a fraction becomes an integer; each call names it. Negative values mirror positive ones,
// but for `down` (towards zero) and `up` (away from zero), which do too.
enum class Rounding { half_even, half_up, down, up };

// numerator / denominator, rounded; denominator > 0; overflow when it does not fit.
Result<int64_t> divide(__int128 numerator, __int128 denominator, Rounding rounding);

// "19.9" with two digits is 1990. Surplus zeros are fine, surplus other digits are bad_input.
Result<int64_t> scaled(std::string_view text, int digits);

// The same, but surplus digits are rounded.
Result<int64_t> scaled(std::string_view text, int digits, Rounding rounding);

// 1990 with two digits is "19.90".
std::string decimal_text(int64_t scaled_value, int digits);

// 10^exponent, for exponents of 0 to 18.
int64_t power_of_ten(int exponent);

}  // namespace sampan
