#include "proxy/sandbox/top_gateway.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "proxy/sandbox/struck_call.hpp"
#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr std::string_view root = "/router/rest";

const TopProblem http_action{9, "HTTP Action Not Allowed", {}, {}};
const TopProblem invalid_method{22, "Invalid Method", "isv.invalid-method", "Method is not known"};
const TopProblem invalid_format{23, "Invalid Format", "isv.invalid-format", "The sandbox answers json only"};
const TopProblem invalid_signature{25, "Invalid signature", "isv.invalid-signature", "Invalid signature"};
const TopProblem invalid_session{27, "Invalid session", "invalid-sessionkey", "Session is not known"};
const TopProblem invalid_app_key{29, "Invalid app Key", "isv.appkey-not-exists", "App key is not known"};
const TopProblem invalid_timestamp{31, "Invalid timestamp", "isv.invalid-timestamp", "Timestamp is too far from now"};
const TopProblem invalid_version{33, "Invalid version", "isv.invalid-version", "2.0 is expected"};
const TopProblem call_limited{7, "App Call Limited", "accesscontrol.limited-by-api-access-count",
                              "This ban will last for 1 more seconds"};

// Each has its own code.
struct Required {
  std::string_view parameter;
  int64_t code;
  std::string_view message;
};
constexpr std::array required{
    Required{"method", 21, "Missing Method"},         Required{"app_key", 28, "Missing app Key"},
    Required{"timestamp", 30, "Missing timestamp"},   Required{"v", 32, "Missing version"},
    Required{"sign_method", 24, "Missing signature"}, Required{"sign", 24, "Missing signature"},
};

struct MethodRow {
  std::string_view name;
  SignMethod method;
};
constexpr std::array sign_methods{MethodRow{"md5", SignMethod::top_md5}, MethodRow{"hmac", SignMethod::top_hmac},
                                  MethodRow{"hmac-sha256", SignMethod::top_hmac_sha256}};

TopParameters parameters_of(const HttpRequest& request) {
  TopParameters parameters;
  for (const std::string* part : {&request.query, &request.body})
    for (HttpField& field : parse_form(*part))
      parameters.sent.push_back({std::move(field.name), std::move(field.value)});
  return parameters;
}

// "taobao.tbk.item.info.get" is answered under "tbk_item_info_get_response".
std::string response_key(std::string_view method) {
  constexpr std::string_view taobao = "taobao.";
  if (method.substr(0, taobao.size()) == taobao) method.remove_prefix(taobao.size());
  std::string key(method);
  std::replace(key.begin(), key.end(), '.', '_');
  return key + "_response";
}

HttpReply json_reply(const Json& json) {
  return {200, {{"Content-Type", "text/javascript;charset=UTF-8"}}, json_text(json)};
}

}  // namespace

TopProblem top_missing(std::string_view parameter) {
  return {40, "Missing required arguments:" + std::string(parameter), "isv.missing-parameter:" + std::string(parameter),
          "Missing parameter"};
}

TopProblem top_invalid(std::string_view parameter) {
  return {41, "Invalid arguments:" + std::string(parameter), "isv.invalid-parameter:" + std::string(parameter),
          "Invalid parameter"};
}

TopGateway::TopGateway(World& world, TopAccount account, Sign sign, IopBucket::MonotonicMs monotonic_ms)
    : world_(world),
      account_(std::move(account)),
      sign_(std::move(sign)),
      bucket_(account_.calls_per_second, std::move(monotonic_ms)),
      apis_(top_product_apis()) {}

std::vector<std::string> TopGateway::methods() const {
  std::vector<std::string> methods;
  for (const TopApi& api : apis_) methods.emplace_back(api.method);
  return methods;
}

bool TopGateway::is_signed(const TopParameters& parameters) const {
  const std::string asked = parameters.text("sign_method");
  for (const MethodRow& row : sign_methods) {
    if (row.name != asked) continue;
    SignRequest request;
    request.secret = account_.app_secret;
    request.parameters = parameters.sent;
    return sign_(row.method, request).signature == parameters.text("sign");
  }
  return false;
}

bool TopGateway::is_timely(const TopParameters& parameters) {
  const auto sent = parameters.time("timestamp");
  if (!sent || !*sent) return false;
  const int64_t apart_ms = (world_.now() - **sent).ms;
  return apart_ms <= top_timestamp_tolerance.ms && -apart_ms <= top_timestamp_tolerance.ms;
}

std::optional<TopProblem> TopGateway::objection_to_caller(const TopParameters& parameters) {
  for (const Required& each : required)
    if (parameters.text(each.parameter).empty()) return TopProblem{each.code, std::string(each.message), {}, {}};
  if (parameters.text("app_key") != account_.app_key) return invalid_app_key;
  if (parameters.text("v") != "2.0") return invalid_version;
  if (parameters.text("format") != "json") return invalid_format;
  if (!is_signed(parameters)) return invalid_signature;
  if (!is_timely(parameters)) return invalid_timestamp;
  const std::string session = parameters.text("session");
  if (!session.empty() && session != account_.access_token) return invalid_session;
  if (!bucket_.takes_one()) return call_limited;
  return std::nullopt;
}

std::string TopGateway::next_request_id() {
  const std::lock_guard lock(mutex_);
  return "sandbox-" + std::to_string(++requests_);
}

HttpReply TopGateway::problem(const TopProblem& problem) {
  std::vector<JsonMember> error{{"code", json_integer(problem.code)}, {"msg", json_string(problem.message)}};
  if (!problem.sub_code.empty()) {
    error.push_back({"sub_code", json_string(problem.sub_code)});
    error.push_back({"sub_msg", json_string(problem.sub_message)});
  }
  error.push_back({"request_id", json_string(next_request_id())});
  return json_reply(json_object({{"error_response", json_object(std::move(error))}}));
}

HttpReply TopGateway::perform(const TopApi& api, const TopParameters& parameters) {
  auto answer = world_.look([&](Scene& scene) { return api.answer({scene, parameters}); });
  if (!answer) return problem(answer.error());
  answer->members.push_back({"request_id", json_string(next_request_id())});
  return json_reply(json_object({{response_key(api.method), *std::move(answer)}}));
}

HttpReply TopGateway::answer(const HttpRequest& request) {
  if (request.path != root || (request.method != "POST" && request.method != "GET")) return problem(http_action);
  const TopParameters parameters = parameters_of(request);
  if (const auto no = objection_to_caller(parameters)) return problem(*no);
  const std::string method = parameters.text("method");
  const auto api = std::find_if(apis_.begin(), apis_.end(), [&](const TopApi& row) { return row.method == method; });
  if (api == apis_.end()) return problem(invalid_method);
  for (const std::string_view need : api->needs)
    if (parameters.text(need).empty()) return problem(top_missing(need));
  return struck_call(
      world_, api->method, [&] { return problem(call_limited); }, [&] { return perform(*api, parameters); });
}

}  // namespace sampan
