#include "shared/core/money.hpp"

#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <limits>
#include <random>

namespace sampan {
namespace {

constexpr int64_t most = std::numeric_limits<int64_t>::max();
constexpr int64_t least = std::numeric_limits<int64_t>::min();

Money eur(int64_t cents) { return {cents, currency("EUR")}; }

Rate rate_of(std::string_view from, std::string_view to, int64_t ten_billionths) {
  Rate rate;
  rate.from = currency(from);
  rate.to = currency(to);
  rate.ten_billionths = ten_billionths;
  return rate;
}

std::vector<int64_t> shares(int64_t amount, const std::vector<int64_t>& weights) {
  const auto shared = share(eur(amount), weights);
  REQUIRE(shared.has_value());
  std::vector<int64_t> minors;
  for (const Money& each : *shared) minors.push_back(each.minor);
  return minors;
}

}  // namespace

TEST_CASE("amounts of one currency add up, of two they do not", "[money]") {
  CHECK(add(eur(1990), eur(10)) == eur(2000));
  CHECK(subtract(eur(1990), eur(2000)) == eur(-10));
  CHECK(times(eur(1999), 3) == eur(5997));
  CHECK(negate(eur(5)) == eur(-5));
  CHECK(add(eur(1), Money{1, cny()}).error().code == ErrorCode::currency_mismatch);
  CHECK(subtract(eur(1), Money{1, cny()}).error().code == ErrorCode::currency_mismatch);
  CHECK(sum(currency("EUR"), {eur(1), Money{1, cny()}}).error().code == ErrorCode::currency_mismatch);
  CHECK(add(eur(1), Money{}).error().code == ErrorCode::currency_mismatch);
}

TEST_CASE("a sum of nothing is nothing in its currency", "[money]") {
  CHECK(sum(currency("EUR"), {}) == eur(0));
  CHECK(sum(currency("EUR"), {eur(1), eur(2), eur(-3)}) == eur(0));
}

TEST_CASE("an amount out of range is an overflow, never another amount", "[money]") {
  CHECK(add(eur(most), eur(1)).error().code == ErrorCode::overflow);
  CHECK(add(eur(most), eur(0)) == eur(most));
  CHECK(subtract(eur(least), eur(1)).error().code == ErrorCode::overflow);
  CHECK(negate(eur(least)).error().code == ErrorCode::overflow);
  CHECK(times(eur(most / 2 + 1), 2).error().code == ErrorCode::overflow);
  CHECK(convert(eur(most), rate_of("EUR", "KWD", most), Rounding::half_even).error().code == ErrorCode::overflow);
  CHECK(convert(eur(most), rate_of("EUR", "USD", 2 * rate_unit), Rounding::half_even).error().code ==
        ErrorCode::overflow);
}

TEST_CASE("an amount is converted once, rounded half to even in the digits of its new currency", "[money]") {
  struct Case {
    const char* why;
    const char* from;
    int64_t minor;
    const char* to;
    int64_t ten_billionths;
    int64_t expected;
  };
  const Case c = GENERATE(values<Case>({
      {"CNY 199.00 at the mid", "CNY", 19900, "USD", 1'376'884'293, 2740},
      {"with a spread of 2 %", "CNY", 19900, "USD", 1'404'421'979, 2795},
      {"with a spread of 3.5 %", "CNY", 19900, "USD", 1'425'075'243, 2836},
      {"to a currency without digits", "CNY", 19900, "JPY", 221'150'383'290, 4401},
      {"to won", "CNY", 19900, "KRW", 1'896'974'841'797, 37750},
      {"to a currency of three digits", "USD", 1005, "BHD", 3'760'000'000, 3779},
      {"from a currency without digits", "JPY", 4401, "CNY", 452'181'000, 19900},
      {"12.5 goes to 12", "CNY", 125, "EUR", 1'000'000'000, 12},
      {"37.5 goes to 38", "CNY", 375, "EUR", 1'000'000'000, 38},
      {"2.5 goes to 2", "CNY", 25, "EUR", 1'000'000'000, 2},
      {"1.5 goes to 2", "CNY", 15, "EUR", 1'000'000'000, 2},
      {"a refund rounds as its charge did", "CNY", -25, "EUR", 1'000'000'000, -2},
      {"-37.5 mirrors 37.5", "CNY", -375, "EUR", 1'000'000'000, -38},
      {"nothing is nothing", "CNY", 0, "EUR", 1'286'206'719, 0},
  }));
  CAPTURE(c.why);
  const auto converted =
      convert({c.minor, currency(c.from)}, rate_of(c.from, c.to, c.ten_billionths), Rounding::half_even);
  REQUIRE(converted.has_value());
  CHECK(*converted == Money{c.expected, currency(c.to)});
}

TEST_CASE("a rate converts only its own currency", "[money]") {
  CHECK(convert(eur(1), rate_of("CNY", "EUR", rate_unit), Rounding::half_even).error().code ==
        ErrorCode::currency_mismatch);
}

TEST_CASE("what is shared out is shared by largest remainder, ties to the lower index", "[money]") {
  struct Case {
    int64_t amount;
    std::vector<int64_t> weights;
    std::vector<int64_t> expected;
  };
  const Case c = GENERATE(values<Case>({
      {1000, {1, 1, 1}, {334, 333, 333}},
      {100, {50, 30, 20, 1}, {49, 30, 20, 1}},
      {101, {5, 5}, {51, 50}},
      {7, {0, 3, 4}, {0, 3, 4}},
      {-100, {1, 1, 1}, {-34, -33, -33}},
      {599, {1299, 2599, 899}, {162, 325, 112}},
      {5, {0, 0}, {3, 2}},
      {0, {1, 2}, {0, 0}},
      {most, {1}, {most}},
      {most, {most, most}, {most / 2 + 1, most / 2}},
  }));
  CHECK(shares(c.amount, c.weights) == c.expected);
}

TEST_CASE("shares always sum to the amount, and no weight of zero gets a cent", "[money][property]") {
  std::mt19937 engine(Catch::getSeed());
  CAPTURE(Catch::getSeed());
  std::uniform_int_distribution<int64_t> amounts(-1'000'000, 1'000'000);
  std::uniform_int_distribution<int64_t> weights(0, 5'000);
  std::uniform_int_distribution<size_t> counts(1, 12);
  for (int i = 0; i < 500; ++i) {
    std::vector<int64_t> row(counts(engine));
    for (int64_t& weight : row) weight = weights(engine) % 7 == 0 ? 0 : weights(engine);
    row[0] += 1;
    const int64_t amount = amounts(engine);
    const std::vector<int64_t> parts = shares(amount, row);
    int64_t added = 0;
    for (size_t at = 0; at < parts.size(); ++at) {
      added += parts[at];
      if (row[at] == 0) CHECK(parts[at] == 0);
    }
    CHECK(added == amount);
  }
}

TEST_CASE("a share needs weights that are not negative", "[money]") {
  CHECK(share(eur(1), {}).error().code == ErrorCode::bad_input);
  CHECK(share(eur(1), {1, -1}).error().code == ErrorCode::bad_input);
  CHECK(share(eur(least), {1}).error().code == ErrorCode::overflow);
}

TEST_CASE("an amount is read and shown in its currency's digits", "[money]") {
  struct Case {
    const char* amount;
    const char* code;
    int64_t minor;
    const char* shown;
  };
  const Case c = GENERATE(values<Case>({
      {"19.90", "CNY", 1990, "CNY 19.90"},
      {"19.9", "EUR", 1990, "EUR 19.90"},
      {"500", "JPY", 500, "JPY 500"},
      {"1.234", "KWD", 1234, "KWD 1.234"},
      {"-0.05", "USD", -5, "USD -0.05"},
  }));
  const auto parsed = parse_money(c.amount, currency(c.code));
  REQUIRE(parsed.has_value());
  CHECK(parsed->minor == c.minor);
  CHECK(text(*parsed) == c.shown);
}

TEST_CASE("an amount finer than its currency is refused", "[money]") {
  CHECK(parse_money("0.5", currency("JPY")).error().code == ErrorCode::bad_input);
  CHECK(parse_money("0.005", currency("EUR")).error().code == ErrorCode::bad_input);
  CHECK(parse_money("five", currency("EUR")).error().code == ErrorCode::bad_input);
}

}  // namespace sampan
