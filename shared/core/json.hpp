// JSON as values: a parsed tree that keeps each number as it was written, and reading and writing of every described struct.
//
// Range   UTF-8, at most 64 levels deep; a number keeps its text, so no amount passes through a double
// Errors  bad_input with the JSON pointer of what is missing or of another kind; unknown members are ignored
// Source  RFC 8259; RFC 6901 for the pointers
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/core/error.hpp"
#include "shared/core/fields.hpp"
#include "shared/core/id.hpp"
#include "shared/core/instant.hpp"
#include "shared/core/money.hpp"
#include "shared/core/words.hpp"

namespace sampan {

enum class JsonKind { null, boolean, number, string, array, object };
WORDS(JsonKind, null, boolean, number, string, array, object)

struct JsonMember;

struct Json {
  JsonKind kind = JsonKind::null;
  bool boolean = false;
  std::string text;  // of a string; of a number, its token: "14.90"
  std::vector<Json> items;
  std::vector<JsonMember> members;  // in the order they came; of a repeated name, all

  // The first member of that name, or null; null too when this is no object.
  const Json* find(std::string_view name) const;
};

// Not a std::pair: clang with libstdc++ 12 has no vector of a pair that is not complete yet.
struct JsonMember {
  std::string name;
  Json value;
};

Result<Json> parse_json(std::string_view text);
std::string json_text(const Json& json);

// Reading. Each says bad_input when the value is of another kind.
Result<bool> read(const Json& json, bool*);
Result<int64_t> read(const Json& json, int64_t*);
Result<int32_t> read(const Json& json, int32_t*);
Result<std::string> read(const Json& json, std::string*);
Result<Money> read(const Json& json, Money*);
Result<Currency> read(const Json& json, Currency*);
Result<Instant> read(const Json& json, Instant*);
Result<Day> read(const Json& json, Day*);
Result<Json> read(const Json& json, Json*);

// Writing appends to `out`.
void write(std::string& out, bool value);
void write(std::string& out, int64_t value);
void write(std::string& out, int32_t value);
void write(std::string& out, std::string_view value);
inline void write(std::string& out, const std::string& value) { write(out, std::string_view(value)); }
void write(std::string& out, const Money& value);
void write(std::string& out, const Currency& value);
void write(std::string& out, const Instant& value);
void write(std::string& out, const Day& value);
void write(std::string& out, const Json& value);

template <class Tag>
Result<Id<Tag>> read(const Json& json, Id<Tag>*) {
  TRY(std::string text, read(json, static_cast<std::string*>(nullptr)));
  return Id<Tag>{std::move(text)};
}
template <class Tag>
void write(std::string& out, const Id<Tag>& id) {
  write(out, std::string_view(id.value));
}

template <Worded E>
Result<E> read(const Json& json, E*) {
  TRY(const std::string text, read(json, static_cast<std::string*>(nullptr)));
  if (const auto value = parse_word<E>(text)) return *value;
  return fail(ErrorCode::bad_input, "This word is not one of those expected here.", "\"" + text.substr(0, 40) + "\"");
}
template <Worded E>
void write(std::string& out, E value) {
  write(out, word(value));
}

template <class T>
Result<std::vector<T>> read(const Json& json, std::vector<T>*);
template <class T>
Result<std::map<std::string, T>> read(const Json& json, std::map<std::string, T>*);
template <Described T>
Result<T> read(const Json& json, T*);

template <class T>
void write(std::string& out, const std::vector<T>& values);
template <class T>
void write(std::string& out, const std::map<std::string, T>& values);
template <Described T>
void write(std::string& out, const T& value);

// The whole of it, from text and to text.
template <class T>
Result<T> from_json(std::string_view text) {
  TRY(const Json json, parse_json(text));
  return read(json, static_cast<T*>(nullptr));
}
template <class T>
std::string to_json(const T& value) {
  std::string out;
  write(out, value);
  return out;
}

// The error with `step` put before the pointer in its context: "/lines/0/quantity: a number is expected".
Error at_pointer(Error error, std::string_view step);
tl::unexpected<Error> wrong_kind(const Json& json, JsonKind expected);

template <class T>
Result<std::vector<T>> read(const Json& json, std::vector<T>*) {
  if (json.kind != JsonKind::array) return wrong_kind(json, JsonKind::array);
  std::vector<T> values;
  values.reserve(json.items.size());
  for (size_t i = 0; i < json.items.size(); ++i) {
    auto value = read(json.items[i], static_cast<T*>(nullptr));
    if (!value) return tl::unexpected(at_pointer(std::move(value).error(), std::to_string(i)));
    values.push_back(*std::move(value));
  }
  return values;
}

template <class T>
Result<std::map<std::string, T>> read(const Json& json, std::map<std::string, T>*) {
  if (json.kind != JsonKind::object) return wrong_kind(json, JsonKind::object);
  std::map<std::string, T> values;
  for (const auto& [name, member] : json.members) {
    auto value = read(member, static_cast<T*>(nullptr));
    if (!value) return tl::unexpected(at_pointer(std::move(value).error(), name));
    values.emplace(name, *std::move(value));
  }
  return values;
}

namespace json_detail {

template <class T>
Result<void> read_member(const Json& object, std::string_view name, T& into) {
  const Json* member = object.find(name);
  if (member == nullptr) return tl::unexpected(at_pointer({ErrorCode::bad_input, "A field is missing.", {}}, name));
  auto value = read(*member, static_cast<T*>(nullptr));
  if (!value) return tl::unexpected(at_pointer(std::move(value).error(), name));
  into = *std::move(value);
  return {};
}

// Absent and null are the same.
template <class T>
Result<void> read_member(const Json& object, std::string_view name, std::optional<T>& into) {
  const Json* member = object.find(name);
  into.reset();
  if (member == nullptr || member->kind == JsonKind::null) return {};
  T value{};
  TRY_DO(read_member(object, name, value));
  into = std::move(value);
  return {};
}

template <class T>
void write_member(std::string& out, std::string_view name, const T& value) {
  if (out.back() != '{') out += ',';
  write(out, name);
  out += ':';
  write(out, value);
}

template <class T>
void write_member(std::string& out, std::string_view name, const std::optional<T>& value) {
  if (value) write_member(out, name, *value);
}

}  // namespace json_detail

template <Described T>
Result<T> read(const Json& json, T*) {
  if (json.kind != JsonKind::object) return wrong_kind(json, JsonKind::object);
  T value{};
  Result<void> outcome;
  for_each_field<T>([&](const auto& field) {
    if (outcome) outcome = json_detail::read_member(json, field.name, value.*field.member);
  });
  if (!outcome) return tl::unexpected(std::move(outcome).error());
  return value;
}

template <class T>
void write(std::string& out, const std::vector<T>& values) {
  out += '[';
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += ',';
    write(out, values[i]);
  }
  out += ']';
}

template <class T>
void write(std::string& out, const std::map<std::string, T>& values) {
  out += '{';
  for (const auto& [name, value] : values) json_detail::write_member(out, name, value);
  out += '}';
}

template <Described T>
void write(std::string& out, const T& value) {
  out += '{';
  for_each_field<T>([&](const auto& field) { json_detail::write_member(out, field.name, value.*field.member); });
  out += '}';
}

}  // namespace sampan
