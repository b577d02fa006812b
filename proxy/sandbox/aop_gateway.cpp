#include "proxy/sandbox/aop_gateway.hpp"

#include <algorithm>
#include <utility>

#include "proxy/sandbox/struck_call.hpp"
#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr std::string_view json_type = "application/json;charset=UTF-8";
constexpr std::string_view root = "/openapi/";
constexpr std::string_view token_root = "/openapi/http/1/system.oauth2/getToken/";

constexpr AopProblem signature_missing{400, "gw.SignatureMissing", "Missing signature"};
constexpr AopProblem signature_invalid{400, "gw.SignatureInvalid", "Invalid signature"};
constexpr AopProblem signature_timeout{400, "gw.SignatureTimeout", "Invalid timestamp"};
constexpr AopProblem api_unsupported{400, "gw.APIUnsupported", "The API is not supported"};
constexpr AopProblem acl_decline{400, "gw.APIACLDecline", "AppKey is not allowed(acl)"};
constexpr AopProblem param_missing{400, "gw.ParamMissing", "A required parameter is missing"};
constexpr AopProblem frequency_limit{400, "gw.QosAppFrequencyLimit", "App call exceeds limited frequency"};
constexpr AopProblem no_app{403, "403", "AppKey is not known"};
constexpr AopProblem no_token{401, "401", "Request need user authorized"};
constexpr AopProblem bad_token{401, "401", "invalid access_token"};
constexpr AopProblem bad_method{400, "400", "POST or GET is expected"};
constexpr AopProblem no_address{404, "404", "There is no such address"};
constexpr AopProblem not_stored{500, "500", "The sandbox could not be stored"};

bool begins_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

AopParameters parameters_of(const HttpRequest& request) {
  AopParameters parameters;
  for (const std::string* part : {&request.query, &request.body})
    for (HttpField& field : parse_form(*part))
      parameters.sent.push_back({std::move(field.name), std::move(field.value)});
  return parameters;
}

HttpReply json_reply(int32_t status, std::string body) {
  return {status, {{"Content-Type", std::string(json_type)}}, std::move(body)};
}

}  // namespace

struct AopGateway::Address {
  std::string signed_path;  // "param2/1/com.alibaba.trade/alibaba.trade.cancel/1000000"
  std::string space;
  std::string name;
  std::string app_key;
};

std::optional<AopGateway::Address> AopGateway::address_of(const std::string& path) {
  if (!begins_with(path, root)) return std::nullopt;
  Address address;
  address.signed_path = path.substr(root.size());
  std::vector<std::string> parts(1);
  for (const char c : address.signed_path) {
    if (c == '/')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  if (parts.size() != 5 || parts[0] != "param2") return std::nullopt;
  address.space = parts[2];
  address.name = parts[3];
  address.app_key = parts[4];
  return address;
}

std::optional<AopProblem> check_aop_signature(const Sign& sign, const std::string& secret, std::string path,
                                              const std::vector<Parameter>& parameters) {
  const auto sent = std::find_if(parameters.begin(), parameters.end(),
                                 [](const Parameter& parameter) { return parameter.key == "_aop_signature"; });
  if (sent == parameters.end() || sent->value.empty()) return signature_missing;
  SignRequest request;
  request.secret = secret;
  request.path = std::move(path);
  request.parameters = parameters;
  if (sign(SignMethod::aop_sha1, request).signature != sent->value) return signature_invalid;
  return std::nullopt;
}

AopGateway::AopGateway(World& world, AopAccount account, Sign sign, MonotonicMs monotonic_ms)
    : world_(world),
      account_(std::move(account)),
      sign_(std::move(sign)),
      monotonic_ms_(std::move(monotonic_ms)),
      thousandths_(account_.calls_per_second * 1000),
      filled_at_ms_(monotonic_ms_()) {
  for (const auto& family : {aop_system_apis(), aop_product_apis(), aop_order_apis(), aop_order_reading_apis(),
                             aop_refund_apis(), aop_logistics_apis(), aop_message_apis()})
    apis_.insert(apis_.end(), family.begin(), family.end());
}

std::vector<std::string> AopGateway::api_names() const {
  std::vector<std::string> names;
  for (const AopApi& api : apis_) names.push_back(std::string(api.space) + ":" + std::string(api.name));
  return names;
}

// A bucket that holds one second's calls.
bool AopGateway::takes_one() {
  const std::lock_guard lock(mutex_);
  const int64_t now_ms = monotonic_ms_();
  const int64_t rate = account_.calls_per_second;
  thousandths_ = std::min(rate * 1000, thousandths_ + (now_ms - filled_at_ms_) * rate);
  filled_at_ms_ = now_ms;
  if (thousandths_ < 1000) return false;
  thousandths_ -= 1000;
  return true;
}

std::optional<AopProblem> AopGateway::check_timestamp(const AopParameters& parameters) {
  if (parameters.find("_aop_timestamp") == nullptr) return std::nullopt;
  const auto sent = parameters.integer("_aop_timestamp", 0);
  if (!sent) return signature_timeout;
  const int64_t apart_ms = (world_.now() - Instant{*sent}).ms;
  if (apart_ms > aop_timestamp_tolerance.ms || -apart_ms > aop_timestamp_tolerance.ms) return signature_timeout;
  return std::nullopt;
}

// Who is it, is it signed, is it too often.
std::optional<AopProblem> AopGateway::objection_to_caller(const Address& address, const AopParameters& parameters) {
  if (address.app_key != account_.app_key) return no_app;
  if (auto unsigned_call = check_aop_signature(sign_, account_.app_secret, address.signed_path, parameters.sent))
    return unsigned_call;
  if (auto late = check_timestamp(parameters)) return late;
  if (!takes_one()) return frequency_limit;
  return std::nullopt;
}

// May the app, may the user, is all there: in this order, as 1688 does.
std::optional<AopProblem> AopGateway::objection_to_call(const AopApi& api, const AopParameters& parameters) {
  const std::vector<std::string>& denied = account_.without_permission;
  if (std::find(denied.begin(), denied.end(), api.name) != denied.end()) return acl_decline;
  if (api.needs_token) {
    const std::string token = parameters.text("access_token");
    if (token.empty()) return no_token;
    const bool is_known = world_.look(
        [&](const Scene& scene) { return is_known_access_token(scene.tokens, account_, token, scene.now); });
    if (!is_known) return bad_token;
  }
  for (const std::string_view need : api.needs)
    if (parameters.text(need).empty()) return param_missing;
  return std::nullopt;
}

HttpReply AopGateway::problem(const AopProblem& problem) {
  int64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = ++requests_;
  }
  return json_reply(problem.status,
                    json_text(json_object({{"error_code", json_string(problem.code)},
                                           {"error_message", json_string(problem.message)},
                                           {"exception", json_string(problem.message)},
                                           {"request_id", json_string("sandbox-" + std::to_string(number))}})));
}

HttpReply AopGateway::perform(const AopApi& api, const AopParameters& parameters) {
  const auto in_scene = [&](Scene& scene) {
    auto answer = api.answer({scene, account_, parameters});
    return answer ? json_text(*answer) : json_text(refusal_body(api, answer.error(), parameters));
  };
  if (!api.changes) return json_reply(200, world_.look(in_scene));
  auto body = world_.act(in_scene);
  if (!body) return problem(not_stored);
  return json_reply(200, *std::move(body));
}

HttpReply AopGateway::call(const AopApi& api, const AopParameters& parameters) {
  return struck_call(
      world_, api.name, [&] { return problem(frequency_limit); }, [&] { return perform(api, parameters); });
}

HttpReply AopGateway::token_answer(const HttpRequest& request) {
  const bool asks_token = begins_with(request.path, token_root);
  if (asks_token && !takes_one()) return problem(frequency_limit);
  auto reply = world_.act([&](Scene& scene) {
    if (!asks_token) return authorise(scene.tokens, account_, sign_, request.query, scene.now);
    return get_token(scene.tokens, account_, sign_, parse_form(request.body), scene.now);
  });
  if (!reply) return problem(not_stored);
  return *std::move(reply);
}

HttpReply AopGateway::answer(const HttpRequest& request) {
  if (request.method != "POST" && request.method != "GET") return problem(bad_method);
  if (request.path == "/oauth/authorize" || begins_with(request.path, token_root)) return token_answer(request);
  const std::optional<Address> address = address_of(request.path);
  if (!address) return problem(no_address);
  const AopParameters parameters = parameters_of(request);
  const auto api = std::find_if(apis_.begin(), apis_.end(), [&](const AopApi& row) {
    return row.space == address->space && row.name == address->name && begins_with(address->signed_path, "param2/1/");
  });
  if (const auto no = objection_to_caller(*address, parameters)) return problem(*no);
  if (api == apis_.end()) return problem(api_unsupported);
  if (const auto no = objection_to_call(*api, parameters)) return problem(*no);
  return call(*api, parameters);
}

}  // namespace sampan
