// Amounts as Stripe counts them: a second table of units, which is not ISO 4217's.
//
// Unit    Stripe's minor unit: EUR 19.90 is 1990, JPY 500 is 500, ISK 500 is 50000, MGA 5.00 is 5
// Errors  bad_input for an amount that Stripe cannot express; not_offered for a currency whose unit nobody has looked up;
//         bad_reply for an amount of theirs that is none
// Source  docs.stripe.com/currencies, "Zero-decimal currencies", "Three-decimal currencies", "Special cases". HUF and TWD
//         are charged in two digits like others; only a payout of them must be whole.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/core/money.hpp"

namespace sampan {

struct StripeUnit {
  std::string_view code;
  int digits;
  int64_t step;  // an amount is a multiple of it
};

// What is not "two digits, every amount".
inline constexpr std::array stripe_units{
    // clang-format off
    StripeUnit{"BIF", 0, 1}, StripeUnit{"CLP", 0, 1}, StripeUnit{"DJF", 0, 1}, StripeUnit{"GNF", 0, 1},
    StripeUnit{"JPY", 0, 1}, StripeUnit{"KMF", 0, 1}, StripeUnit{"KRW", 0, 1}, StripeUnit{"MGA", 0, 1},
    StripeUnit{"PYG", 0, 1}, StripeUnit{"RWF", 0, 1}, StripeUnit{"VND", 0, 1}, StripeUnit{"VUV", 0, 1},
    StripeUnit{"XAF", 0, 1}, StripeUnit{"XOF", 0, 1}, StripeUnit{"XPF", 0, 1},
    // Whole by nature, sent with two digits that are 00.
    StripeUnit{"ISK", 2, 100}, StripeUnit{"UGX", 2, 100},
    // The last of three digits is 0.
    StripeUnit{"BHD", 3, 10}, StripeUnit{"JOD", 3, 10}, StripeUnit{"KWD", 3, 10}, StripeUnit{"OMR", 3, 10},
    StripeUnit{"TND", 3, 10},
    // clang-format on
};

Result<int64_t> stripe_amount(Money amount);

// "eur": as Stripe writes a currency.
std::string stripe_currency(Currency currency);

// `code` in either case.
Result<Money> money_of_stripe(int64_t amount, std::string_view code);

}  // namespace sampan
