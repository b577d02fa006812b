#include "shared/rates/ecb.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>
#include <iterator>

namespace sampan {
namespace {

std::string fixture_text(const std::string& name) {
  std::ifstream file(SAMPAN_SOURCE_ROOT "/tests/fixtures/" + name, std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

int64_t rate_in(const EcbDay& day, std::string_view code) {
  for (const EcbRate& rate : day.rates)
    if (rate.currency.code() == code) return rate.per_euro;
  return 0;
}

std::string document(const std::string& cubes) {
  return "<gesmes:Envelope><Cube>" + cubes + "</Cube></gesmes:Envelope>";
}

constexpr const char* one_day = "<Cube time='2024-06-28'><Cube currency='USD' rate='1.0705'/></Cube>";

}  // namespace

TEST_CASE("the daily file is one day of thirty rates", "[ecb]") {
  const auto days = parse_ecb(fixture_text("ecb-daily.xml"));
  REQUIRE(days.has_value());
  REQUIRE(days->size() == 1);
  CHECK(text(days->front().day) == "2024-06-28");
  CHECK(days->front().rates.size() == 30);
  CHECK(rate_in(days->front(), "USD") == 107'050'000);
  CHECK(rate_in(days->front(), "JPY") == 17'194'000'000);
  CHECK(rate_in(days->front(), "GBP") == 84'638'000);
  CHECK(rate_in(days->front(), "CNY") == 777'480'000);
  CHECK(rate_in(days->front(), "KRW") == 147'486'000'000);
  CHECK(rate_in(days->front(), "EUR") == 0);
}

TEST_CASE("the history is many days, and its quotes are double", "[ecb]") {
  const auto days = parse_ecb(fixture_text("ecb-hist.xml"));
  REQUIRE(days.has_value());
  REQUIRE(days->size() == 3);
  CHECK(text(days->back().day) == "2024-06-26");
  CHECK(rate_in(days->back(), "CNY") == 776'860'000);
}

TEST_CASE("what is harmless in XML is read", "[ecb]") {
  const std::string xml =
      GENERATE_COPY(document(one_day), "\xef\xbb\xbf" + document(one_day),
                    "<?xml version='1.0'?><!-- <Cube time='1999-01-01'> -->" + document(one_day),
                    document("<Cube time = \"2024-06-28\" ><Cube rate=\"1.0705\"\n currency=\"USD\" ></Cube></Cube >"),
                    document("<Cube time='2024-06-28' note='\"'><Cube currency='USD' rate='1.0705' more='1'/><Cube "
                             "currency='XYZ' rate='1'/></Cube>"));
  CAPTURE(xml);
  const auto days = parse_ecb(xml);
  REQUIRE(days.has_value());
  REQUIRE(days->size() == 1);
  CHECK(days->front().rates == std::vector<EcbRate>{{currency("USD"), 107'050'000}});
}

TEST_CASE("a document that is not the ECB's is refused with the byte", "[ecb]") {
  struct Case {
    const char* why;
    std::string xml;
  };
  const std::string day_open = "<Cube time='2024-06-28'>";
  const std::vector<Case> cases{
      {"nothing", ""},
      {"a page", "<html><body>503</body></html>"},
      {"no rates", document("")},
      {"a day without rates", document(day_open + "</Cube>")},
      {"cut in the middle", document(one_day).substr(0, 70)},
      {"two roots", document(one_day) + document(one_day)},
      {"a document type", "<!DOCTYPE x [<!ENTITY a 'b'>]>" + document(one_day)},
      {"an entity in a figure", document(day_open + "<Cube currency='USD' rate='&a;'/></Cube>")},
      {"no quotes", document("<Cube time=2024-06-28><Cube currency='USD' rate='1'/></Cube>")},
      {"mixed quotes", document("<Cube time='2024-06-28\"><Cube currency='USD' rate='1'/></Cube>")},
      {"no calendar day", document("<Cube time='2024-02-30'><Cube currency='USD' rate='1'/></Cube>")},
      {"a rate of nothing", document(day_open + "<Cube currency='USD' rate='0'/></Cube>")},
      {"a negative rate", document(day_open + "<Cube currency='USD' rate='-1'/></Cube>")},
      {"an exponent", document(day_open + "<Cube currency='USD' rate='1e3'/></Cube>")},
      {"a decimal comma", document(day_open + "<Cube currency='USD' rate='1,07'/></Cube>")},
      {"a rate before its day", document("<Cube currency='USD' rate='1'/>")},
      {"no figure", document(day_open + "<Cube currency='USD'/></Cube>")},
      {"a code in lower case", document(day_open + "<Cube currency='usd' rate='1'/></Cube>")},
      {"a currency twice",
       document(day_open + "<Cube currency='USD' rate='1'/><Cube currency='USD' rate='2'/></Cube>")},
      {"a day twice", document(std::string(one_day) + one_day)},
      {"an attribute twice", document(day_open + "<Cube currency='USD' rate='1' rate='2'/></Cube>")},
      {"crossed tags",
       "<gesmes:Envelope><Cube><Cube time='2024-06-28'><Cube currency='USD' "
       "rate='1'/></gesmes:Envelope></Cube></Cube>"},
      {"an unfinished comment", document(one_day) + "<!-- "},
  };
  for (const Case& c : cases) {
    CAPTURE(c.why, c.xml);
    const auto days = parse_ecb(c.xml);
    REQUIRE(!days.has_value());
    CHECK(days.error().code == ErrorCode::bad_reply);
    CHECK(days.error().context.rfind("ecb, byte ", 0) == 0);
  }
}

TEST_CASE("a document nested without end is refused", "[ecb]") {
  std::string xml = "<gesmes:Envelope>";
  for (int i = 0; i < 100'000; ++i) xml += "<a>";
  CHECK(parse_ecb(xml).error().code == ErrorCode::bad_reply);
}

TEST_CASE("no beginning of the daily file crashes or is taken for the whole", "[ecb]") {
  const std::string whole = fixture_text("ecb-daily.xml");
  const size_t end = whole.rfind("</gesmes:Envelope>") + std::string("</gesmes:Envelope>").size();
  for (size_t size = 0; size < end; ++size)
    if (parse_ecb(std::string_view(whole).substr(0, size)).has_value())
      FAIL_CHECK("read a document cut at byte " << size);
}

}  // namespace sampan
