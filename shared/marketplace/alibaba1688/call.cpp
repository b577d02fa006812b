#include "shared/marketplace/alibaba1688/call.hpp"

#include <algorithm>

#include "shared/core/json.hpp"

namespace sampan::alibaba1688 {
namespace {

constexpr size_t most_digits_of_a_long = 19;

bool is_long(std::string_view id) {
  return !id.empty() && id.size() <= most_digits_of_a_long && id[0] != '0' &&
         std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string signed_path(const Call& call, std::string_view app_key) {
  std::string path = "param2/1/";
  path.append(call.space).append("/").append(call.api).append("/").append(app_key);
  return path;
}

HttpRequest request_of(std::string_view path, const std::vector<Parameter>& parameters) {
  std::vector<HttpField> form;
  form.reserve(parameters.size());
  for (const Parameter& parameter : parameters) form.push_back({parameter.key, parameter.value});
  HttpRequest request;
  request.method = "POST";
  request.path = "/openapi/" + std::string(path);
  request.fields = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  request.body = form_text(form);
  return request;
}

void JsonObject::name(std::string_view name) {
  out_ += out_.empty() ? '{' : ',';
  write(out_, name);
  out_ += ':';
}

JsonObject& JsonObject::text(std::string_view key, std::string_view value) {
  name(key);
  write(out_, value);
  return *this;
}

JsonObject& JsonObject::text_unless_empty(std::string_view key, std::string_view value) {
  return value.empty() ? *this : text(key, value);
}

JsonObject& JsonObject::number(std::string_view key, int64_t value) {
  name(key);
  write(out_, value);
  return *this;
}

JsonObject& JsonObject::id(std::string_view key, std::string_view value) {
  name(key);
  out_ += json_id(value);
  return *this;
}

std::string json_array(const std::vector<std::string>& elements) {
  std::string out = "[";
  for (const std::string& element : elements) {
    if (out.size() > 1) out += ',';
    out += element;
  }
  return out + "]";
}

std::string json_id(std::string_view id) {
  if (is_long(id)) return std::string(id);
  std::string out;
  write(out, id);
  return out;
}

std::string china_time(Instant at) {
  std::string digits;
  for (const char c : sampan::text(at + china_offset))
    if (c >= '0' && c <= '9') digits += c;
  return digits + "+0800";
}

}  // namespace sampan::alibaba1688
