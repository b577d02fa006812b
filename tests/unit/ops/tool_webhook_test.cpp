#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "proxy/ops/tool.hpp"
#include "tests/unit/payment/stripe_digest.hpp"

namespace sampan {
namespace {

std::string answer(const std::string& line) { return tool_answer(webhook_tool(test_hmac), line); }

// A question about a message that was signed at 1790000000.
std::string question(const std::string& now, const std::string& header) {
  return R"({"provider":"stripe","secret":"whsec_sampan","body":"{\"id\":\"evt_1\",\"type\":\"x.y\"}","now":)" + now +
         R"(,"header":")" + header + "\"}";
}

const std::string signed_header =
    "t=1790000000,v1=" + test_hmac("whsec_sampan", R"(1790000000.{"id":"evt_1","type":"x.y"})");

}  // namespace

TEST_CASE("the webhook tool answers the event of a message that is the provider's", "[tool][stripe]") {
  CHECK(answer(question("1790000010", signed_header)) == R"({"event_id":"evt_1","type":"x.y"})");
  CHECK(answer(question("1790000301", signed_header)).starts_with(R"({"error":{"code":"auth")"));
  CHECK(answer(question("1790000010", "")).starts_with(R"({"error":{"code":"auth")"));
}

TEST_CASE("the webhook tool signs when it is asked to", "[tool][stripe]") {
  CHECK(answer(R"({"provider":"stripe","secret":"whsec_sampan","body":"{\"id\":\"evt_1\",\"type\":\"x.y\"}",)"
               R"("now":1790000000,"sign":true})") == R"({"header":")" + signed_header + "\"}");
}

TEST_CASE("a question about a webhook that cannot be answered is a bad input", "[tool][stripe]") {
  const char* const line = GENERATE(R"({"provider":"other","secret":"s","header":"","body":"","now":0})",
                                    R"({"provider":"stripe","secret":"","header":"","body":"","now":0})",
                                    R"({"provider":"stripe","secret":"s","body":"","now":0})",
                                    R"({"provider":"stripe","secret":"s","header":"","now":0})",
                                    R"({"provider":"stripe","secret":"s","header":"","body":"","now":-1})",
                                    R"({"provider":"stripe","secret":"s","header":"","body":"","now":253402300800})",
                                    R"({"provider":"stripe","secret":"s","header":"","body":""})");
  CAPTURE(line);
  CHECK(answer(line).starts_with(R"({"error":{"code":"bad_input")"));
}

}  // namespace sampan
