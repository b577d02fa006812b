#include "shared/protocol/client.hpp"

#include <algorithm>
#include <optional>

namespace sampan {
namespace {

// As a query or a path says a value: a word or a number is its own text, anything else its JSON.
std::string plain_text(const Json& value) {
  return value.kind == JsonKind::string || value.kind == JsonKind::number ? value.text : json_text(value);
}

// Takes the member of that name out of the command.
std::string take(Json& command, std::string_view name) {
  const auto found = std::find_if(command.members.begin(), command.members.end(),
                                  [&](const JsonMember& member) { return member.name == name; });
  if (found == command.members.end()) return {};
  std::string text = plain_text(found->value);
  command.members.erase(found);
  return text;
}

// "/v1/orders/{order_id}" with what the command has under these names.
std::string filled(std::string_view pattern, Json& command) {
  std::string path;
  while (!pattern.empty()) {
    const size_t open = std::min(pattern.find('{'), pattern.size());
    path += pattern.substr(0, open);
    pattern.remove_prefix(open);
    if (pattern.empty()) break;
    const size_t close = pattern.find('}');
    // A form's "+" is a space, but a path's is a plus.
    std::string encoded = form_text({{take(command, pattern.substr(1, close - 1)), ""}});
    encoded.pop_back();  // the "="
    for (size_t at = encoded.find('+'); at != std::string::npos; at = encoded.find('+', at))
      encoded.replace(at, 1, "%20");
    path += encoded;
    pattern.remove_prefix(close + 1);
  }
  return path;
}

std::string query_of(const Json& command) {
  std::vector<HttpField> fields;
  for (const JsonMember& member : command.members)
    if (member.value.kind != JsonKind::null) fields.push_back({member.name, plain_text(member.value)});
  return form_text(fields);
}

std::optional<ErrorCode> code_said(const Json* said) {
  if (said == nullptr) return std::nullopt;
  for (size_t i = 0; i <= static_cast<size_t>(ErrorCode::storage); ++i)
    if (word(static_cast<ErrorCode>(i)) == said->text) return static_cast<ErrorCode>(i);
  return std::nullopt;
}

Error refusal_of(const HttpReply& reply) {
  const auto problem = parse_json(reply.body);
  const Json* const detail = problem ? problem->find("detail") : nullptr;
  const auto known = code_said(problem ? problem->find("code") : nullptr);
  const std::string status = "status " + std::to_string(reply.status);
  if (known) return {*known, detail == nullptr ? std::string() : detail->text, status};
  if (reply.status >= 500) return {ErrorCode::retry_later, "The shop cannot answer now; try again.", status};
  return {ErrorCode::bad_reply, "This is no answer of a shop.", status};
}

}  // namespace

HttpRequest request_of(const CallAddress& address, const Json& command, std::string_view idempotency_key) {
  Json rest = command;
  HttpRequest request;
  request.method = address.method;
  request.path = filled(address.path, rest);
  if (!idempotency_key.empty()) request.fields.push_back({"Idempotency-Key", std::string(idempotency_key)});
  if (request.method == "GET") {
    request.query = query_of(rest);
    return request;
  }
  request.fields.push_back({"Content-Type", "application/json"});
  request.body = json_text(rest);
  return request;
}

Result<Json> answer_of(const HttpReply& reply) {
  if (reply.status < 200 || reply.status > 299) return tl::unexpected(refusal_of(reply));
  auto answer = parse_json(reply.body);
  if (!answer) return fail(ErrorCode::bad_reply, "The shop's answer cannot be read.", answer.error().context);
  return answer;
}

}  // namespace sampan
