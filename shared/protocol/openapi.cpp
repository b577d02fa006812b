#include "shared/protocol/openapi.hpp"

#include <algorithm>
#include <map>

#include "shared/protocol/endpoints.hpp"

namespace sampan {
namespace {

std::string lower(std::string_view method) {
  std::string text;
  for (const char c : method) text += static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string parameter(std::string_view name, std::string_view in, bool is_required) {
  std::string text = R"({"name":)";
  write(text, name);
  text += R"(,"in":)";
  write(text, in);
  text += R"(,"required":)";
  write(text, is_required);
  return text + R"(,"schema":{"type":"string"}})";
}

std::vector<std::string> names_in(std::string_view path) {
  std::vector<std::string> names;
  for (size_t at = path.find('{'); at != std::string_view::npos; at = path.find('{', at + 1))
    names.emplace_back(path.substr(at + 1, path.find('}', at) - at - 1));
  return names;
}

std::string security_of(Who who) {
  if (who == Who::the_operator) return R"([{"operator":[]}])";
  if (who == Who::shopper) return R"([{"session":[]}])";
  return "[]";
}

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The command's own schema without what stands in the path.
Json rest_of_command(const Endpoint& endpoint, SchemaComponents& components) {
  const std::string reference = endpoint.command_schema(components);
  const std::string name = reference.substr(reference.rfind('/') + 1, reference.rfind('"') - reference.rfind('/') - 1);
  Json schema = parse_json(components[name]).value_or(Json{});
  const auto in_path = names_in(endpoint.path);
  for (JsonMember& member : schema.members) {
    auto& properties = member.value.members;
    properties.erase(std::remove_if(properties.begin(), properties.end(),
                                    [&](const JsonMember& p) { return holds(in_path, p.name); }),
                     properties.end());
    auto& required = member.value.items;
    required.erase(
        std::remove_if(required.begin(), required.end(), [&](const Json& r) { return holds(in_path, r.text); }),
        required.end());
  }
  return schema;
}

std::string query_parameters(const Json& command) {
  std::string text;
  const Json* const properties = command.find("properties");
  const Json* const required = command.find("required");
  if (properties == nullptr || required == nullptr) return text;
  for (const JsonMember& property : properties->members) {
    const bool is_required = std::any_of(required->items.begin(), required->items.end(),
                                         [&](const Json& each) { return each.text == property.name; });
    text += (text.empty() ? "" : ",") + parameter(property.name, "query", is_required);
  }
  return text;
}

bool has_properties(const Json& command) {
  const Json* const properties = command.find("properties");
  return properties != nullptr && !properties->members.empty();
}

std::string parameters_of(const Endpoint& endpoint, const Json& command) {
  std::string text;
  const auto append = [&](const std::string& more) {
    if (!more.empty()) text += (text.empty() ? "" : ",") + more;
  };
  for (const std::string& name : names_in(endpoint.path)) append(parameter(name, "path", true));
  if (endpoint.method == "GET") append(query_parameters(command));
  if (endpoint.repeat == Repeat::idempotent) append(parameter("Idempotency-Key", "header", true));
  if (endpoint.follow != nullptr) append(parameter("Last-Event-ID", "header", false));
  return text;
}

std::string operation(const Endpoint& endpoint, SchemaComponents& components) {
  const Json command = rest_of_command(endpoint, components);
  const std::string reply = endpoint.reply_schema(components);
  std::string text = R"({"operationId":)";
  write(text, endpoint.name);
  text += R"(,"summary":)";
  write(text, endpoint.sentence);
  text += R"(,"security":)" + security_of(endpoint.who) + R"(,"parameters":[)" + parameters_of(endpoint, command) + "]";
  if (endpoint.method != "GET" && has_properties(command))
    text += R"(,"requestBody":{"required":true,"content":{"application/json":{"schema":)" + json_text(command) + "}}}";
  return text + R"(,"responses":{"200":{"description":"Done.","content":{)" +
         (endpoint.follow == nullptr ? "" : R"("text/event-stream":{"schema":{"type":"string"}},)") +
         R"("application/json":{"schema":)" + reply +
         R"(}}},"default":{"description":"Refused, and nothing has changed.","content":{"application/problem+json":)"
         R"({"schema":{"$ref":"#/components/schemas/Problem"}}}}}})";
}

std::string joined(const std::map<std::string, std::string>& members) {
  std::string text;
  for (const auto& [name, value] : members) {
    if (!text.empty()) text += ',';
    write(text, std::string_view(name));
    text += ":" + value;
  }
  return text;
}

}  // namespace

std::string openapi_document(std::string_view version) {
  SchemaComponents components;
  components["Problem"] =
      R"({"type":"object","properties":{"title":{"type":"string"},"status":{"type":"integer"},)"
      R"("code":{"type":"string"},"detail":{"type":"string"}},"required":["title","status","code","detail"]})";
  std::map<std::string, std::map<std::string, std::string>> paths;
  for (const Endpoint& endpoint : endpoints())
    paths[std::string(endpoint.path)][lower(endpoint.method)] = operation(endpoint, components);
  std::map<std::string, std::string> path_texts;
  for (const auto& [path, operations] : paths) path_texts[path] = "{" + joined(operations) + "}";

  std::string info = R"({"title":"Sampan","version":)";
  write(info, version);
  info += R"(,"license":{"name":"Apache-2.0","identifier":"Apache-2.0"}})";
  return R"({"openapi":"3.1.0","info":)" + info + R"(,"servers":[{"url":"/"}],"paths":{)" + joined(path_texts) +
         R"(},"components":{"securitySchemes":{"session":{"type":"apiKey","in":"cookie","name":"sampan_session"},)"
         R"("operator":{"type":"http","scheme":"bearer"}},"schemas":{)" +
         joined(components) + "}}}";
}

}  // namespace sampan
