#include "shared/core/rate.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <limits>

#include "shared/core/json.hpp"

namespace sampan {
namespace {

Rate mid_of(int64_t ten_billionths) {
  Rate rate;
  rate.from = cny();
  rate.to = currency("USD");
  rate.ten_billionths = ten_billionths;
  return rate;
}

}  // namespace

TEST_CASE("a rate is the cross of two published ones, rounded half to even at ten digits", "[rate]") {
  struct Case {
    const char* to;
    int64_t per_euro;  // 10^-5, the ECB's of 2024-06-28
    int64_t ten_billionths;
  };
  const Case c = GENERATE(values<Case>({
      {"USD", 107'050, 1'376'884'293},
      {"JPY", 17'194'000, 221'150'383'290},
      {"KRW", 147'486'000, 1'896'974'841'797},
      {"EUR", 100'000, 1'286'206'719},
  }));
  CAPTURE(c.to);
  const auto rate = cross(cny(), 777'480, currency(c.to), c.per_euro);
  REQUIRE(rate.has_value());
  CHECK(rate->ten_billionths == c.ten_billionths);
  CHECK(rate->from == cny());
  CHECK(rate->to == currency(c.to));
}

TEST_CASE("a spread makes the rate dearer for the shopper, rounded half to even", "[rate]") {
  struct Case {
    int64_t mid;
    int64_t basis_points;
    int64_t ten_billionths;
  };
  const Case c = GENERATE(values<Case>({
      {1'376'884'293, 0, 1'376'884'293},
      {1'376'884'293, 200, 1'404'421'979},
      {1'376'884'293, 350, 1'425'075'243},
      {1'286'206'719, 200, 1'311'930'853},
      {221'150'383'290, 300, 227'784'894'789},
      {50, 100, 50},    // 50.5 goes to the even 50
      {150, 100, 152},  // 151.5 goes to the even 152
  }));
  const auto rate = with_spread(mid_of(c.mid), c.basis_points);
  REQUIRE(rate.has_value());
  CHECK(rate->ten_billionths == c.ten_billionths);
}

TEST_CASE("a rate keeps its currencies, source and time through the spread and through JSON", "[rate]") {
  Rate mid = mid_of(1'376'884'293);
  mid.source = "ecb";
  mid.as_of = *parse_instant("2024-06-28T15:00:00Z");
  const auto rate = with_spread(mid, 200);
  REQUIRE(rate.has_value());
  CHECK(rate->source == "ecb");
  CHECK(rate->as_of == mid.as_of);
  CHECK(rate->from == mid.from);
  CHECK(from_json<Rate>(to_json(*rate)) == *rate);
}

TEST_CASE("what is no rate is refused", "[rate]") {
  CHECK(cross(cny(), 0, currency("USD"), 1).error().code == ErrorCode::bad_input);
  CHECK(cross(cny(), 1, currency("USD"), -1).error().code == ErrorCode::bad_input);
  CHECK(cross(cny(), std::numeric_limits<int64_t>::max(), currency("USD"), 1).error().code == ErrorCode::bad_input);
  CHECK(cross(cny(), 1, currency("USD"), std::numeric_limits<int64_t>::max()).error().code == ErrorCode::overflow);
  CHECK(with_spread(mid_of(1), -1).error().code == ErrorCode::bad_input);
  CHECK(with_spread(mid_of(std::numeric_limits<int64_t>::max()), 1).error().code == ErrorCode::overflow);
}

}  // namespace sampan
