#include "shared/marketplace/taobao/errors.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "shared/marketplace/taobao/iop_words.hpp"
#include "tests/unit/marketplace/taobao_replies.hpp"

namespace sampan::taobao {
namespace {

HttpReply reply(int32_t status, std::string body) { return {status, {}, std::move(body)}; }

}  // namespace

TEST_CASE("each code of Taobao Global's gateway has one meaning of ours", "[marketplace]") {
  struct Case {
    const char* code;
    const char* type;
    ErrorCode ours;
  };
  const Case c = GENERATE(values<Case>({
      {"IncompleteSignature", "ISV", ErrorCode::auth},
      {"InvalidSignature", "ISV", ErrorCode::auth},
      {"IllegalAccessToken", "ISV", ErrorCode::auth},
      {"IllegalRefreshToken", "ISV", ErrorCode::auth},
      {"MissingAccessToken", "ISV", ErrorCode::auth},
      {"InvalidAppKey", "ISV", ErrorCode::auth},
      {"AppWhiteIpLimit", "ISV", ErrorCode::auth},
      {"InsufficientPermission", "ISV", ErrorCode::auth},
      {"ApiCallLimit", "ISV", ErrorCode::quota},
      {"AppCallLimit", "SYSTEM", ErrorCode::quota},
      {"901", "ISV", ErrorCode::quota},
      {"ServiceTimeout", "ISP", ErrorCode::outcome_unknown},
      {"ServiceUnavailable", "SYSTEM", ErrorCode::outcome_unknown},
      {"InternalError", "SYSTEM", ErrorCode::outcome_unknown},
      {"WhoKnows", "ISP", ErrorCode::outcome_unknown},
      {"WhoKnows", "SYSTEM", ErrorCode::outcome_unknown},
      {"MissingParameter", "ISV", ErrorCode::bad_request},
      {"InvalidParameter", "ISV", ErrorCode::bad_request},
      {"InvalidTimestamp", "ISV", ErrorCode::retry_later},
      {"InvalidApiPath", "ISV", ErrorCode::bad_request},
      {"WhoKnows", "ISV", ErrorCode::rejected},
  }));
  CAPTURE(c.code, c.type);
  CHECK(word(iop_error_code(c.code, c.type)) == word(c.ours));
}

TEST_CASE("a code of the business is judged by what it is about, else by its text", "[marketplace]") {
  struct Case {
    const char* code;
    const char* message;
    ErrorCode ours;
  };
  const Case c = GENERATE(values<Case>({
      {"SKU_STOCK_NOT_ENOUGH", "sku stock not enough", ErrorCode::sold_out},
      {"sku_inventory_short", "", ErrorCode::sold_out},
      {"ITEM_NOT_EXIST", "", ErrorCode::not_found},
      {"ORDER_NOT_FOUND", "", ErrorCode::not_found},
      {"ITEM_OFF_SHELF", "", ErrorCode::not_found},
      {"SKU_NOT_EXIST", "", ErrorCode::bad_request},
      {"PARAM_ERROR", "", ErrorCode::bad_request},
      {"BELOW_BEGIN_AMOUNT", "", ErrorCode::below_moq},
      {"PURCHASE_AMOUNT_NOT_MATCH", "", ErrorCode::price_changed},
      {"PRICE_CHANGED", "", ErrorCode::price_changed},
      {"BALANCE_NOT_ENOUGH", "", ErrorCode::rejected},
      {"ORDER_STATUS_ERROR", "", ErrorCode::rejected},
      {"CANCEL_PROCESSING", "", ErrorCode::retry_later},
      {"DUPLICATE_OUTER_PURCHASE_ID", "", ErrorCode::outcome_unknown},
      {"SYSTEM_ERROR", "", ErrorCode::outcome_unknown},
      {"SERVICE_TIMEOUT", "", ErrorCode::outcome_unknown},
      {"PERMISSION_DENIED", "", ErrorCode::auth},
      {"API_CALL_LIMIT", "", ErrorCode::quota},
      {"E1009", "商品库存不足", ErrorCode::sold_out},
      {"", "商品不存在或已下架", ErrorCode::not_found},
      {"", "价格发生变化", ErrorCode::price_changed},
      {"", "账户余额不足", ErrorCode::rejected},
      {"E1009", "谁知道", ErrorCode::rejected},
  }));
  CAPTURE(c.code, c.message);
  CHECK(word(business_error_code(c.code, c.message)) == word(c.ours));
}

TEST_CASE("no word of a status or a refund has two meanings", "[marketplace]") {
  std::set<std::string_view> statuses;
  for (const StatusRow& row : status_rows) CHECK(statuses.insert(row.word).second);
  std::set<std::string_view> refunds;
  for (const RefundRow& row : refund_rows) CHECK(refunds.insert(row.word).second);
}

TEST_CASE("each code of TOP has one meaning of ours", "[marketplace]") {
  struct Case {
    int64_t code;
    const char* sub_code;
    const char* message;
    ErrorCode ours;
  };
  const Case c = GENERATE(values<Case>({
      {3, "", "", ErrorCode::rejected},
      {4, "", "", ErrorCode::quota},
      {7, "accesscontrol.limited-by-app-api-access-count", "", ErrorCode::quota},
      {8, "", "", ErrorCode::quota},
      {9, "", "", ErrorCode::bad_request},
      {10, "", "", ErrorCode::outcome_unknown},
      {11, "isv.permission-api-package-limit", "", ErrorCode::auth},
      {15, "isp.remote-service-timeout", "", ErrorCode::outcome_unknown},
      {15, "isv.item-not-exist:invalid", "", ErrorCode::not_found},
      {15, "isv.item-get-service-error:ITEM_NOT_FOUND", "", ErrorCode::not_found},
      {15, "isv.item-get-service-error:OTHER", "", ErrorCode::rejected},
      {15, "isv.user-not-exist:invalid-nick", "", ErrorCode::bad_request},
      {21, "", "", ErrorCode::bad_request},
      {25, "isv.invalid-signature", "", ErrorCode::auth},
      {27, "session-expired", "", ErrorCode::auth},
      {29, "", "", ErrorCode::auth},
      {31, "", "", ErrorCode::bad_request},
      {40, "isv.missing-parameter:q", "", ErrorCode::bad_request},
      {43, "", "", ErrorCode::rejected},
      {47, "", "", ErrorCode::bad_request},
      {50, "isv.trade-not-exist", "", ErrorCode::not_found},
      {50, "isv.permission-ip-whitelist-limit", "", ErrorCode::auth},
      {530, "isv.item-listing-service-error:GENERIC_FAILURE-tmall", "系统错误，请稍后再试:2012",
       ErrorCode::outcome_unknown},
      {530, "isv.item-listing-service-error:GENERIC_FAILURE-tmall", "标题太长", ErrorCode::rejected},
      {900, "isp.unknown-error", "", ErrorCode::outcome_unknown},
  }));
  CAPTURE(c.code, c.sub_code, c.message);
  CHECK(word(top_error_code(c.code, c.sub_code, c.message)) == word(c.ours));
}

TEST_CASE("either gateway's refusals and failures are told from answers", "[marketplace]") {
  struct Case {
    const char* why;
    int32_t status;
    const char* body;
    ErrorCode code;
    const char* context;
  };
  const Case c = GENERATE(values<Case>({
      {"IOP, too many calls", 200, R"({"code":"ApiCallLimit","type":"ISV","message":"This ban will last 1 seconds."})",
       ErrorCode::quota, "ApiCallLimit This ban"},
      {"IOP, the token", 400, R"({"code":"IllegalAccessToken","type":"ISV","message":"expired"})", ErrorCode::auth,
       "IllegalAccessToken expired"},
      {"IOP, behind the gateway", 200, R"({"code":"Oops","type":"ISP","message":"down"})", ErrorCode::outcome_unknown,
       "Oops"},
      {"TOP, the session", 200,
       R"({"error_response":{"code":27,"msg":"Invalid session","sub_code":"session-expired"}})", ErrorCode::auth,
       "27 session-expired Invalid session"},
      {"TOP, a number as text", 200, R"({"error_response":{"code":"7","msg":"Limited","sub_msg":"ban"}})",
       ErrorCode::quota, "7 ban"},
      {"a page of a proxy", 502, "<html>", ErrorCode::outcome_unknown, "HTTP 502"},
      {"a page under 200", 200, "<html>", ErrorCode::outcome_unknown, "no JSON"},
      {"half a reply", 200, R"({"code":"0","data":{)", ErrorCode::outcome_unknown, "no JSON"},
      {"a failure in JSON", 500, R"({"code":"0","data":{}})", ErrorCode::outcome_unknown, "no error code"},
      {"a bare 403", 403, "", ErrorCode::auth, "HTTP 403"},
      {"a bare 429", 429, "slow down", ErrorCode::quota, "HTTP 429"},
  }));
  CAPTURE(c.why);
  check_error(read_reply(reply(c.status, c.body)), c.code, c.context);
}

TEST_CASE("an answer is taken from the deepest place that has it", "[marketplace]") {
  const char* const body = GENERATE(as<const char*>{}, R"({"code":"0","data":{"x":7}})",
                                    R"({"code":"0","result":{"success":true,"data":{"x":"7"}}})",
                                    R"({"code":"0","data":{"result":{"data":{"x":7}}}})", R"({"x":7})",
                                    R"({"error_msg":"system error ","code":"0","data":{"x":7}})");
  CAPTURE(body);
  const Json json = json_of(body);
  const auto found = payload(Reply(json), {"x"});
  REQUIRE(found);
  CHECK((*found)["x"].whole() == 7);
}

TEST_CASE("without what was asked for, Taobao's business says why not", "[marketplace]") {
  struct Case {
    const char* why;
    const char* body;
    ErrorCode code;
    const char* context;
  };
  const Case c = GENERATE(values<Case>({
      {"beside code 0", R"({"code":"0","success":false,"error_code":"ITEM_NOT_EXIST","error_msg":"no item"})",
       ErrorCode::not_found, "ITEM_NOT_EXIST no item"},
      {"of search", R"({"code":"0","biz_error_code":"PARAM_ERROR","biz_error_msg":"keyword"})", ErrorCode::bad_request,
       "PARAM_ERROR keyword"},
      {"in data", R"({"code":"0","data":{"success":false,"error_code":"SKU_STOCK_NOT_ENOUGH"}})", ErrorCode::sold_out,
       "SKU_STOCK"},
      {"in result", R"({"result":{"success":"false","error_msg":"商品已下架"}})", ErrorCode::not_found, "下架"},
      {"a text without a failure is none", R"({"code":"0","success":true,"error_msg":"system error"})",
       ErrorCode::bad_reply, "/data"},
      {"null is no answer", R"({"code":"0","success":true,"x":null})", ErrorCode::bad_reply, "/data"},
      {"an array", "[]", ErrorCode::bad_reply, "/data"},
  }));
  CAPTURE(c.why);
  const Json json = json_of(c.body);
  check_error(payload(Reply(json), {"x"}), c.code, c.context);
}

TEST_CASE("an act is accepted where nothing says no", "[marketplace]") {
  const auto said = [](const char* body) {
    const Json json = json_of(body);
    return accepted(Reply(json));
  };
  CHECK(said(R"({"code":"0","success":true})"));
  CHECK(said(R"({"code":"0","result":{"success":"true"}})"));
  check_error(said(R"({"success":true,"data":{"success":false,"error_code":"X"}})"), ErrorCode::rejected, "X");
  check_error(said(R"({"code":"0"})"), ErrorCode::bad_reply);
}

TEST_CASE("only an answer about too many calls silences an app, for as long as it says", "[marketplace]") {
  const auto iop = reply(200, R"({"code":"ApiCallLimit","type":"ISV","message":"This ban will last 7 seconds."})");
  CHECK(is_quota_answer(iop));
  CHECK(ban_of(iop) == seconds(7));
  const auto top = reply(200, R"({"error_response":{"code":7,"msg":"App Call Limited",
                                  "sub_msg":"This ban will last for 61 more seconds"}})");
  CHECK(is_quota_answer(top));
  CHECK(ban_of(top) == seconds(61));
  const auto a_day = reply(200, R"({"error_response":{"code":7,"msg":"until tomorrow 00:00"}})");
  CHECK(is_quota_answer(a_day));
  CHECK_FALSE(ban_of(a_day));
  const auto forever = reply(200, R"({"code":"ApiCallLimit","message":"This ban will last 99999999999999999999 s"})");
  CHECK_FALSE(ban_of(forever));
  CHECK_FALSE(is_quota_answer(reply(200, R"({"code":"0","data":{"code":"ApiCallLimit"}})")));
  CHECK_FALSE(is_quota_answer(reply(502, "This ban will last 7 seconds")));
  CHECK_FALSE(ban_of(reply(200, R"({"code":"InvalidSignature","message":"This ban will last 7 seconds"})")));
}

TEST_CASE("an answer about the token is known, and nothing else for it", "[marketplace]") {
  CHECK(is_token_answer(reply(200, R"({"code":"IllegalAccessToken","type":"ISV"})")));
  CHECK(is_token_answer(reply(200, R"({"code":"MissingAccessToken","type":"ISV"})")));
  CHECK(is_token_answer(reply(200, R"({"error_response":{"code":27,"msg":"Invalid session"}})")));
  CHECK_FALSE(is_token_answer(reply(200, R"({"code":"IllegalRefreshToken","type":"ISV"})")));
  CHECK_FALSE(is_token_answer(reply(200, R"({"code":"0","data":{"code":"IllegalAccessToken"}})")));
  CHECK_FALSE(is_token_answer(reply(200, R"({"error_response":{"code":25}})")));
  CHECK_FALSE(is_token_answer(reply(401, "")));
}

}  // namespace sampan::taobao
