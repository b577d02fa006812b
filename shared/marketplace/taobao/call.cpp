#include "shared/marketplace/taobao/call.hpp"

namespace sampan::taobao {
namespace {

std::string form_of(const std::vector<Parameter>& parameters) {
  std::vector<HttpField> form;
  form.reserve(parameters.size());
  for (const Parameter& parameter : parameters)
    if (!parameter.value.empty()) form.push_back({parameter.key, parameter.value});
  return form_text(form);
}

HttpRequest form_request(std::string path, std::string query, std::string body) {
  HttpRequest request;
  request.method = "POST";
  request.path = std::move(path);
  request.query = std::move(query);
  request.fields = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  request.body = std::move(body);
  return request;
}

std::vector<Parameter> with_signature(std::vector<Parameter> parameters, std::string_view signature) {
  parameters.push_back({"sign", std::string(signature)});
  return parameters;
}

}  // namespace

std::vector<Parameter> iop_parameters(std::string_view app_key, std::string_view access_token, Instant now) {
  return {{"app_key", std::string(app_key)},
          {"access_token", std::string(access_token)},
          {"timestamp", std::to_string(now.ms)},
          {"sign_method", "sha256"}};
}

std::vector<Parameter> signed_parameters(const IopCall& call, const std::vector<Parameter>& gateway_parameters) {
  std::vector<Parameter> all = gateway_parameters;
  all.insert(all.end(), call.parameters.begin(), call.parameters.end());
  return all;
}

std::vector<Parameter> top_parameters(const TopCall& call, std::string_view app_key, Instant now) {
  std::vector<Parameter> all = {{"method", std::string(call.method)}, {"app_key", std::string(app_key)},
                                {"timestamp", china_time(now)},       {"v", "2.0"},
                                {"sign_method", "hmac-sha256"},       {"format", "json"}};
  for (const Parameter& parameter : call.parameters)
    if (!parameter.value.empty()) all.push_back(parameter);
  return all;
}

HttpRequest iop_request(const IopCall& call, const std::vector<Parameter>& gateway_parameters,
                        std::string_view signature) {
  return form_request("/rest" + std::string(call.path), form_of(with_signature(gateway_parameters, signature)),
                      form_of(call.parameters));
}

HttpRequest top_request(const std::vector<Parameter>& parameters, std::string_view signature) {
  return form_request("/router/rest", {}, form_of(with_signature(parameters, signature)));
}

std::string china_time(Instant at) {
  const std::string rfc3339 = sampan::text(at + china_offset);
  return rfc3339.substr(0, 10) + " " + rfc3339.substr(11, 8);
}

Result<Instant> parse_china_time(std::string_view text) {
  constexpr size_t length = 19;
  const auto unreadable = [&] {
    return fail(ErrorCode::bad_reply, "A time of Taobao cannot be read.", std::string(text.substr(0, 40)));
  };
  if (text.size() != length || text[10] != ' ') return unreadable();
  auto instant = parse_instant(std::string(text.substr(0, 10)) + "T" + std::string(text.substr(11)) + "+08:00");
  if (!instant) return unreadable();
  return instant;
}

}  // namespace sampan::taobao
