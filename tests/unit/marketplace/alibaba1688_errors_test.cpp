#include "shared/marketplace/alibaba1688/errors.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/unit/marketplace/alibaba1688_replies.hpp"

namespace sampan::alibaba1688 {
namespace {

HttpReply reply(int32_t status, std::string body) { return {status, {}, std::move(body)}; }

}  // namespace

TEST_CASE("each code of 1688 has one meaning of ours", "[marketplace]") {
  struct Case {
    const char* code;
    const char* message;
    ErrorCode ours;
  };
  const Case c = GENERATE(values<Case>({
      {"gw.QosAppFrequencyLimit", "App call exceeds limited frequency", ErrorCode::quota},
      {"gw.SignatureInvalid", "Invalid signature", ErrorCode::auth},
      {"gw.SignatureTimeout", "", ErrorCode::retry_later},
      {"gw.APIACLDecline", "AppKey is not allowed(acl)", ErrorCode::auth},
      {"gw.APIUnsupported", "", ErrorCode::bad_request},
      {"gw.ParamMissing", "", ErrorCode::bad_request},
      {"gw.ServiceTimeout", "", ErrorCode::outcome_unknown},
      {"400", "", ErrorCode::bad_request},
      {"401", "Request need user authorized", ErrorCode::auth},
      {"403", "", ErrorCode::auth},
      {"404", "", ErrorCode::not_found},
      {"500", "", ErrorCode::outcome_unknown},
      {"503", "", ErrorCode::outcome_unknown},
      {"500_001", "", ErrorCode::not_found},
      {"500_002", "", ErrorCode::bad_request},
      {"500_003", "", ErrorCode::bad_request},
      {"500_004", "库存不足", ErrorCode::sold_out},
      {"500_005", "", ErrorCode::below_moq},
      {"500_006", "", ErrorCode::below_moq},
      {"500_009", "", ErrorCode::below_moq},
      {"500_007", "", ErrorCode::rejected},
      {"500_008", "", ErrorCode::rejected},
      {"500_2", "", ErrorCode::not_found},
      {"CLOSE_ORDER_TOO_FAST", "", ErrorCode::retry_later},
      {"order.nopermission.buyer", "", ErrorCode::auth},
      {"order.createtime.history", "", ErrorCode::not_found},
      {"5xxx", "invalid access_token", ErrorCode::auth},
      {"", "商品[676651652931]不存在", ErrorCode::not_found},
      {"", "没有该商品的查询权限", ErrorCode::auth},
      {"a_code_of_tomorrow", "谁知道", ErrorCode::rejected},
  }));
  CAPTURE(c.code, c.message);
  CHECK(word(error_code_of(c.code, c.message)) == word(c.ours));
}

TEST_CASE("the gateway's refusals and failures are told from answers, whatever the HTTP status says", "[marketplace]") {
  struct Case {
    const char* why;
    int32_t status;
    const char* body;
    ErrorCode code;
    const char* context;
  };
  const Case c = GENERATE(values<Case>({
      {"too many calls", 400, R"({"error_code":"gw.QosAppFrequencyLimit","error_message":"App call exceeds"})",
       ErrorCode::quota, "gw.QosAppFrequencyLimit App call exceeds"},
      {"an error under 200", 200, R"({"error_code":"gw.APIACLDecline","error_message":"no"})", ErrorCode::auth, "no"},
      {"an old numeric code", 401, R"({"error_code":401,"exception":"Request need user authorized"})", ErrorCode::auth,
       "Request need user authorized"},
      {"a business error under 400", 400, R"({"errorCode":"500_004","errorMsg":"库存不足"})", ErrorCode::sold_out,
       "库存不足"},
      {"a page of a proxy", 502, "<html>Bad Gateway</html>", ErrorCode::outcome_unknown, "HTTP 502"},
      {"a page under 200", 200, "<html>", ErrorCode::outcome_unknown, "no JSON"},
      {"half a reply", 200, R"({"result":{"succ)", ErrorCode::outcome_unknown, "no JSON"},
      {"nothing", 200, "", ErrorCode::outcome_unknown, "no JSON"},
      {"a redirect", 302, "", ErrorCode::outcome_unknown, "HTTP 302"},
      {"a failure in JSON", 500, R"({"message":"down"})", ErrorCode::outcome_unknown, "HTTP 500"},
      {"a failure with the business's code", 500, R"({"code":"500_004"})", ErrorCode::outcome_unknown, "HTTP 500"},
      {"a bare 401", 401, "", ErrorCode::auth, "HTTP 401"},
      {"a bare 429", 429, "slow down", ErrorCode::quota, "HTTP 429"},
  }));
  CAPTURE(c.why);
  check_error(read_reply(reply(c.status, c.body)), c.code, c.context);
}

TEST_CASE("an answer is taken from the deepest place that has it, whatever `success` says", "[marketplace]") {
  struct Case {
    const char* why;
    const char* body;
  };
  const Case c = GENERATE(values<Case>({
      {"double result", R"({"result":{"success":true,"result":{"x":7}}})"},
      {"single result", R"({"result":{"x":7}})"},
      {"flat", R"({"x":7})"},
      {"flat beside a success that is false", R"({"success":false,"x":"7"})"},
      {"beside a code that says all is well", R"({"result":{"code":"200","result":{"x":7}}})"},
  }));
  CAPTURE(c.why);
  const Json json = json_of(c.body);
  const auto found = payload(Reply(json), {"x"});
  REQUIRE(found);
  CHECK((*found)["x"].whole() == 7);
}

TEST_CASE("without what was asked for, the business says why not", "[marketplace]") {
  struct Case {
    const char* why;
    const char* body;
    ErrorCode code;
    const char* context;
  };
  const Case c = GENERATE(values<Case>({
      {"errorMsg", R"({"success":false,"errorCode":"500_005","errorMsg":"起批"})", ErrorCode::below_moq,
       "500_005 起批"},
      {"under result", R"({"result":{"success":false,"code":"404","message":"商品不存在"}})", ErrorCode::not_found,
       "404"},
      {"under result.result", R"({"result":{"result":{"code":"500_004"}}})", ErrorCode::sold_out, "500_004"},
      {"erroMsg", R"({"success":false,"errorCode":"X","erroMsg":"操作库存失败"})", ErrorCode::rejected,
       "X 操作库存失败"},
      {"no code", R"({"success":"false","message":"没有该商品的查询权限"})", ErrorCode::auth, "没有该商品"},
      {"null is no answer", R"({"success":false,"x":null})", ErrorCode::rejected, ""},
      {"neither", R"({"result":{"success":true,"code":"200"}})", ErrorCode::bad_reply, "/result"},
      {"an array", "[]", ErrorCode::bad_reply, "/result"},
  }));
  CAPTURE(c.why);
  const Json json = json_of(c.body);
  check_error(payload(Reply(json), {"x"}), c.code, c.context);
}

TEST_CASE("only a frequency answer silences an app", "[marketplace]") {
  CHECK(is_quota_answer(reply(400, R"({"error_code":"gw.QosAppFrequencyLimit"})")));
  CHECK(is_quota_answer(reply(200, R"({"error_code":"gw.QosAppFrequencyLimit"})")));
  CHECK_FALSE(is_quota_answer(reply(200, R"({"result":{"x":"gw.QosAppFrequencyLimit"}})")));
  CHECK_FALSE(is_quota_answer(reply(400, R"({"error_code":"gw.SignatureInvalid"})")));
  CHECK_FALSE(is_quota_answer(reply(502, "gw.QosAppFrequencyLimit")));
}

}  // namespace sampan::alibaba1688
