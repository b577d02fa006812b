// An amount in one currency, exact to the minor unit.
//
// Unit    minor units of an ISO 4217 currency: CNY 19.90 is 1990, JPY 500 is 500
// Range   all of int64_t; negative is a refund or a correction
// Errors  currency_mismatch, overflow
// Source  ISO 4217, list one (digits per currency)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/currency.hpp"
#include "shared/core/decimal.hpp"
#include "shared/core/error.hpp"
#include "shared/core/rate.hpp"

namespace sampan {

struct Money {
  int64_t minor = 0;
  Currency currency{};
  bool operator==(const Money&) const = default;
};

// Not operators: two currencies have no sum, and the caller must say what happens then.
Result<Money> add(Money a, Money b);
Result<Money> subtract(Money a, Money b);
Result<Money> negate(Money amount);
Result<Money> times(Money amount, int64_t count);
Result<Money> sum(Currency currency, const std::vector<Money>& amounts);

// `amount` at `rate`, rounded once; currency_mismatch unless rate.from is its currency.
Result<Money> convert(Money amount, const Rate& rate, Rounding rounding);

// Shared out by largest remainder over `weights` (≥ 0), ties to the lower index; the shares sum to `amount`.
// All weights zero: equal shares. No weights: bad_input.
Result<std::vector<Money>> share(Money amount, const std::vector<int64_t>& weights);

// "19.90" in CNY is 1990.
Result<Money> parse_money(std::string_view text, Currency currency);

// "CNY 19.90": for logs and documents; screens format by the shopper's locale.
std::string text(Money amount);

}  // namespace sampan
