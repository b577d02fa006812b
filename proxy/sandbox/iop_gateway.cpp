#include "proxy/sandbox/iop_gateway.hpp"

#include <algorithm>
#include <utility>

#include "proxy/sandbox/struck_call.hpp"
#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr std::string_view root = "/rest";

const IopProblem bad_signature{"IncompleteSignature", "The request signature does not conform to platform standards"};
const IopProblem bad_method{"InvalidParameter", "The request method is not supported: POST or GET is expected"};
const IopProblem no_app{"InvalidAppKey", "The specified App Key is invalid"};
const IopProblem bad_timestamp{"InvalidTimestamp", "The specified timestamp is invalid or expired"};
const IopProblem no_path{"InvalidApiPath", "The specified API path is invalid"};
const IopProblem no_permission{"InsufficientPermission", "The app has no permission to call this API"};
const IopProblem bad_token{"IllegalAccessToken", "The specified access token is invalid or expired"};
const IopProblem too_often{"ApiCallLimit", "This ban will last 1 seconds."};
const IopProblem not_stored{"InternalError", "The sandbox could not be stored"};

IopProblem missing(std::string_view name) {
  return {"MissingParameter", "The input parameter \"" + std::string(name) +
                                  "\" that is mandatory for processing this request is not supplied"};
}

bool is_json(const std::string& body) { return !body.empty() && body.front() == '{'; }

void add_form(IopParameters& parameters, const std::string& form) {
  for (HttpField& field : parse_form(form)) parameters.sent.push_back({std::move(field.name), std::move(field.value)});
}

// lazada-open-platform-sdk sends the parameters of a POST as one JSON object, and in the query once more.
void add_members(IopParameters& parameters, const std::string& body) {
  const auto json = parse_json(body);
  if (!json) return;
  for (const JsonMember& member : json->members) {
    const bool is_text = member.value.kind == JsonKind::string;
    const std::string value = is_text ? member.value.text : json_text(member.value);
    const std::string* const in_query = parameters.find(member.name);
    if (in_query == nullptr || *in_query != value) parameters.sent.push_back({member.name, value});
  }
}

IopParameters parameters_of(const HttpRequest& request) {
  IopParameters parameters;
  add_form(parameters, request.query);
  is_json(request.body) ? add_members(parameters, request.body) : add_form(parameters, request.body);
  return parameters;
}

std::string_view type_of(std::string_view code) { return code == not_stored.code ? "SYSTEM" : "ISV"; }

// The one place where the three shapes differ.
std::vector<JsonMember> answered(const IopApi& api, Json data) {
  if (api.shape == IopShape::bare) return std::move(data.members);
  std::vector<JsonMember> members{{"success", json_boolean(true)},
                                  {"error_code", json_null()},
                                  {"error_msg", json_null()},
                                  {"data", std::move(data)}};
  if (api.shape == IopShape::data) return members;
  return {{"result", json_object(std::move(members))}};
}

std::vector<JsonMember> refused(const IopApi& api, const Error& error, const IopParameters& parameters) {
  const IopRefused no = iop_refused(error);
  std::vector<JsonMember> members{{"success", json_boolean(false)},
                                  {"error_code", json_string(no.code)},
                                  {"error_msg", json_string(no.message)},
                                  {"data", api.refused_data ? api.refused_data(no, parameters) : json_null()}};
  if (api.shape == IopShape::data) return members;
  return {{"result", json_object(std::move(members))}};
}

}  // namespace

IopGateway::IopGateway(World& world, IopAccount account, Sign sign, IopBucket::MonotonicMs monotonic_ms)
    : world_(world),
      account_(std::move(account)),
      sign_(std::move(sign)),
      bucket_(account_.calls_per_second, std::move(monotonic_ms)) {
  for (const auto& family : {iop_product_apis(), iop_purchase_apis(), iop_order_apis(), iop_token_apis()})
    apis_.insert(apis_.end(), family.begin(), family.end());
}

std::vector<std::string> IopGateway::paths() const {
  std::vector<std::string> paths;
  for (const IopApi& api : apis_) paths.emplace_back(api.path);
  return paths;
}

std::optional<IopProblem> IopGateway::check_timestamp(const IopParameters& parameters) {
  const auto sent = parameters.integer("timestamp", 0);
  if (!sent) return bad_timestamp;
  const int64_t apart_ms = (world_.now() - Instant{*sent}).ms;
  if (apart_ms > iop_timestamp_tolerance.ms || -apart_ms > iop_timestamp_tolerance.ms) return bad_timestamp;
  return std::nullopt;
}

// A body of JSON is signed behind the parameters of the query, byte for byte, or, as that SDK does it, member for member.
bool IopGateway::is_signed(const std::string& path, const HttpRequest& request, const IopParameters& parameters) const {
  if (parameters.text("sign_method") != "sha256") return false;
  const std::string sent = parameters.text("sign");
  SignRequest to_sign;
  to_sign.secret = account_.app_secret;
  to_sign.path = path;
  to_sign.parameters = parameters.sent;
  if (sign_(SignMethod::iop_sha256, to_sign).signature == sent) return true;
  if (!is_json(request.body)) return false;
  IopParameters of_query;
  add_form(of_query, request.query);
  to_sign.parameters = of_query.sent;
  to_sign.body = request.body;
  return sign_(SignMethod::iop_sha256, to_sign).signature == sent;
}

// Who is it, is it signed, is it too often.
std::optional<IopProblem> IopGateway::objection_to_caller(const std::string& path, const HttpRequest& request,
                                                          const IopParameters& parameters) {
  for (const std::string_view need : {"app_key", "timestamp", "sign_method", "sign"})
    if (parameters.text(need).empty()) return missing(need);
  if (parameters.text("app_key") != account_.app_key) return no_app;
  if (!is_signed(path, request, parameters)) return bad_signature;
  if (auto late = check_timestamp(parameters)) return late;
  if (!bucket_.takes_one()) return too_often;
  return std::nullopt;
}

// May the app, may the user, is all there.
std::optional<IopProblem> IopGateway::objection_to_call(const IopApi& api, const IopParameters& parameters) const {
  const std::vector<std::string>& denied = account_.without_permission;
  if (std::find(denied.begin(), denied.end(), api.path) != denied.end()) return no_permission;
  const std::string token = parameters.text("access_token");
  if (api.needs_token && token.empty()) return IopProblem{"MissingAccessToken", "The access token is not supplied"};
  if (api.needs_token && token != account_.access_token) return bad_token;
  for (const std::string_view need : api.needs)
    if (parameters.text(need).empty()) return missing(need);
  return std::nullopt;
}

HttpReply IopGateway::reply(std::vector<JsonMember> members, std::string_view code) {
  int64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = ++requests_;
  }
  members.push_back({"code", json_string(code)});
  members.push_back({"request_id", json_string("sandbox-" + std::to_string(number))});
  return {200, {{"Content-Type", "application/json;charset=UTF-8"}}, json_text(json_object(std::move(members)))};
}

HttpReply IopGateway::problem(const IopProblem& problem) {
  return reply({{"type", json_string(type_of(problem.code))}, {"message", json_string(problem.message)}}, problem.code);
}

HttpReply IopGateway::perform(const IopApi& api, const IopParameters& parameters) {
  const auto in_scene = [&](Scene& scene) { return api.answer({scene, account_, parameters}); };
  Result<Result<Json>> outcome = api.changes ? world_.act(in_scene) : Result<Result<Json>>(world_.look(in_scene));
  if (!outcome) return problem(not_stored);
  Result<Json>& answer = *outcome;
  if (answer) return reply(answered(api, *std::move(answer)), "0");
  // A bare answer has no place for a refusal: the gateway says it, by the code in the context.
  if (api.shape == IopShape::bare) return problem({answer.error().context, answer.error().sentence});
  return reply(refused(api, answer.error(), parameters), "0");
}

HttpReply IopGateway::answer(const HttpRequest& request) {
  if (request.method != "POST" && request.method != "GET") return problem(bad_method);
  if (request.path.rfind(std::string(root) + "/", 0) != 0) return problem(no_path);
  const std::string path = request.path.substr(root.size());
  const IopParameters parameters = parameters_of(request);
  if (const auto no = objection_to_caller(path, request, parameters)) return problem(*no);
  const auto api = std::find_if(apis_.begin(), apis_.end(), [&](const IopApi& row) { return row.path == path; });
  if (api == apis_.end()) return problem(no_path);
  if (const auto no = objection_to_call(*api, parameters)) return problem(*no);
  return struck_call(world_, api->path, [&] { return problem(too_often); }, [&] { return perform(*api, parameters); });
}

}  // namespace sampan
