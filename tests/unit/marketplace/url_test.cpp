#include "proxy/marketplace/url.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/unit/marketplace/fixture.hpp"

namespace sampan {

TEST_CASE("ada reads every URL of the shared table as WHATWG says", "[url]") {
  const Json table = fixture("urls.json");
  const std::vector<Json>& cases = table.find("cases")->items;
  REQUIRE(cases.size() >= 25);
  for (const Json& row : cases) {
    CAPTURE(text_of(row, "input"));
    const auto url = parse_url(text_of(row, "input"));
    const Json& expected = *row.find("url");
    REQUIRE(url.has_value() == (expected.kind == JsonKind::object));
    if (!url) continue;
    CHECK(url->scheme == text_of(expected, "scheme"));
    CHECK(url->host == text_of(expected, "host"));
    CHECK(url->port == text_of(expected, "port"));
    CHECK(url->path == text_of(expected, "path"));
    CHECK(url->query == text_of(expected, "query"));
    CHECK(url->fragment == text_of(expected, "fragment"));
  }
}

}  // namespace sampan
