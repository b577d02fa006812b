// An ISO 4217 currency.
//
// Unit    `digits` says how many digits its minor unit has: CNY 2, JPY 0, KWD 3
// Range   the codes of ISO 4217 list one that are money (no metals, no test codes)
// Source  SIX, ISO 4217 list one of 2024-06-25, and the changes after it: XCG, BGN ended 2026-01-01
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/core/error.hpp"

namespace sampan {

class Currency {
 public:
  constexpr Currency() = default;  // no currency: equal to nothing that is money

  std::string_view code() const { return {code_.data(), code_[0] == 0 ? 0U : 3U}; }
  int digits() const { return digits_; }
  bool operator==(const Currency&) const = default;

 private:
  friend Result<Currency> parse_currency(std::string_view);
  constexpr Currency(std::array<char, 3> code, int8_t digits) : code_(code), digits_(digits) {}
  std::array<char, 3> code_{};
  int8_t digits_ = 0;
};

// "EUR", in upper case; bad_input for what is not money.
Result<Currency> parse_currency(std::string_view code);

// The two that the shop is built around; `currency("EUR")` is for tables in code and asserts.
Currency cny();
Currency currency(std::string_view code);

}  // namespace sampan
