#include "shared/marketplace/jd/call.hpp"

namespace sampan::jd {

std::vector<Parameter> jos_parameters(const JosCall& call, std::string_view app_key, Instant now) {
  return {{"method", std::string(call.method)},
          {"app_key", std::string(app_key)},
          {"timestamp", china_time(now)},
          {"v", "1.0"},
          {"360buy_param_json", call.business_json}};
}

HttpRequest form_request(std::string path, const std::vector<Parameter>& parameters) {
  std::vector<HttpField> form;
  form.reserve(parameters.size());
  for (const Parameter& parameter : parameters)
    if (!parameter.value.empty()) form.push_back({parameter.key, parameter.value});
  HttpRequest request;
  request.method = "POST";
  request.path = std::move(path);
  request.fields = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  request.body = form_text(form);
  return request;
}

HttpRequest jos_request(const std::vector<Parameter>& parameters) { return form_request("/routerjson", parameters); }

HttpRequest vop_request(std::string_view prefix, const VopCall& call, std::string_view token) {
  std::vector<Parameter> parameters = call.parameters;
  parameters.push_back({"token", std::string(token)});
  return form_request(std::string(prefix) + std::string(call.api), parameters);
}

std::string china_time(Instant at) {
  const std::string rfc3339 = sampan::text(at + china_offset);
  return rfc3339.substr(0, 10) + " " + rfc3339.substr(11, 8);
}

Result<Instant> parse_china_time(std::string_view text) {
  constexpr size_t length = 19;
  if (text.size() != length || text[10] != ' ')
    return fail(ErrorCode::bad_reply, "A time of JD cannot be read.", std::string(text.substr(0, 40)));
  return parse_instant(std::string(text.substr(0, 10)) + "T" + std::string(text.substr(11)) + "+08:00");
}

std::string comma_joined(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : ",") + text;
  return joined;
}

}  // namespace sampan::jd
