#include "shared/rates/fetch_ecb.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace sampan {
namespace {

constexpr Instant now{1'719'590'400'000};  // 2024-06-28T16:00:00Z
const std::string one_day =
    "<gesmes:Envelope><Cube><Cube time='2024-06-28'><Cube currency='USD' "
    "rate='1.0705'/></Cube></Cube></gesmes:Envelope>";

}  // namespace

TEST_CASE("the day's rates are fetched from the ECB's own path", "[ecb]") {
  HttpRequest asked;
  const auto table = fetch_ecb(
      [&](const HttpRequest& request) -> Result<HttpReply> {
        asked = request;
        return HttpReply{200, {}, one_day};
      },
      now);
  REQUIRE(table);
  CHECK(asked.method == "GET");
  CHECK(asked.path == "/stats/eurofxref/eurofxref-daily.xml");
  CHECK(table->rates == std::vector<TableRate>{{currency("USD"), 107'050'000}});
  CHECK(table->fetched_at == now);
}

TEST_CASE("a file that is not there or cannot be read is an error, never an old table", "[ecb]") {
  struct Case {
    const char* why;
    Result<HttpReply> reply;
    const char* code;
  };
  const std::vector<Case> cases{
      {"not sent", fail(ErrorCode::retry_later, "no route"), "retry_later"},
      {"lost on the way: reading again is harmless", fail(ErrorCode::outcome_unknown, "time-out"), "retry_later"},
      {"not well", HttpReply{503, {}, one_day}, "retry_later"},
      {"too often", HttpReply{429, {}, one_day}, "quota"},
      {"moved", HttpReply{301, {}, one_day}, "bad_reply"},
      {"gone", HttpReply{404, {}, one_day}, "bad_reply"},
      {"cut off", HttpReply{200, {}, one_day.substr(0, 90)}, "bad_reply"},
      {"a page that says sorry", HttpReply{200, {}, "<html></html>"}, "bad_reply"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.why);
    const auto table = fetch_ecb([&](const HttpRequest&) { return c.reply; }, now);
    REQUIRE_FALSE(table);
    CHECK(word(table.error().code) == c.code);
    CHECK(table.error().context.starts_with("ecb"));
  }
}

}  // namespace sampan
