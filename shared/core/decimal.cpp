#include "shared/core/decimal.hpp"

#include <cassert>
#include <limits>

namespace sampan {
namespace {

constexpr int most_digits = 30;

struct Parsed {
  __int128 digits = 0;  // all digits as one integer, its sign included
  int places = 0;       // how many of them stood behind the point
};

Result<Parsed> parse(std::string_view text) {
  const auto bad = [&] {
    return fail(ErrorCode::bad_input, "This is not a decimal number.", std::string(text.substr(0, 40)));
  };
  Parsed parsed;
  const bool negative = !text.empty() && text[0] == '-';
  std::string_view rest = text.substr(negative ? 1 : 0);
  bool point = false;
  int seen = 0;
  for (const char c : rest) {
    if (c == '.' && !point && seen > 0) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || ++seen > most_digits) return bad();
    parsed.digits = parsed.digits * 10 + (c - '0');
    parsed.places += point ? 1 : 0;
  }
  if (seen == 0 || rest.back() == '.') return bad();
  if (negative) parsed.digits = -parsed.digits;
  return parsed;
}

// The quotient's last digit moves away from zero when the remainder asks for it.
bool moves_away(__int128 quotient, __int128 twice_rest, __int128 denominator, Rounding rounding) {
  if (twice_rest == 0) return false;
  switch (rounding) {
    case Rounding::down: return false;
    case Rounding::up: return true;
    case Rounding::half_up: return twice_rest >= denominator;
    case Rounding::half_even: return twice_rest > denominator || (twice_rest == denominator && quotient % 2 != 0);
  }
  return false;
}

}  // namespace

int64_t power_of_ten(int exponent) {
  assert(exponent >= 0 && exponent <= 18);
  int64_t power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

Result<int64_t> divide(__int128 numerator, __int128 denominator, Rounding rounding) {
  assert(denominator > 0);
  const bool negative = numerator < 0;
  const __int128 size = negative ? -numerator : numerator;
  __int128 quotient = size / denominator;
  if (moves_away(quotient, size % denominator * 2, denominator, rounding)) ++quotient;
  const __int128 most = static_cast<__int128>(std::numeric_limits<int64_t>::max()) + (negative ? 1 : 0);
  if (quotient > most) return fail(ErrorCode::overflow, "This amount is too large to be handled.");
  return static_cast<int64_t>(negative ? -quotient : quotient);
}

Result<int64_t> scaled(std::string_view text, int digits, Rounding rounding) {
  TRY(const Parsed parsed, parse(text));
  if (parsed.places > digits) {
    __int128 denominator = 1;
    for (int i = digits; i < parsed.places; ++i) denominator *= 10;
    return divide(parsed.digits, denominator, rounding);
  }
  __int128 value = parsed.digits;
  for (int i = parsed.places; i < digits; ++i) {
    value *= 10;
    if (value > std::numeric_limits<int64_t>::max() || value < std::numeric_limits<int64_t>::min())
      return fail(ErrorCode::overflow, "This amount is too large to be handled.", std::string(text));
  }
  return divide(value, 1, rounding);
}

Result<int64_t> scaled(std::string_view text, int digits) {
  TRY(const int64_t towards_zero, scaled(text, digits, Rounding::down));
  TRY(const int64_t away, scaled(text, digits, Rounding::up));
  if (towards_zero != away)
    return fail(ErrorCode::bad_input, "This number has too many digits behind the point.", std::string(text));
  return towards_zero;
}

std::string decimal_text(int64_t scaled_value, int digits) {
  const bool negative = scaled_value < 0;
  // Two's complement: 0 - x is the size of a negative x, of the least one too.
  const uint64_t size = negative ? 0 - static_cast<uint64_t>(scaled_value) : static_cast<uint64_t>(scaled_value);
  std::string text = std::to_string(size);
  if (digits > 0) {
    if (text.size() <= static_cast<size_t>(digits)) text.insert(0, static_cast<size_t>(digits) + 1 - text.size(), '0');
    text.insert(text.size() - static_cast<size_t>(digits), 1, '.');
  }
  return negative ? "-" + text : text;
}

}  // namespace sampan
