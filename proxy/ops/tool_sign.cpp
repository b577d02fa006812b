#include <utility>

#include "proxy/ops/tool.hpp"

namespace sampan {
namespace {

struct SignAnswer {
  std::string canonical;
  std::string signature;
};
FIELDS(SignAnswer, canonical, signature)

Result<void> read_text(const Json& question, std::string_view name, std::string& into) {
  const Json* member = question.find(name);
  if (member == nullptr || member->kind == JsonKind::null) return done();
  return json_detail::read_member(question, name, into);
}

Result<void> require_text(const Json& question, std::string_view name, std::string& into) {
  TRY_DO(read_text(question, name, into));
  if (into.empty()) return fail(ErrorCode::bad_input, "A field is missing or empty.", "/" + std::string(name));
  return done();
}

Result<std::string> scalar_text(const Json& value) {
  if (value.kind == JsonKind::string || value.kind == JsonKind::number) return value.text;
  if (value.kind == JsonKind::boolean) return std::string(value.boolean ? "true" : "false");
  return fail(ErrorCode::bad_input,
              "A parameter is a string, a number or a boolean: give an object as the text to sign.");
}

// SP-API joins the elements of an array by commas.
Result<std::string> list_text(const Json& value) {
  std::string text;
  for (const Json& item : value.items) {
    TRY(const std::string element, scalar_text(item));
    if (&item != &value.items.front()) text += ',';
    text += element;
  }
  return text;
}

Result<std::vector<Parameter>> read_parameters(const Json& question, SignMethod method) {
  std::vector<Parameter> parameters;
  const Json* params = question.find("params");
  if (params == nullptr || params->kind == JsonKind::null) return parameters;
  if (params->kind != JsonKind::object)
    return tl::unexpected(at_pointer(wrong_kind(*params, JsonKind::object).value(), "params"));
  parameters.reserve(params->members.size());
  for (const auto& [key, value] : params->members) {
    if (value.kind == JsonKind::null) continue;
    const bool is_list = method == SignMethod::jd_sp && value.kind == JsonKind::array;
    auto text = is_list ? list_text(value) : scalar_text(value);
    if (!text) return tl::unexpected(at_pointer(at_pointer(std::move(text).error(), key), "params"));
    parameters.push_back({key, *std::move(text)});
  }
  return parameters;
}

Result<std::string> answer_sign(const Json& question, const Sign& sign) {
  std::string name;
  TRY_DO(require_text(question, "method", name));
  const auto method = parse_sign_method(name);
  if (!method) return fail(ErrorCode::bad_input, "This signing method is unknown.", shortened(name));

  SignRequest request;
  TRY_DO(require_text(question, "secret", request.secret));
  TRY_DO(read_text(question, "path", request.path));
  TRY_DO(read_text(question, "body", request.body));
  TRY_DO(read_text(question, "grant_type", request.grant_type));
  TRY_DO(read_text(question, "scope", request.scope));
  if (*method == SignMethod::iop_push) TRY_DO(require_text(question, "app_key", request.app_key));
  if (*method == SignMethod::vop_token) {
    TRY_DO(require_text(question, "timestamp", request.timestamp));
    TRY_DO(require_text(question, "client_id", request.client_id));
    TRY_DO(require_text(question, "username", request.username));
    TRY_DO(require_text(question, "password", request.password));
  }
  TRY(request.parameters, read_parameters(question, *method));

  const Signed made = sign(*method, request);
  return to_json(SignAnswer{made.canonical, made.signature});
}

}  // namespace

Tool sign_tool(Sign sign) {
  return [sign = std::move(sign)](const Json& question) { return answer_sign(question, sign); };
}

}  // namespace sampan
