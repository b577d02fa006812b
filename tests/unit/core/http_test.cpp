#include "shared/core/http.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace sampan {

TEST_CASE("a form is read as browsers and marketplaces send it", "[http]") {
  struct Case {
    const char* text;
    std::vector<HttpField> fields;
  };
  const Case c = GENERATE(values<Case>({
      {"", {}},
      {"a=1&b=2", {{"a", "1"}, {"b", "2"}}},
      {"a=1&a=2", {{"a", "1"}, {"a", "2"}}},
      {"a+b=c+d", {{"a b", "c d"}}},
      {"q=%E8%BF%9E%20%2B%26%3D", {{"q", "连 +&="}}},
      {"empty=&bare", {{"empty", ""}, {"bare", ""}}},
      {"&&a=1&", {{"a", "1"}}},
      {"a=b=c", {{"a", "b=c"}}},
      {"a=%&b=%2&c=%zz&d=%41", {{"a", "%"}, {"b", "%2"}, {"c", "%zz"}, {"d", "A"}}},
  }));
  CAPTURE(c.text);
  CHECK(parse_form(c.text) == c.fields);
}

TEST_CASE("a form that is written reads back as it was", "[http]") {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  const std::vector<HttpField> fields = {{"all", bytes}, {"a&b=c", "连衣裙 夏"}, {"", "x"}, {"e", ""}};
  CHECK(parse_form(form_text(fields)) == fields);
  CHECK(form_text({{"a b", "1+2"}}) == "a+b=1%2B2");
}

TEST_CASE("a field is found whatever the case of its name", "[http]") {
  const std::vector<HttpField> fields = {{"Content-Type", "text/html"}, {"content-type", "second"}};
  CHECK(field_of(fields, "content-TYPE") == "text/html");
  CHECK(field_of(fields, "content").empty());
}

}  // namespace sampan
