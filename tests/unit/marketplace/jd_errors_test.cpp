// What JD's gateways mean when they say no.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/jd/errors.hpp"
#include "tests/unit/marketplace/jd_replies.hpp"

namespace sampan::jd {
namespace {

std::string vop_says(const std::string& code, const std::string& message = {}) {
  return R"({"success":false,"resultMessage":")" + message + R"(","resultCode":")" + code + R"(","result":null})";
}

std::string jos_says(const std::string& code) {
  return R"({"error_response":{"code":")" + code + R"(","zh_desc":"…"}})";
}

std::string union_says(const std::string& inner) {
  return R"({"jd_union_open_goods_query_responce":{"code":"0","queryResult":")" + inner + R"("}})";
}

Result<Reply> vop_read(const std::string& body, Json& kept) {
  auto read = read_vop_reply({200, {}, body});
  if (!read) return tl::unexpected(read.error());
  kept = *std::move(read);
  return vop_result(Reply(kept));
}

}  // namespace

TEST_CASE("a refusal of JOS is one of our errors, by its code", "[marketplace]") {
  struct Case {
    const char* code;
    ErrorCode ours;
  };
  const Case c = GENERATE(values<Case>({
      {"1", ErrorCode::retry_later},
      {"2", ErrorCode::quota},
      {"6", ErrorCode::quota},
      {"8", ErrorCode::auth},
      {"10", ErrorCode::bad_request},
      {"12", ErrorCode::auth},
      {"15", ErrorCode::bad_request},
      {"19", ErrorCode::auth},
      {"43", ErrorCode::retry_later},
      {"50", ErrorCode::rejected},
      {"63", ErrorCode::retry_later},
      {"777", ErrorCode::rejected},
  }));
  CAPTURE(c.code);
  check_error(read_jos_reply({200, {}, jos_says(c.code)}), c.ours, c.code);
}

TEST_CASE("an answer of the union is text inside its envelope, or an object", "[marketplace]") {
  CHECK(read_jos_reply({200, {}, reply_text("union_goods")})->find("totalCount")->text == "41");
  const std::string plain = R"({"jd_union_open_goods_query_response":{"code":"0","result":{"code":200,"data":[]}}})";
  CHECK(read_jos_reply({200, {}, plain}));
}

TEST_CASE("what the union says no to is one of our errors", "[marketplace]") {
  struct Case {
    const char* why;
    std::string body;
    ErrorCode ours;
    const char* context;
  };
  const Case c = GENERATE(values<Case>({
      {"bad parameters", union_says(R"({\"code\":400,\"message\":\"keyword\"})"), ErrorCode::bad_request,
       "400 keyword"},
      {"no permission", union_says(R"({\"code\":403})"), ErrorCode::auth, "403"},
      {"nothing found", union_says(R"({\"code\":411})"), ErrorCode::not_found, "411"},
      {"its own failure", union_says(R"({\"code\":500})"), ErrorCode::retry_later, "500"},
      {"an unknown code", union_says(R"({\"code\":2001105})"), ErrorCode::rejected, "2001105"},
      {"no code", union_says(R"({\"data\":[]})"), ErrorCode::bad_reply, "/queryResult"},
      {"no JSON in the text", union_says("{"), ErrorCode::bad_reply, "/queryResult"},
      {"the envelope's own code", R"({"a_responce":{"code":"19","zh_desc":"无效"}})", ErrorCode::auth, "19"},
      {"neither an answer nor an error", R"({"a":1})", ErrorCode::bad_reply, ""},
      {"an empty envelope", R"({"a_responce":{"code":"0"}})", ErrorCode::bad_reply, "/queryResult"},
  }));
  CAPTURE(c.why);
  check_error(read_jos_reply({200, {}, c.body}), c.ours, c.context);
}

TEST_CASE("a refusal of VOP is one of our errors, by its code or its text", "[marketplace]") {
  struct Case {
    const char* code;
    const char* message;
    ErrorCode ours;
  };
  const Case c = GENERATE(values<Case>({
      {"0010", "3780980不在您的商品池中 ", ErrorCode::not_offered},
      {"0010", "没有数据", ErrorCode::not_found},
      {"2003", "", ErrorCode::auth},
      {"2007", "accessToken已过期", ErrorCode::auth},
      {"2010", "", ErrorCode::quota},
      {"3004", "[5729524]商品已下架，不能下单 ", ErrorCode::sold_out},
      {"3008", "编号为2586166的赠品无货", ErrorCode::sold_out},
      {"3009", "【4838382】商品在该配送区域内受限", ErrorCode::rejected},
      {"3017", "您的余额不足", ErrorCode::rejected},
      {"3204", "该订单已经生产，不能取消订单！", ErrorCode::rejected},
      {"3401", "订单不存在", ErrorCode::not_found},
      {"5001", "服务异常，请稍后重试", ErrorCode::outcome_unknown},
      {"5999", "?", ErrorCode::outcome_unknown},
      {"3999", "商品价格已变化", ErrorCode::price_changed},
      {"3999", "价格快照与京东价格不一致", ErrorCode::price_changed},
      {"3999", "价格为0", ErrorCode::rejected},
      {"3999", "商品无货", ErrorCode::sold_out},
      {"3999", "低于最低起购量", ErrorCode::below_moq},
      {"", "调用过于频繁", ErrorCode::quota},
      {"3999", "别的", ErrorCode::rejected},
  }));
  CAPTURE(c.code, c.message);
  Json kept;
  check_error(vop_read(vop_says(c.code, c.message), kept), c.ours, c.message);
}

TEST_CASE("VOP's success decides, whatever its code", "[marketplace]") {
  Json kept;
  CHECK(vop_read(R"({"success":true,"resultCode":null,"result":{"a":1}})", kept)->operator[]("a").text() == "1");
  CHECK(vop_read(R"({"success":true,"resultCode":"0002","result":true})", kept)->is_true());
  CHECK(vop_read(R"({"resultCode":"0000","result":{"a":1}})", kept));
  CHECK(vop_read(R"({"jingdong_vop_x_responce":{"success":true,"resultCode":"0000","result":{"a":1}}})", kept)
            ->operator[]("a")
            .has_value());
  check_error(vop_read(R"({"success":false,"resultCode":"0000","result":null})", kept), ErrorCode::rejected);
  check_error(vop_read(R"({"result":{"a":1}})", kept), ErrorCode::bad_reply, "/success");
  check_error(vop_read(jos_says("19"), kept), ErrorCode::auth);
}

TEST_CASE("what is no answer of JD leaves open what happened", "[marketplace]") {
  struct Case {
    const char* body;
    int32_t status;
    ErrorCode ours;
  };
  const Case c = GENERATE(values<Case>({
      {"", 200, ErrorCode::outcome_unknown},
      {"<html>", 502, ErrorCode::outcome_unknown},
      {R"({"success":tr)", 200, ErrorCode::outcome_unknown},
      {"[]", 200, ErrorCode::outcome_unknown},
      {R"({"success":true,"result":1})", 500, ErrorCode::outcome_unknown},
      {"", 401, ErrorCode::auth},
      {"", 429, ErrorCode::quota},
  }));
  CAPTURE(c.body, c.status);
  check_error(read_vop_reply({c.status, {}, c.body}), c.ours);
  check_error(read_jos_reply({c.status, {}, c.body}), c.ours);
}

TEST_CASE("an answer says whether the calls are too many and whether the token is worn", "[marketplace]") {
  CHECK(is_quota_answer({200, {}, vop_says("2010")}));
  CHECK(is_quota_answer({200, {}, jos_says("6")}));
  CHECK(is_quota_answer({429, {}, ""}));
  CHECK_FALSE(is_quota_answer({200, {}, vop_says("3017")}));
  CHECK_FALSE(is_quota_answer({200, {}, reply_text("detail")}));
  CHECK(is_token_answer({200, {}, reply_text("token_expired")}));
  CHECK(is_token_answer({200, {}, jos_says("19")}));
  CHECK_FALSE(is_token_answer({200, {}, jos_says("12")}));
  CHECK_FALSE(is_token_answer({200, {}, vop_says("5001")}));
  CHECK_FALSE(is_token_answer({200, {}, "<html>"}));
}

}  // namespace sampan::jd
