#include "proxy/sandbox/aop_api.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "proxy/sandbox/wire_json.hpp"
#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {
namespace {

Result<int64_t> integer_of(std::string_view text, std::string_view about) {
  int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, value);
  if (problem != std::errc{} || stopped != end) return malformed(about);
  return value;
}

// What the buyer reads, by the platform's code; "%" is what it is about. 1688 has no list of its sentences: these are the
// ones that its documents and reports show, and plain Chinese for the rest.
struct Sentence {
  std::string_view code;
  std::string_view text;
};
constexpr std::array sentences{
    Sentence{"400", "参数错误：%"},
    Sentence{"404", "%不存在"},
    Sentence{"404_product", "商品[%]不存在"},
    Sentence{"500_001", "商品[%]不支持在线交易。"},
    Sentence{"500_002", "不支持多个卖家的商品一起下单：%"},
    Sentence{"500_003", "商品[%]的规格不存在或不属于该商品。"},
    Sentence{"500_004", "商品[%]库存不足，请核实库存后订购。"},
    Sentence{"500_005", "商品[%]的购买数量不满足起批量限制。"},
    Sentence{"500_006", "商品[%]不满足混批限制。"},
    Sentence{"500_009", "商品[%]的购买数量不满足整批限制。"},
    Sentence{"500_2", "订单尚未发货，暂无物流详情，请稍候再试。"},
    Sentence{"CLOSE_ORDER_TOO_FAST", "订单创建后10秒内不能关闭，请稍后再试：%"},
    Sentence{"ORDER_STATUS_ERROR", "订单状态错误：%"},
    Sentence{"ORDER_NOT_EXIST", "订单不存在：%"},
    Sentence{"balance_not_enough", "账户余额不足：%"},
};

struct Refused {
  std::string code;
  std::string message;
  std::string about;
};

// 404 is said of products and of orders alike.
bool is_about_products(const AopApi& api) {
  return std::any_of(api.needs.begin(), api.needs.end(), [](std::string_view need) {
    return need == "offerDetailParam" || need == "productFreightQueryParamsNew" || need == "cargoParamList";
  });
}

Refused refused(const Error& error, const AopApi& api) {
  const size_t space = std::min(error.context.find(' '), error.context.size());
  Refused no{error.context.substr(0, space), error.sentence, {}};
  no.about = error.context.substr(std::min(space + 1, error.context.size()));
  std::string what = no.about.substr(0, no.about.find(':'));
  std::replace(what.begin(), what.end(), ' ', '_');
  const std::string known_as = no.code == "404" && is_about_products(api) ? "404_product" : no.code;
  for (const Sentence& sentence : sentences) {
    if (sentence.code != known_as) continue;
    no.message = std::string(sentence.text);
    if (const size_t at = no.message.find('%'); at != std::string::npos) no.message.replace(at, 1, what);
  }
  return no;
}

// The offer that an order failed for, with the spec that it was asked by; nothing when it was not about one.
Json failed_offers(const Refused& no, const AopParameters& parameters) {
  const std::string offer = no.about.substr(0, no.about.find_first_of(" :"));
  const auto cargo = parameters.json("cargoParamList");
  if (!cargo) return json_array({});
  for (const Json& line : cargo->items) {
    if (member_text(line, "offerId") != offer) continue;
    return json_array({json_object({{"offerId", json_string(offer)},
                                    {"specId", json_string(member_text(line, "specId"))},
                                    {"errorCode", json_string(no.code)},
                                    {"errorMessage", json_string(no.message)}})});
  }
  return json_array({});
}

}  // namespace

const std::string* AopParameters::find(std::string_view name) const {
  const auto found =
      std::find_if(sent.begin(), sent.end(), [&](const Parameter& parameter) { return parameter.key == name; });
  return found == sent.end() ? nullptr : &found->value;
}

std::string AopParameters::text(std::string_view name) const {
  const std::string* const value = find(name);
  return value == nullptr ? std::string() : *value;
}

Result<int64_t> AopParameters::integer(std::string_view name, int64_t when_absent) const {
  const std::string value = text(name);
  if (value.empty()) return when_absent;
  return integer_of(value, name);
}

Result<Json> AopParameters::json(std::string_view name) const {
  auto json = parse_json(text(name));
  if (!json) return malformed(name);
  return json;
}

Result<std::optional<Instant>> AopParameters::time(std::string_view name) const {
  const std::string value = text(name);
  if (value.empty()) return std::optional<Instant>{};
  const auto at = parse_aop_time(value);
  if (!at) return malformed(name);
  return std::optional<Instant>{*at};
}

std::string member_text(const Json& object, std::string_view name) {
  const Json* const member = object.find(name);
  if (member == nullptr || (member->kind != JsonKind::string && member->kind != JsonKind::number)) return {};
  return member->text;
}

Result<int64_t> member_integer(const Json& object, std::string_view name) {
  return integer_of(member_text(object, name), name);
}

Error renamed(Error error, std::string_view code, std::string_view to) {
  if (error.context.rfind(std::string(code) + " ", 0) == 0) error.context.replace(0, code.size(), to);
  return error;
}

tl::unexpected<Error> malformed(std::string_view about) { return refuse(Refusal::malformed, about); }

Json wrapped_result(Json result, std::string_view code, std::string_view message) {
  return json_object({{"result", json_object({{"success", json_boolean(true)},
                                              {"code", json_string(code)},
                                              {"message", json_string(message)},
                                              {"result", std::move(result)}})}});
}

Json refusal_body(const AopApi& api, const Error& error, const AopParameters& parameters) {
  const Refused no = refused(error, api);
  const JsonMember success{"success", json_boolean(false)};
  const JsonMember code{"code", json_string(no.code)};
  const JsonMember message{"message", json_string(no.message)};
  switch (api.refusal) {
    case AopRefusalShape::top_error_msg:
      return json_object({success, {"errorCode", json_string(no.code)}, {"errorMsg", json_string(no.message)}});
    case AopRefusalShape::top_error_message:
      return json_object({success, {"errorCode", json_string(no.code)}, {"errorMessage", json_string(no.message)}});
    case AopRefusalShape::result_code: return json_object({{"result", json_object({success, code, message})}});
    case AopRefusalShape::result_and_top: break;
  }
  const JsonMember failed{"failedOfferList", failed_offers(no, parameters)};
  return json_object({{"result", json_object({success, code, message, failed})}, success, code, message});
}

}  // namespace sampan
