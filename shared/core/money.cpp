#include "shared/core/money.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace sampan {
namespace {

Result<Money> fitted(__int128 minor, Currency currency) {
  if (minor > std::numeric_limits<int64_t>::max() || minor < std::numeric_limits<int64_t>::min())
    return fail(ErrorCode::overflow, "This amount is too large to be handled.");
  return Money{static_cast<int64_t>(minor), currency};
}

tl::unexpected<Error> mismatch(Currency a, Currency b) {
  return fail(ErrorCode::currency_mismatch, "Two currencies cannot be added.",
              std::string(a.code()) + " and " + std::string(b.code()));
}

}  // namespace

Result<Money> add(Money a, Money b) {
  if (a.currency != b.currency) return mismatch(a.currency, b.currency);
  return fitted(static_cast<__int128>(a.minor) + b.minor, a.currency);
}

Result<Money> subtract(Money a, Money b) {
  if (a.currency != b.currency) return mismatch(a.currency, b.currency);
  return fitted(static_cast<__int128>(a.minor) - b.minor, a.currency);
}

Result<Money> negate(Money amount) { return fitted(-static_cast<__int128>(amount.minor), amount.currency); }

Result<Money> times(Money amount, int64_t count) {
  return fitted(static_cast<__int128>(amount.minor) * count, amount.currency);
}

Result<Money> sum(Currency currency, const std::vector<Money>& amounts) {
  Money total{0, currency};
  for (const Money& amount : amounts) {
    TRY(total, add(total, amount));
  }
  return total;
}

Result<Money> convert(Money amount, const Rate& rate, Rounding rounding) {
  if (amount.currency != rate.from) return mismatch(amount.currency, rate.from);
  const int shift = rate.to.digits() - rate.from.digits();
  const __int128 product = static_cast<__int128>(amount.minor) * rate.ten_billionths;
  // |product| < 2^126 and a shift is at most four digits; what would not fit is refused before it is multiplied.
  constexpr __int128 most = static_cast<__int128>(1) << 110;
  if (product > most || product < -most) return fail(ErrorCode::overflow, "This amount is too large to be converted.");
  const __int128 up = shift > 0 ? power_of_ten(shift) : 1;
  const __int128 down = shift < 0 ? power_of_ten(-shift) : 1;
  TRY(const int64_t minor, divide(product * up, down * rate_unit, rounding));
  return Money{minor, rate.to};
}

Result<std::vector<Money>> share(Money amount, const std::vector<int64_t>& weights) {
  if (weights.empty()) return fail(ErrorCode::bad_input, "There is nothing to share the amount over.");
  if (std::any_of(weights.begin(), weights.end(), [](int64_t w) { return w < 0; }))
    return fail(ErrorCode::bad_input, "A share cannot have a negative weight.");
  if (amount.minor == std::numeric_limits<int64_t>::min())
    return fail(ErrorCode::overflow, "This amount is too large.");

  __int128 total_weight = 0;
  for (const int64_t weight : weights) total_weight += weight;
  const bool equal = total_weight == 0;
  if (equal) total_weight = static_cast<__int128>(weights.size());

  const bool negative = amount.minor < 0;
  const __int128 size = negative ? -static_cast<__int128>(amount.minor) : amount.minor;
  std::vector<Money> shares;
  std::vector<__int128> rests;
  int64_t left = static_cast<int64_t>(size);
  for (const int64_t weight : weights) {
    const __int128 part = size * (equal ? 1 : weight);
    const auto floor = static_cast<int64_t>(part / total_weight);
    shares.push_back({floor, amount.currency});
    rests.push_back(part % total_weight);
    left -= floor;
  }

  std::vector<size_t> order(weights.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return rests[a] != rests[b] ? rests[a] > rests[b] : a < b; });
  for (int64_t i = 0; i < left; ++i) ++shares[order[static_cast<size_t>(i)]].minor;
  if (negative)
    for (Money& each : shares) each.minor = -each.minor;
  return shares;
}

Result<Money> parse_money(std::string_view text, Currency currency) {
  TRY(const int64_t minor, scaled(text, currency.digits()));
  return Money{minor, currency};
}

std::string text(Money amount) {
  return std::string(amount.currency.code()) + " " + decimal_text(amount.minor, amount.currency.digits());
}

}  // namespace sampan
