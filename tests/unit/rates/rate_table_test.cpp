#include "shared/rates/rate_table.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace sampan {
namespace {

// The ECB's rates of 2024-06-28.
RateTable table_of_2024() {
  EcbDay newest{{2024, 6, 28}, {}};
  newest.rates = {{currency("USD"), 107'050'000}, {currency("JPY"), 17'194'000'000},
                  {currency("GBP"), 84'638'000},  {currency("AUD"), 160'790'000},
                  {currency("CNY"), 777'480'000}, {currency("KRW"), 147'486'000'000}};
  const EcbDay older{{2024, 6, 27}, {{currency("USD"), 106'960'000}}};
  const auto table = rate_table_of_ecb({older, newest}, *parse_instant("2024-06-28T15:10:00Z"));
  REQUIRE(table.has_value());
  return *table;
}

}  // namespace

TEST_CASE("the table is the newest day of the document, with source and times", "[rate_table]") {
  const RateTable table = table_of_2024();
  CHECK(table.source == "ecb");
  CHECK(text(table.published_day) == "2024-06-28");
  CHECK(text(table.published_at) == "2024-06-28T15:00:00.000Z");
  CHECK(text(table.fetched_at) == "2024-06-28T15:10:00.000Z");
  CHECK(table.rates.size() == 6);
  CHECK(rate_table_of_ecb({}, {}).error().code == ErrorCode::bad_input);
  const auto kept = from_json<RateTable>(to_json(table));
  REQUIRE(kept.has_value());
  CHECK(*kept == table);
}

TEST_CASE("a rate crosses over the euro", "[rate_table]") {
  struct Case {
    const char* from;
    const char* to;
    int64_t ten_billionths;
  };
  const Case c = GENERATE(values<Case>({
      {"CNY", "USD", 1'376'884'293},
      {"CNY", "JPY", 221'150'383'290},
      {"CNY", "KRW", 1'896'974'841'797},
      {"CNY", "EUR", 1'286'206'719},
      {"EUR", "USD", 10'705'000'000},
      {"CNY", "CNY", 10'000'000'000},
  }));
  CAPTURE(c.from, c.to);
  const auto rate = mid_rate(table_of_2024(), currency(c.from), currency(c.to));
  REQUIRE(rate.has_value());
  CHECK(rate->ten_billionths == c.ten_billionths);
  CHECK(rate->from == currency(c.from));
  CHECK(rate->to == currency(c.to));
  CHECK(rate->source == "ecb");
  CHECK(text(rate->as_of) == "2024-06-28T15:00:00.000Z");
}

TEST_CASE("a currency that the table lacks is not offered", "[rate_table]") {
  CHECK(mid_rate(table_of_2024(), cny(), currency("VND")).error().code == ErrorCode::not_offered);
  CHECK(mid_rate(table_of_2024(), currency("VND"), cny()).error().code == ErrorCode::not_offered);
}

TEST_CASE("a rate warns after 26 hours and blocks after 5 days", "[rate_table]") {
  struct Case {
    const char* why;
    Duration age;
    RateAge expected;
  };
  const Case c = GENERATE(values<Case>({
      {"just published", {}, RateAge::fresh},
      {"26 hours", hours(26), RateAge::fresh},
      {"over 26 hours", {hours(26).ms + 1}, RateAge::old},
      {"5 days", days(5), RateAge::old},
      {"over 5 days", {days(5).ms + 1}, RateAge::stale},
      {"from the future", {-1}, RateAge::fresh},
  }));
  CAPTURE(c.why);
  const Instant published = *parse_instant("2024-06-28T15:00:00Z");
  CHECK(age_of(published, published + c.age) == c.expected);
  const auto checked = check_age(published, published + c.age);
  CHECK(checked.has_value() == (c.expected != RateAge::stale));
  if (!checked) CHECK(checked.error().code == ErrorCode::rate_stale);
}

TEST_CASE("the operator's own ages are kept to", "[rate_table]") {
  const RateAgeRule rule{hours(1), hours(2)};
  const Instant published{0};
  CHECK(age_of(published, Instant{0} + minutes(61), rule) == RateAge::old);
  CHECK(!check_age(published, Instant{0} + minutes(121), rule).has_value());
}

TEST_CASE("a jump of more than 5 % waits for a human", "[rate_table]") {
  const RateTable before = table_of_2024();
  RateTable after = before;
  SECTION("nothing moved") { CHECK(jumps(before, after).empty()); }
  SECTION("5 % exactly is no jump") {
    after.rates[0].per_base = 112'402'500;
    CHECK(jumps(before, after).empty());
  }
  SECTION("a hair more is") {
    after.rates[0].per_base = 112'402'501;
    CHECK(jumps(before, after) == std::vector<RateJump>{{currency("USD"), 107'050'000, 112'402'501, 500}});
  }
  SECTION("a fall") {
    after.rates[4].per_base = 700'000'000;
    CHECK(jumps(before, after) == std::vector<RateJump>{{cny(), 777'480'000, 700'000'000, -996}});
  }
  SECTION("a currency that vanished") {
    after.rates.pop_back();
    CHECK(jumps(before, after) == std::vector<RateJump>{{currency("KRW"), 147'486'000'000, 0, -10'000}});
  }
  SECTION("a new currency") {
    after.rates.push_back({currency("CHF"), 96'340'000});
    CHECK(jumps(before, after).empty());
  }
}

}  // namespace sampan
