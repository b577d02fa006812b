#include "proxy/sandbox/rates_gateway.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/rates/fetch_ecb.hpp"

namespace sampan {
namespace {

Instant at(const char* text) { return parse_instant(text).value(); }

HttpSend sandbox_at(Instant now) {
  return [now](const HttpRequest& request) -> Result<HttpReply> { return answer_ecb(request, now); };
}

RateTable table_at(Instant now) {
  const auto table = fetch_ecb(sandbox_at(now), now);
  REQUIRE(table);
  return *table;
}

}  // namespace

TEST_CASE("rates are of the last working day that is out", "[rates][sandbox]") {
  struct Case {
    const char* why;
    const char* now;
    const char* day;
  };
  const Case c = GENERATE(values<Case>({
      {"before four in Frankfurt it is yesterday's", "2026-11-24T14:59:59Z", "2026-11-23"},
      {"then it is today's", "2026-11-24T15:00:00Z", "2026-11-24"},
      {"a Saturday has Friday's", "2026-11-28T20:00:00Z", "2026-11-27"},
      {"and Monday morning too", "2026-11-30T10:00:00Z", "2026-11-27"},
      {"Christmas and the day after are closed", "2025-12-26T18:00:00Z", "2025-12-24"},
      {"New Year", "2027-01-01T18:00:00Z", "2026-12-31"},
      {"Labour Day", "2026-05-01T18:00:00Z", "2026-04-30"},
      {"Good Friday and Easter Monday", "2026-04-06T18:00:00Z", "2026-04-02"},
      {"the Tuesday after", "2026-04-07T15:00:00Z", "2026-04-07"},
      {"Easter in March", "2027-03-29T18:00:00Z", "2027-03-25"},
      {"a late Easter", "2038-04-26T18:00:00Z", "2038-04-22"},
  }));
  CAPTURE(c.why);
  CHECK(text(table_at(at(c.now)).published_day) == c.day);
}

TEST_CASE("the sandbox's table reads as the ECB's, with its time", "[rates][sandbox]") {
  const Instant now = at("2026-11-24T16:30:00Z");
  const RateTable table = table_at(now);
  CHECK(table.source == "ecb");
  CHECK(table.base == currency("EUR"));
  CHECK(table.fetched_at == now);
  CHECK(table.published_at == at("2026-11-24T15:00:00Z"));
  CHECK(table.rates.size() == 29);
  CHECK(table == table_at(now));
}

TEST_CASE("rates move every day, a little, and stay near their level, for years", "[rates][sandbox]") {
  const RateTable first = table_at(at("2026-11-24T16:00:00Z"));
  RateTable before = first;
  for (int day = 1; day <= 1000; ++day) {
    const RateTable today = table_at(at("2026-11-24T16:00:00Z") + days(day));
    CAPTURE(text(today.published_day));
    CHECK(jumps(before, today, 150).empty());
    CHECK(jumps(first, today).empty());
    CHECK(RateAge::stale != age_of(today.published_at, at("2026-11-24T16:00:00Z") + days(day)));
    const bool is_new_day = !(today.published_day == before.published_day);
    CHECK((today.rates != before.rates) == is_new_day);
    before = today;
  }
}

TEST_CASE("only that file is there, and only to be read", "[rates][sandbox]") {
  const Instant now = at("2026-11-24T16:00:00Z");
  CHECK(answer_ecb({"GET", "/stats/eurofxref/eurofxref-hist.xml", "", {}, ""}, now).status == 404);
  CHECK(answer_ecb({"POST", std::string(ecb_daily_path), "", {}, ""}, now).status == 405);
}

}  // namespace sampan
