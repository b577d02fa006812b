#include "proxy/ops/tool.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <sstream>
#include <string>

#include "proxy/marketplace/sign.hpp"
#include "proxy/marketplace/url.hpp"

namespace sampan {
namespace {

struct Case {
  const char* why;
  std::string line;
  std::string answer;
};

Tool links() { return link_tool(parse_url); }
Tool signatures() { return sign_tool(sign); }

std::string code_of(const std::string& answer) {
  const auto json = parse_json(answer);
  REQUIRE(json.has_value());
  const Json* error = json->find("error");
  if (error == nullptr) return "";
  CHECK_FALSE(error->find("message")->text.empty());
  return error->find("code")->text;
}

}  // namespace

TEST_CASE("the link tool answers a product, a choice or an error", "[tool]") {
  const Case c = GENERATE(values<Case>({
      {"a product", R"({"text":"https://item.jd.com/1071886.html"})", R"({"marketplace":"jd","product_id":"1071886"})"},
      {"with its SKU", R"({"text":"https://item.taobao.com/item.htm?id=703446760426&skuId=4984126341234"})",
       R"({"marketplace":"taobao","product_id":"703446760426","sku_id":"4984126341234"})"},
      {"two products", R"({"text":"https://item.jd.com/1071886.html https://item.jd.com/1071887.html"})",
       R"({"choices":[{"marketplace":"jd","product_id":"1071886"},{"marketplace":"jd","product_id":"1071887"}]})"},
      {"a carriage return", "{\"text\":\"https://item.jd.com/1071886.html\"}\r",
       R"({"marketplace":"jd","product_id":"1071886"})"},
  }));
  CAPTURE(c.why);
  CHECK(tool_answer(links(), c.line) == c.answer);
}

TEST_CASE("a line that cannot be read is a bad input", "[tool]") {
  const Case c = GENERATE(values<Case>({
      {"no JSON", "item", ""},
      {"cut short", R"({"text":"a)", ""},
      {"no object", R"(["a"])", ""},
      {"no text", R"({"link":"a"})", ""},
      {"text of another kind", R"({"text":703446760426})", ""},
      {"a name twice", R"({"text":"a","text":"b"})", ""},
      {"broken UTF-8", "{\"text\":\"\xff\"}", ""},
      {"half a surrogate pair", R"({"text":"\ud800"})", ""},
      {"a NUL byte behind the object", std::string("{\"text\":\"a\"}\0}", 14), ""},
      {"too deep", std::string(100'000, '['), ""},
  }));
  CAPTURE(c.why);
  CHECK(code_of(tool_answer(links(), c.line)) == "bad_input");
}

TEST_CASE("the sign tool signs numbers as they are written, booleans, and leaves null out", "[tool]") {
  const std::string answer =
      tool_answer(signatures(), R"({"method":"top-hmac","secret":"s",)"
                                R"("params":{"d":true,"c":9007199254740993,"b":1.50,"a":"x","e":null,"f":false}})");
  CHECK(answer.starts_with(R"({"canonical":"axb1.50c9007199254740993dtrueffalse","signature":")"));
}

TEST_CASE("JD's SP-API alone takes an array", "[tool]") {
  CHECK(tool_answer(signatures(), R"({"method":"jd-sp","secret":"s","params":{"a":[1,"x",true]}})")
            .starts_with(R"({"canonical":"sa1,x,trues")"));
  CHECK(code_of(tool_answer(signatures(), R"({"method":"jd-md5","secret":"s","params":{"a":[1]}})")) == "bad_input");
}

TEST_CASE("a signature that cannot be made is a bad input", "[tool]") {
  const Case c = GENERATE(values<Case>({
      {"no method", R"({"secret":"s"})", "/method"},
      {"an unknown method", R"({"method":"top-sha3","secret":"s"})", "top-sha3"},
      {"no secret", R"({"method":"top-md5","params":{}})", "/secret"},
      {"an empty secret", R"({"method":"top-md5","secret":""})", "/secret"},
      {"no app key", R"({"method":"iop-push","secret":"s","body":"{}"})", "/app_key"},
      {"no password", R"({"method":"vop-token","secret":"s","timestamp":"t","client_id":"c","username":"u"})",
       "/password"},
      {"an object as value", R"({"method":"aop-sha1","secret":"s","params":{"a":{"b":1}}})", "/params/a"},
      {"an object as body", R"({"method":"iop-sha256","secret":"s","body":{}})", "/body"},
      {"params of another kind", R"({"method":"top-md5","secret":"s","params":["a"]})", "/params"},
      {"a parameter twice", R"({"method":"top-md5","secret":"s","params":{"a":"1","a":"2"}})", "(a)"},
  }));
  CAPTURE(c.why);
  const std::string answer = tool_answer(signatures(), c.line);
  CHECK(code_of(answer) == "bad_input");
  CHECK(answer.find(c.answer) != std::string::npos);
}

TEST_CASE("a long Chinese name in an error is cut between its characters", "[tool]") {
  std::string name;
  for (int i = 0; i < 30; ++i) name += "长";
  const std::string answer = tool_answer(signatures(), R"({"method":")" + name + R"(","secret":"s"})");
  CHECK(code_of(answer) == "bad_input");
  CHECK(answer.find("长…") != std::string::npos);
}

TEST_CASE("a bad line does not end the run, blank lines are skipped, the last needs no newline", "[tool]") {
  std::istringstream in("nonsense\n\n \r\n{\"text\":\"https://item.jd.com/1071886.html\"}");
  std::ostringstream out;
  run_tool(links(), in, out);
  std::istringstream answers(out.str());
  std::string line;
  REQUIRE(std::getline(answers, line));
  CHECK(code_of(line) == "bad_input");
  REQUIRE(std::getline(answers, line));
  CHECK(line == R"({"marketplace":"jd","product_id":"1071886"})");
  CHECK_FALSE(std::getline(answers, line));
}

TEST_CASE("a line of ten megabytes is answered", "[tool]") {
  const std::string filler(10'000'000, 'x');
  CHECK(code_of(tool_answer(links(), "{\"text\":\"" + filler + "\"}")) == "link_not_a_product");
  CHECK(code_of(tool_answer(links(), filler)) == "bad_input");
}

}  // namespace sampan
