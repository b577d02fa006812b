#include "shared/core/json.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <limits>

namespace sampan {
namespace {

enum class Colour { red, green };
WORDS(Colour, red, green)

struct Button {
  SkuId sku_id;
  Colour colour{};
  int64_t holes = 0;
  std::optional<std::string> note;
  bool operator==(const Button&) const = default;
};
FIELDS(Button, sku_id, colour, holes, note)

struct Shirt {
  std::string name;
  Money price;
  Day made;
  Instant read_at;
  bool is_new = false;
  int32_t size = 0;
  std::vector<Button> buttons;
  std::map<std::string, int64_t> stock;
  bool operator==(const Shirt&) const = default;
};
FIELDS(Shirt, name, price, made, read_at, is_new, size, buttons, stock)

Shirt shirt() {
  return {"a \"b\"\n\x01 ü 衬衫",
          {1990, cny()},
          {2026, 11, 24},
          *parse_instant("2026-11-24T08:00:00.250Z"),
          true,
          -3,
          {{{"s1"}, Colour::green, 4, "loose"}, {{"s2"}, Colour::red, 2, std::nullopt}},
          {{"a/b", 1}, {"z", -9}}};
}

Error error_of(std::string_view text) {
  const auto read = from_json<Shirt>(text);
  REQUIRE(!read.has_value());
  return read.error();
}

}  // namespace

TEST_CASE("a described struct survives the way to text and back", "[json]") {
  const std::string text = to_json(shirt());
  const auto back = from_json<Shirt>(text);
  REQUIRE(back.has_value());
  CHECK(*back == shirt());
}

TEST_CASE("the text names each field once, in order, and leaves out what is absent", "[json]") {
  CHECK(to_json(Button{{"s"}, Colour::red, 2, std::nullopt}) == R"({"sku_id":"s","colour":"red","holes":2})");
  CHECK(to_json(shirt().price) == R"({"minor":1990,"currency":"CNY"})");
  CHECK(to_json(std::vector<int64_t>{}) == "[]");
  CHECK(to_json(std::map<std::string, int64_t>{{"a", 1}}) == R"({"a":1})");
  CHECK(to_json(std::string("\"\\\n\r\t\x1f/")) == "\"\\\"\\\\\\n\\r\\t\\u001f/\"");
}

TEST_CASE("a number keeps the text that it came with", "[json]") {
  struct Case {
    const char* text;
    const char* token;
  };
  const Case c = GENERATE(values<Case>({{"14.90", "14.90"},
                                        {"0.10000000000000000001", "0.10000000000000000001"},
                                        {"-7", "-7"},
                                        {"1e3", "1e3"},
                                        {"9223372036854775807", "9223372036854775807"},
                                        {"18446744073709551615", "18446744073709551615"},
                                        {"18446744073709551616", "18446744073709551616"},
                                        {"123456789012345678901234567890", "123456789012345678901234567890"}}));
  const auto json = parse_json(c.text);
  REQUIRE(json.has_value());
  CHECK(json->kind == JsonKind::number);
  CHECK(json->text == c.token);
  CHECK(json_text(*json) == c.token);
}

TEST_CASE("any JSON is written back as it was read", "[json]") {
  const char* const text = GENERATE("null", "true", "false", "[]", "{}", R"({"b":1,"a":[{"c":null},"x",2.50],"":""})",
                                    R"({"a":1,"a":2})", "\"衬衫\"");
  CAPTURE(text);
  const auto json = parse_json(text);
  REQUIRE(json.has_value());
  CHECK(json_text(*json) == text);
}

TEST_CASE("escapes and surrogate pairs are read as UTF-8", "[json]") {
  const auto json = parse_json(R"("\u8863 \ud83d\ude00 \/ \b")");
  REQUIRE(json.has_value());
  CHECK(json->text == "衣 😀 / \b");
}

TEST_CASE("what is no JSON is refused with the byte", "[json]") {
  const char* const text = GENERATE("", " ", "{", "[1,]", "{\"a\":}", "{'a':1}", "01", "1.", "nul", "\"\\x\"", "\"\n\"",
                                    "\"\xff\"", "[1] 2", "\"\\ud83d\"", "NaN");
  CAPTURE(text);
  const auto json = parse_json(text);
  REQUIRE(!json.has_value());
  CHECK(json.error().code == ErrorCode::bad_input);
  CHECK(json.error().context.rfind("byte ", 0) == 0);
}

TEST_CASE("64 levels are read, one more is refused", "[json]") {
  const auto nested = [](size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
  CHECK(parse_json(nested(64)).has_value());
  CHECK(parse_json(nested(65)).error().code == ErrorCode::bad_input);
  CHECK(parse_json(std::string(100'000, '[')).error().code == ErrorCode::bad_input);
}

TEST_CASE("the first member of a name is found", "[json]") {
  const Json json = *parse_json(R"({"a":1,"a":2,"b":null})");
  CHECK(json.find("a")->text == "1");
  CHECK(json.find("b")->kind == JsonKind::null);
  CHECK(json.find("c") == nullptr);
  CHECK(parse_json("[1]")->find("a") == nullptr);
}

TEST_CASE("an error names the JSON pointer of what is missing or of another kind", "[json]") {
  struct Case {
    const char* why;
    const char* from;
    const char* to;
    const char* pointer;
  };
  const Case c = GENERATE(values<Case>({
      {"a missing field", "\"name\":", "\"nome\":", "/name"},
      {"another kind", "\"is_new\":true", "\"is_new\":\"true\"", "/is_new"},
      {"deep inside", "\"holes\":2", "\"holes\":\"two\"", "/buttons/1/holes"},
      {"a word that is not known", "\"red\"", "\"blue\"", "/buttons/1/colour"},
      {"a name with a slash", "\"a/b\":1", "\"a/b\":true", "/stock/a~1b"},
      {"no currency", "\"CNY\"", "\"XAU\"", "/price/currency"},
      {"no calendar day", "2026-11-24\"", "2026-02-30\"", "/made"},
      {"no time", "08:00:00.250Z", "08:00", "/read_at"},
      {"a fraction where none may be", "\"minor\":1990", "\"minor\":19.90", "/price/minor"},
      {"a size out of range", "\"size\":-3", "\"size\":2147483648", "/size"},
  }));
  CAPTURE(c.why);
  std::string text = to_json(shirt());
  const size_t at = text.find(c.from);
  REQUIRE(at != std::string::npos);
  text.replace(at, std::string(c.from).size(), c.to);
  const Error error = error_of(text);
  CHECK(error.code == ErrorCode::bad_input);
  CHECK(error.context.substr(0, error.context.find(':')) == c.pointer);
}

TEST_CASE("unknown members are ignored, and null is absent where a field is optional", "[json]") {
  const auto button = from_json<Button>(R"({"sku_id":"s","colour":"red","holes":2,"note":null,"extra":{"a":[1]}})");
  REQUIRE(button.has_value());
  CHECK(*button == Button{{"s"}, Colour::red, 2, std::nullopt});
  CHECK(from_json<Button>(R"({"sku_id":null,"colour":"red","holes":2})").error().context.rfind("/sku_id", 0) == 0);
  CHECK(from_json<Button>("[]").error().code == ErrorCode::bad_input);
}

TEST_CASE("whole numbers are read to the ends of their range, from text too", "[json]") {
  CHECK(from_json<int64_t>("9223372036854775807") == std::numeric_limits<int64_t>::max());
  CHECK(from_json<int64_t>("-9223372036854775808") == std::numeric_limits<int64_t>::min());
  CHECK(from_json<int64_t>("\"1990\"") == 1990);
  const char* const text =
      GENERATE("9223372036854775808", "1.0", "1e3", "\"\"", "\" 1\"", "\"1x\"", "true", "null", "[]");
  CAPTURE(text);
  CHECK(from_json<int64_t>(text).error().code == ErrorCode::bad_input);
}

}  // namespace sampan
