#include "shared/payment/stripe/units.hpp"

#include <algorithm>
#include <limits>

namespace sampan {
namespace {

constexpr StripeUnit common{"", 2, 1};

Result<StripeUnit> unit_of(Currency currency) {
  for (const StripeUnit& unit : stripe_units)
    if (unit.code == currency.code()) return unit;
  if (currency.digits() == common.digits && !currency.code().empty()) return common;
  return fail(ErrorCode::not_offered, "Stripe's unit of this currency is not known.", std::string(currency.code()));
}

std::string with_case(std::string_view code, char from, char to) {
  std::string text(code);
  for (char& c : text)
    if (c >= from && c <= from + 25) c = static_cast<char>(c - from + to);
  return text;
}

// The same value in units of 10^-to instead of 10^-from; nothing when that is no whole number or too large.
Result<int64_t> rescaled(int64_t value, int from, int to) {
  const int64_t factor = power_of_ten(std::max(from, to) - std::min(from, to));
  if (from > to) {
    if (value % factor != 0) return fail(ErrorCode::bad_input, "The amount has more digits than it can have here.");
    return value / factor;
  }
  const __int128 wide = static_cast<__int128>(value) * factor;
  if (wide > std::numeric_limits<int64_t>::max() || wide < std::numeric_limits<int64_t>::min())
    return fail(ErrorCode::overflow, "The amount is out of range.");
  return static_cast<int64_t>(wide);
}

}  // namespace

Result<int64_t> stripe_amount(Money amount) {
  TRY(const StripeUnit unit, unit_of(amount.currency));
  auto scaled = rescaled(amount.minor, amount.currency.digits(), unit.digits);
  if (!scaled) return tl::unexpected(within(std::move(scaled).error(), "stripe, " + text(amount)));
  if (*scaled % unit.step != 0)
    return fail(ErrorCode::bad_input, "Stripe does not take amounts this fine in this currency.",
                text(amount) + " is no multiple of " + std::to_string(unit.step) + " of its units");
  return *scaled;
}

std::string stripe_currency(Currency currency) { return with_case(currency.code(), 'A', 'a'); }

Result<Money> money_of_stripe(int64_t amount, std::string_view code) {
  const std::string stripes = std::to_string(amount) + " " + std::string(code.substr(0, 8));
  const auto bad = [&] { return fail(ErrorCode::bad_reply, "The payment provider's amount cannot be read.", stripes); };
  const auto currency = parse_currency(with_case(code, 'a', 'A'));
  if (!currency) return bad();
  const auto unit = unit_of(*currency);
  if (!unit) return bad();
  const auto minor = rescaled(amount, unit->digits, currency->digits());
  if (!minor) return bad();
  return Money{*minor, *currency};
}

}  // namespace sampan
