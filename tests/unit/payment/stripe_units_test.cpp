#include "shared/payment/stripe/units.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace sampan {

TEST_CASE("an amount in Stripe's units is the same money there and back", "[stripe]") {
  struct Case {
    const char* why;
    const char* currency;
    int64_t minor;
    int64_t stripes;
  };
  const Case c = GENERATE(values<Case>({
      {"two digits are the rule", "EUR", 6'994, 6'994},
      {"none", "JPY", 49'644, 49'644},
      {"none", "KRW", 37'750, 37'750},
      {"none, where ISO has two", "MGA", 500, 5},
      {"three, the last of them 0", "KWD", 3'780, 3'780},
      {"whole by nature, sent with two digits", "ISK", 500, 50'000},
      {"whole by nature, sent with two digits", "UGX", 7, 700},
      {"only payouts of it are whole", "HUF", 39'510, 39'510},
      {"a correction", "ISK", -500, -50'000},
  }));
  CAPTURE(c.why, c.currency);
  const Money money{c.minor, currency(c.currency)};
  CHECK(stripe_amount(money).value_or(-1) == c.stripes);
  CHECK(money_of_stripe(c.stripes, stripe_currency(money.currency)).value_or(Money{}) == money);
}

TEST_CASE("an amount that Stripe cannot express is not sent", "[stripe]") {
  struct Case {
    const char* why;
    const char* currency;
    int64_t minor;
    const char* code;
  };
  const Case c = GENERATE(values<Case>({
      {"the last digit is not 0", "KWD", 3'779, "bad_input"},
      {"a fraction of an ariary", "MGA", 501, "bad_input"},
      {"three digits that nobody looked up", "IQD", 1'000, "not_offered"},
      {"four digits", "CLF", 10'000, "not_offered"},
      {"too large with two digits more", "ISK", INT64_MAX / 10, "overflow"},
  }));
  CAPTURE(c.why);
  const auto amount = stripe_amount({c.minor, currency(c.currency)});
  REQUIRE_FALSE(amount);
  CHECK(word(amount.error().code) == c.code);
  CHECK_FALSE(stripe_amount({100, Currency{}}).has_value());
}

TEST_CASE("an amount of theirs that is none is a bad reply", "[stripe]") {
  struct Case {
    int64_t amount;
    const char* code;
  };
  const Case c = GENERATE(values<Case>({{50'050, "isk"}, {1, "zzz"}, {1, ""}, {1, "clf"}, {INT64_MAX, "mga"}}));
  CAPTURE(c.amount, c.code);
  const auto money = money_of_stripe(c.amount, c.code);
  REQUIRE_FALSE(money);
  CHECK(word(money.error().code) == "bad_reply");
}

}  // namespace sampan
