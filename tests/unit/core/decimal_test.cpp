#include "shared/core/decimal.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <limits>

namespace sampan {
namespace {

constexpr int64_t most = std::numeric_limits<int64_t>::max();
constexpr int64_t least = std::numeric_limits<int64_t>::min();

}  // namespace

TEST_CASE("decimal text becomes an integer of its last digit's unit, exactly", "[decimal]") {
  struct Case {
    const char* text;
    int digits;
    int64_t value;
  };
  const Case c = GENERATE(values<Case>({
      {"0", 0, 0},
      {"19.9", 2, 1990},
      {"19.90", 2, 1990},
      {"19.9000", 2, 1990},
      {"0.065", 4, 650},
      {"-12.34", 2, -1234},
      {"-0", 2, 0},
      {"007", 0, 7},
      {"500", 0, 500},
      {"9223372036854775807", 0, most},
      {"-9223372036854775808", 0, least},
      {"-922337203685477.5808", 4, least},
      {"92233720368547758.07", 2, most},
      {"0.1376884293", 10, 1376884293},
  }));
  CAPTURE(c.text);
  const auto value = scaled(c.text, c.digits);
  REQUIRE(value.has_value());
  CHECK(*value == c.value);
}

TEST_CASE("what is no plain decimal is refused", "[decimal]") {
  const char* const text = GENERATE("", "-", ".", ".5", "5.", "+5", "1,5", "1e3", "0x10", " 1", "1 ", "1.2.3", "--1",
                                    "1-", "NaN", "inf", "１", "1_000", "1'000", "0000000000000000000000000000000");
  CAPTURE(text);
  const auto value = scaled(text, 2);
  REQUIRE(!value.has_value());
  CHECK(value.error().code == ErrorCode::bad_input);
  CHECK(scaled(text, 2, Rounding::half_even).error().code == ErrorCode::bad_input);
}

TEST_CASE("surplus digits are refused, unless the caller says how to round them", "[decimal]") {
  CHECK(scaled("0.005", 2).error().code == ErrorCode::bad_input);
  CHECK(scaled("0.0651", 3).error().code == ErrorCode::bad_input);
  CHECK(scaled("0.005", 2, Rounding::half_even) == 0);
  CHECK(scaled("0.005", 2, Rounding::half_up) == 1);
  CHECK(scaled("0.0050000000000000000001", 2, Rounding::half_even) == 1);
}

TEST_CASE("a number that does not fit is an overflow", "[decimal]") {
  const char* const text = GENERATE("9223372036854775808", "-9223372036854775809", "999999999999999999999999999999");
  CAPTURE(text);
  CHECK(scaled(text, 0).error().code == ErrorCode::overflow);
  CHECK(scaled("92233720368547758.08", 2).error().code == ErrorCode::overflow);
  CHECK(scaled("999999999999999999999999999999", 18).error().code == ErrorCode::overflow);
}

TEST_CASE("a fraction is rounded as the caller names it, and a negative one mirrors it", "[decimal]") {
  struct Case {
    int64_t numerator;
    int64_t denominator;
    int64_t half_even;
    int64_t half_up;
    int64_t down;
    int64_t up;
  };
  const Case c = GENERATE(values<Case>({
      {25, 2, 12, 13, 12, 13},
      {75, 2, 38, 38, 37, 38},
      {5, 2, 2, 3, 2, 3},
      {3, 2, 2, 2, 1, 2},
      {1, 2, 0, 1, 0, 1},
      {1, 3, 0, 0, 0, 1},
      {2, 3, 1, 1, 0, 1},
      {6, 3, 2, 2, 2, 2},
      {0, 7, 0, 0, 0, 0},
      {1'000'001, 1'000'000, 1, 1, 1, 2},
  }));
  CAPTURE(c.numerator, c.denominator);
  for (const int64_t sign : {int64_t{1}, int64_t{-1}}) {
    CHECK(divide(sign * c.numerator, c.denominator, Rounding::half_even) == sign * c.half_even);
    CHECK(divide(sign * c.numerator, c.denominator, Rounding::half_up) == sign * c.half_up);
    CHECK(divide(sign * c.numerator, c.denominator, Rounding::down) == sign * c.down);
    CHECK(divide(sign * c.numerator, c.denominator, Rounding::up) == sign * c.up);
  }
}

TEST_CASE("a quotient reaches the ends of the range and no further", "[decimal]") {
  const __int128 two = 2;
  CHECK(divide(two * most, 2, Rounding::half_even) == most);
  CHECK(divide(two * least, 2, Rounding::half_even) == least);
  CHECK(divide(two * most + 1, 2, Rounding::down) == most);
  CHECK(divide(two * most + 1, 2, Rounding::up).error().code == ErrorCode::overflow);
  CHECK(divide(two * least - 1, 2, Rounding::up).error().code == ErrorCode::overflow);
}

TEST_CASE("an integer is written back as the text that made it", "[decimal]") {
  struct Case {
    int64_t value;
    int digits;
    const char* text;
  };
  const Case c = GENERATE(values<Case>({
      {1990, 2, "19.90"},
      {0, 2, "0.00"},
      {5, 2, "0.05"},
      {-5, 2, "-0.05"},
      {500, 0, "500"},
      {-1, 0, "-1"},
      {most, 4, "922337203685477.5807"},
      {least, 2, "-92233720368547758.08"},
  }));
  CHECK(decimal_text(c.value, c.digits) == c.text);
}

TEST_CASE("powers of ten", "[decimal]") {
  CHECK(power_of_ten(0) == 1);
  CHECK(power_of_ten(3) == 1'000);
  CHECK(power_of_ten(18) == 1'000'000'000'000'000'000);
}

}  // namespace sampan
