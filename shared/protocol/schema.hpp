// The JSON schema of every value that core/json reads and writes, from the same description.
//
// Shape   a described struct becomes a named component, referred to by "#/components/schemas/Name"; optional members are
//         not required; ids, instants and days are strings
// Source  OpenAPI 3.1, which takes JSON Schema 2020-12
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/json.hpp"

namespace sampan {

// Component schemas by name, each as JSON text.
using SchemaComponents = std::map<std::string, std::string>;

// "PlaceOrder", as the type is called in the source.
template <class T>
std::string type_name() {
  const std::string_view signature = __PRETTY_FUNCTION__;
  const size_t begin = signature.find("T = ") + 4;
  std::string_view name = signature.substr(begin, signature.find_first_of(";]", begin) - begin);
  if (const size_t colon = name.rfind("::"); colon != std::string_view::npos) name.remove_prefix(colon + 2);
  return std::string(name);
}

template <class T>
struct SchemaOf;

template <class T>
std::string schema_of(SchemaComponents& components) {
  return SchemaOf<T>::text(components);
}

template <>
struct SchemaOf<bool> {
  static std::string text(SchemaComponents&) { return R"({"type":"boolean"})"; }
};
template <>
struct SchemaOf<int64_t> {
  static std::string text(SchemaComponents&) { return R"({"type":"integer","format":"int64"})"; }
};
template <>
struct SchemaOf<int32_t> {
  static std::string text(SchemaComponents&) { return R"({"type":"integer","format":"int32"})"; }
};
template <>
struct SchemaOf<std::string> {
  static std::string text(SchemaComponents&) { return R"({"type":"string"})"; }
};
template <>
struct SchemaOf<Currency> {
  static std::string text(SchemaComponents&) { return R"({"type":"string","pattern":"^[A-Z]{3}$"})"; }
};
template <>
struct SchemaOf<Instant> {
  static std::string text(SchemaComponents&) { return R"({"type":"string","format":"date-time"})"; }
};
template <>
struct SchemaOf<Day> {
  static std::string text(SchemaComponents&) { return R"({"type":"string","format":"date"})"; }
};
template <>
struct SchemaOf<Money> {
  static std::string text(SchemaComponents& components);
};
template <class Tag>
struct SchemaOf<Id<Tag>> {
  static std::string text(SchemaComponents&) { return R"({"type":"string"})"; }
};
template <Worded E>
struct SchemaOf<E> {
  static std::string text(SchemaComponents&) {
    std::vector<std::string> all;
    for (const auto& row : words(static_cast<E*>(nullptr))) all.emplace_back(row.word);
    return R"({"type":"string","enum":)" + to_json(all) + "}";
  }
};
template <class T>
struct SchemaOf<std::vector<T>> {
  static std::string text(SchemaComponents& components) {
    return R"({"type":"array","items":)" + schema_of<T>(components) + "}";
  }
};
template <class T>
struct SchemaOf<std::map<std::string, T>> {
  static std::string text(SchemaComponents& components) {
    return R"({"type":"object","additionalProperties":)" + schema_of<T>(components) + "}";
  }
};

template <class T>
struct MemberSchema {
  static constexpr bool is_required = true;
  using Value = T;
};
template <class T>
struct MemberSchema<std::optional<T>> {
  static constexpr bool is_required = false;
  using Value = T;
};

template <Described T>
struct SchemaOf<T> {
  static std::string text(SchemaComponents& components) {
    const std::string name = type_name<T>();
    const std::string reference = R"({"$ref":"#/components/schemas/)" + name + R"("})";
    // The name is taken first: a type may hold itself.
    if (!components.try_emplace(name).second) return reference;
    std::string properties;
    std::vector<std::string> required;
    for_each_field<T>([&](const auto& field) {
      using Member = std::decay_t<decltype(std::declval<T&>().*field.member)>;
      if (!properties.empty()) properties += ',';
      write(properties, field.name);
      properties += ":" + schema_of<typename MemberSchema<Member>::Value>(components);
      if (MemberSchema<Member>::is_required) required.emplace_back(field.name);
    });
    components[name] = R"({"type":"object","properties":{)" + properties + R"(},"required":)" + to_json(required) + "}";
    return reference;
  }
};

}  // namespace sampan
