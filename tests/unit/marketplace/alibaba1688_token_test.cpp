// Asking 1688 for the next access token, and what its answers mean.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/alibaba1688/errors.hpp"
#include "shared/marketplace/alibaba1688/token.hpp"
#include "tests/unit/marketplace/alibaba1688_replies.hpp"

namespace sampan::alibaba1688 {
namespace {

constexpr Instant now{1'795'507'200'000};

}  // namespace

TEST_CASE("the next token is asked for by the refresh token, not signed", "[marketplace]") {
  const HttpRequest request = refresh_request("1000000", "a secret+", "refresh-1");
  CHECK(request.method == "POST");
  CHECK(request.path == "/openapi/http/1/system.oauth2/getToken/1000000");
  CHECK(request.query.empty());
  CHECK(request.body == "grant_type=refresh_token&client_id=1000000&client_secret=a+secret%2B&refresh_token=refresh-1");
}

TEST_CASE("a new pair lives from the moment in which it was asked for", "[marketplace]") {
  const auto tokens = parse_tokens({200, {}, reply_text("token")}, now);
  REQUIRE(tokens);
  CHECK(tokens->access_token == "3f5a0000-0000-4000-8000-0000000000a1");
  CHECK(tokens->refresh_token == "9c1e0000-0000-4000-8000-0000000000b2");
  CHECK(tokens->access_ends_at == now + seconds(35'999));
}

TEST_CASE("a reply of tokens may lack what is not needed", "[marketplace]") {
  struct Case {
    const char* why;
    const char* body;
    std::optional<Instant> ends_at;
    const char* refresh_token;
  };
  const Case c = GENERATE(values<Case>({
      {"a number for the life", R"({"access_token":"a","expires_in":60,"refresh_token":"r"})", now + minutes(1), "r"},
      {"no refresh token", R"({"access_token":"a","expires_in":"60"})", now + minutes(1), ""},
      {"no life is told", R"({"access_token":"a","refresh_token":"r"})", std::nullopt, "r"},
      {"a life that was over before it began", R"({"access_token":"a","expires_in":"-1"})", std::nullopt, ""},
      {"a life beyond all calendars", R"({"access_token":"a","expires_in":"9223372036854775807"})", std::nullopt, ""},
  }));
  CAPTURE(c.why);
  const auto tokens = parse_tokens({200, {}, c.body}, now);
  REQUIRE(tokens);
  CHECK(tokens->access_token == "a");
  CHECK(tokens->access_ends_at == c.ends_at);
  CHECK(tokens->refresh_token == c.refresh_token);
}

TEST_CASE("a refused refresh is for a person, what will pass is asked again", "[marketplace]") {
  struct Case {
    const char* why;
    int32_t status;
    const char* body;
    ErrorCode code;
    const char* context;
  };
  const Case c = GENERATE(values<Case>({
      {"the grant is over", 400, R"({"error":"invalid_grant","error_description":"refresh-1 is not known"})",
       ErrorCode::auth, "HTTP 400, invalid_grant"},
      {"the app's secret is wrong", 400, R"({"error":"invalid_client","error_description":"secret"})", ErrorCode::auth,
       "HTTP 400, invalid_client"},
      {"in the gateway's own shape", 401, R"({"error_code":"401","error_message":"invalid refresh-1"})",
       ErrorCode::auth, "HTTP 401, 401"},
      {"beside a status of 200", 200, R"({"error":"invalid_grant"})", ErrorCode::auth, "HTTP 200, invalid_grant"},
      {"too often", 400, R"({"error_code":"gw.QosAppFrequencyLimit","error_message":"too often"})", ErrorCode::quota,
       "HTTP 400, gw.QosAppFrequencyLimit"},
      {"the gateway is down", 503, R"({"error":"unavailable"})", ErrorCode::retry_later, "HTTP 503"},
      {"the gateway timed out", 400, R"({"error_code":"gw.Timeout"})", ErrorCode::retry_later, "HTTP 400, gw.Timeout"},
      {"a page of HTML", 200, "<html>refresh-1</html>", ErrorCode::retry_later, "HTTP 200"},
      {"neither a token nor an error", 200, R"({"access_token":""})", ErrorCode::retry_later, "HTTP 200"},
      {"no object", 200, "[]", ErrorCode::retry_later, "HTTP 200"},
  }));
  CAPTURE(c.why);
  const auto tokens = parse_tokens({c.status, {}, c.body}, now);
  check_error(tokens, c.code);
  CHECK(tokens.error().context == c.context);
  CHECK(tokens.error().sentence.find("refresh-1") == std::string::npos);
}

TEST_CASE("a refusal for the token is told from every other", "[marketplace]") {
  struct Case {
    const char* why;
    int32_t status;
    const char* body;
    bool is_for_the_token;
  };
  const Case c = GENERATE(values<Case>({
      {"no user", 401, R"({"error_code":"401","error_message":"Request need user authorized"})", true},
      {"an old token", 401, R"({"error_code":"401","error_message":"invalid access_token"})", true},
      {"a gateway's error under 200", 200, R"({"error_code":"401","error_message":"invalid access_token"})", true},
      {"401 without words", 401, "", true},
      {"the app has no permission", 400, R"({"error_code":"gw.APIACLDecline"})", false},
      {"the signature is wrong", 400, R"({"error_code":"gw.SignatureInvalid"})", false},
      {"an order's own trouble", 200, R"({"success":false,"errorCode":"401"})", false},
      {"fine", 200, R"({"success":true})", false},
  }));
  CAPTURE(c.why);
  CHECK(is_token_answer({c.status, {}, c.body}) == c.is_for_the_token);
}

}  // namespace sampan::alibaba1688
