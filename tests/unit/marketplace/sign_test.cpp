#include "proxy/marketplace/sign.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "proxy/marketplace/digest.hpp"
#include "shared/marketplace/alibaba1688/sign_aop.hpp"
#include "shared/marketplace/jd/sign_jd.hpp"
#include "shared/marketplace/taobao/sign_iop.hpp"
#include "shared/marketplace/taobao/sign_top.hpp"
#include "tests/unit/marketplace/fixture.hpp"

namespace sampan {
namespace {

using Parameters = std::vector<Parameter>;

SignRequest request_of(const Json& vector) {
  SignRequest request;
  request.secret = text_of(vector, "secret");
  request.path = text_of(vector, "path");
  request.body = text_of(vector, "body");
  request.app_key = text_of(vector, "app_key");
  request.timestamp = text_of(vector, "timestamp");
  request.client_id = text_of(vector, "client_id");
  request.username = text_of(vector, "username");
  request.password = text_of(vector, "password");
  request.scope = text_of(vector, "scope");
  if (const Json* params = vector.find("params"))
    for (const auto& [key, value] : params->members) request.parameters.push_back({key, value.text});
  return request;
}

}  // namespace

TEST_CASE("every vector is signed as its source signs it", "[sign]") {
  const Json table = fixture("signatures.json");
  REQUIRE(table.find("vectors")->items.size() == 38);
  for (const Json& vector : table.find("vectors")->items) {
    CAPTURE(text_of(vector, "id"), text_of(vector, "note"));
    const auto method = parse_sign_method(text_of(vector, "method"));
    REQUIRE(method.has_value());
    const Signed made = sign(*method, request_of(vector));
    CHECK(made.signature == text_of(vector, "signature"));
    CHECK(lower_hex(md5(made.canonical)) == text_of(vector, "canonical_md5"));
    CHECK(std::to_string(made.canonical.size()) == text_of(vector, "canonical_bytes"));
    if (vector.find("canonical") != nullptr) CHECK(made.canonical == text_of(vector, "canonical"));
  }
}

TEST_CASE("TOP, IOP and JD leave empty values and the signature itself out", "[sign]") {
  const Parameters sent{{"b", "2"}, {"sign", "old"}, {"empty", ""}, {"", "keyless"}, {"a", "1"}};
  CHECK(top_md5_canonical("S", sent) == "Sa1b2S");
  CHECK(top_hmac_canonical(sent) == "a1b2");
  CHECK(iop_canonical("/p", sent, "") == "/pa1b2");
  CHECK(jos_canonical("S", sent) == "Sa1b2S");
}

TEST_CASE("1688 keeps an empty value and leaves its signature out", "[sign]") {
  CHECK(aop_canonical("param2", Parameters{{"b", ""}, {"_aop_signature", "old"}, {"a", "1"}}) == "param2a1b");
}

TEST_CASE("1688 sorts the joined strings, the others sort the keys", "[sign]") {
  const Parameters sent{{"a", "2"}, {"a1", "0"}};
  CHECK(aop_canonical("", sent) == "a10a2");
  CHECK(top_hmac_canonical(sent) == "a2a10");
}

TEST_CASE("keys sort by bytes, beyond ASCII too", "[sign]") {
  CHECK(top_hmac_canonical(
            Parameters{{"é", "5"}, {"a", "4"}, {"_", "3"}, {"Z", "2"}, {"1", "1"}, {"\U0001F600", "7"}, {"中", "6"}}) ==
        "11Z2_3a4é5中6\U0001F6007");
  CHECK(aop_canonical("", Parameters{{"é", "2"}, {"z", "1"}}) == "z1é2");
}

TEST_CASE("IOP puts a JSON body behind the parameters", "[sign]") {
  CHECK(iop_canonical("/p", Parameters{{"a", "1"}}, R"({"x": 1})") == R"(/pa1{"x": 1})");
}

TEST_CASE("SP-API signs its headers and its body, but no empty object and not its signature", "[sign]") {
  const Parameters headers{{"X-JOS-Sign", "old"}, {"X-JOS-App-Key", "k"}};
  SignRequest request;
  request.secret = "S";
  request.parameters = headers;
  CHECK(sign(SignMethod::jd_sp, request).canonical == "SX-JOS-App-KeykS");
  request.body = "{}";
  CHECK(sign(SignMethod::jd_sp, request).canonical == "SX-JOS-App-KeykS");
  request.body = R"({"a":1})";
  CHECK(sign(SignMethod::jd_sp, request).canonical == R"(SX-JOS-App-Keykbody{"a":1}S)");
}

TEST_CASE("the order in which parameters come does not matter", "[sign]") {
  Parameters sent{{"b", "2"}, {"B", "1"}, {"a", "2"}, {"a1", "0"}, {"中", ""}};
  const std::string top = top_hmac_canonical(sent);
  const std::string aop = aop_canonical("p", sent);
  std::reverse(sent.begin(), sent.end());
  CHECK(top_hmac_canonical(sent) == top);
  CHECK(aop_canonical("p", sent) == aop);
}

}  // namespace sampan
