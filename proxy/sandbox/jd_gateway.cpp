#include "proxy/sandbox/jd_gateway.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "proxy/sandbox/jos_union.hpp"
#include "proxy/sandbox/struck_call.hpp"
#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr std::string_view jos_path = "/routerjson";
constexpr std::string_view vop_root = "/api/";
constexpr std::string_view token_root = "/oauth2/";
constexpr std::string_view goods_query = "jd.union.open.goods.query";

struct JosProblem {
  std::string_view code;
  std::string_view chinese;
  std::string_view english;
};
constexpr JosProblem frequency_limit{"2", "调用频率超限", "Too many requests"};
constexpr JosProblem no_timestamp{"10", "缺少时间戳参数", "Missing Timestamp"};
constexpr JosProblem bad_timestamp{"11", "非法的时间戳参数", "Invalid Timestamp"};
constexpr JosProblem bad_signature{"12", "无效签名", "Invalid Signature"};
constexpr JosProblem no_method{"15", "不存在的方法名", "Invalid Method"};
constexpr JosProblem bad_key{"20", "无效App Key", "Invalid App Key"};
constexpr JosProblem bad_parameters{"50", "无效的业务参数", "Invalid Parameters"};

bool begins_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

JdParameters parameters_of(const HttpRequest& request) {
  JdParameters parameters;
  for (const std::string* part : {&request.query, &request.body})
    for (HttpField& field : parse_form(*part))
      parameters.sent.push_back({std::move(field.name), std::move(field.value)});
  return parameters;
}

HttpReply json_reply(const Json& body) {
  return {200, {{"Content-Type", "application/json;charset=UTF-8"}}, json_text(body)};
}

HttpReply refused(const JosProblem& problem) {
  return json_reply(json_object({{"error_response", json_object({{"code", json_string(problem.code)},
                                                                 {"zh_desc", json_string(problem.chinese)},
                                                                 {"en_desc", json_string(problem.english)}})}}));
}

// JD spells it so: "jd_union_open_goods_query_responce".
HttpReply enveloped(std::string_view method, const Json& answer) {
  std::string key = std::string(method) + "_responce";
  std::replace(key.begin(), key.end(), '.', '_');
  return json_reply(
      json_object({{key, json_object({{"code", json_string("0")}, {"queryResult", json_string(json_text(answer))}})}}));
}

std::optional<JosProblem> objection_to_signature(const JdParameters& parameters, const JosAccount& account,
                                                 const Sign& sign) {
  if (parameters.text("app_key") != account.app_key) return bad_key;
  SignRequest request;
  request.secret = account.app_secret;
  request.parameters = parameters.sent;  // the signature itself is left out by the method
  if (parameters.text("sign") != sign(SignMethod::jd_md5, request).signature) return bad_signature;
  return std::nullopt;
}

std::optional<JosProblem> objection_to_time(const JdParameters& parameters, Instant now) {
  const auto sent = parameters.time("timestamp");
  if (!sent) return bad_timestamp;
  if (!*sent) return no_timestamp;
  const int64_t apart_ms = (now - **sent).ms;
  if (std::max(apart_ms, -apart_ms) > jos_timestamp_tolerance.ms) return bad_timestamp;
  return std::nullopt;
}

// What is no UTF-8 could be kept but never read again.
bool is_text(const std::string& sent) { return parse_json(json_text(json_string(sent))).has_value(); }

HttpReply too_many_vop_calls() { return vop_http_reply(vop_refuse("2010", "接口调用过于频繁，请稍后再试")); }

}  // namespace

JdGateway::JdGateway(World& world, const JdAccount& account, Sign sign, const IopBucket::MonotonicMs& monotonic_ms)
    : world_(world),
      account_(account),
      sign_(std::move(sign)),
      tokens_(account.vop, sign_),
      jos_calls_(account.jos.calls_per_second, monotonic_ms),
      vop_calls_(account.vop.calls_per_second, monotonic_ms) {
  for (const auto& family : {vop_product_apis(), vop_order_apis(), vop_order_reading_apis()})
    apis_.insert(apis_.end(), family.begin(), family.end());
}

bool JdGateway::is_for(std::string_view path) {
  return path == jos_path || begins_with(path, vop_root) || begins_with(path, token_root);
}

std::vector<std::string> JdGateway::api_names() const {
  std::vector<std::string> names{std::string(goods_query)};
  for (const VopApi& api : apis_) names.emplace_back(api.path);
  return names;
}

// Who is it, when, is it too often, is there such a method: in this order.
HttpReply JdGateway::answer_jos(const HttpRequest& request) {
  const JdParameters parameters = parameters_of(request);
  if (const auto problem = objection_to_signature(parameters, account_.jos, sign_)) return refused(*problem);
  if (const auto problem = objection_to_time(parameters, world_.now())) return refused(*problem);
  if (!jos_calls_.takes_one()) return refused(frequency_limit);
  if (parameters.text("method") != goods_query) return refused(no_method);
  const auto asked = parameters.json("360buy_param_json");
  if (!asked) return refused(bad_parameters);
  return struck_call(
      world_, goods_query, [] { return refused(frequency_limit); },
      [&] {
        return enveloped(goods_query, world_.look([&](Scene& scene) {
          return jos_union_goods(scene.markets.jd, scene.now, *asked);
        }));
      });
}

VopResult<VopReply> JdGateway::perform(const VopApi& api, const JdParameters& parameters) {
  const auto in_scene = [&](Scene& scene) { return api.answer({scene, parameters}); };
  if (!api.changes) return world_.look(in_scene);
  auto answer = world_.act(in_scene);
  if (!answer) return vop_refuse("5001", "服务异常，请稍后重试");
  return *std::move(answer);
}

HttpReply JdGateway::answer_vop(const HttpRequest& request) {
  const std::string_view path = std::string_view(request.path).substr(vop_root.size());
  const auto api = std::find_if(apis_.begin(), apis_.end(), [&](const VopApi& row) { return row.path == path; });
  if (api == apis_.end() || request.method != "POST") return vop_http_reply(vop_refuse("1001", "接口不存在"));
  const JdParameters parameters = parameters_of(request);
  if (const auto known = tokens_.check(parameters.text("token"), world_.now()); !known)
    return vop_http_reply(tl::unexpected(known.error()));
  if (!vop_calls_.takes_one()) return too_many_vop_calls();
  for (const std::string_view need : api->needs)
    if (parameters.text(need).empty()) return vop_http_reply(vop_malformed(need));
  for (const Parameter& parameter : parameters.sent)
    if (!is_text(parameter.key) || !is_text(parameter.value)) return vop_http_reply(vop_malformed("UTF-8"));
  return struck_call(world_, api->path, too_many_vop_calls, [&] { return vop_http_reply(perform(*api, parameters)); });
}

HttpReply JdGateway::answer_token(const HttpRequest& request) {
  const std::string_view path = std::string_view(request.path).substr(token_root.size());
  if (request.method != "POST" || (path != "accessToken" && path != "refreshToken"))
    return vop_http_reply(vop_refuse("1001", "接口不存在"));
  if (!vop_calls_.takes_one()) return too_many_vop_calls();
  const std::vector<HttpField> form = parse_form(request.body);
  const Instant now = world_.now();
  return vop_http_reply(path == "accessToken" ? tokens_.access_token(form, now) : tokens_.refresh_token(form, now));
}

HttpReply JdGateway::answer(const HttpRequest& request) {
  if (request.path == jos_path) return answer_jos(request);
  if (begins_with(request.path, vop_root)) return answer_vop(request);
  return answer_token(request);
}

}  // namespace sampan
