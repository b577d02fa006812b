#include "shared/core/json.hpp"

#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>

namespace sampan {
namespace {

constexpr size_t most_levels = 64;

// Builds the tree from nlohmann's events: they hand out the text of a decimal number, its own tree does not.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return put({}); }
  bool boolean(bool value) override {
    Json json;
    json.kind = JsonKind::boolean;
    json.boolean = value;
    return put(std::move(json));
  }
  bool number_integer(number_integer_t value) override { return put_number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return put_number(std::to_string(value)); }
  bool number_float(number_float_t /*value*/, const string_t& token) override { return put_number(token); }
  bool string(string_t& value) override {
    Json json;
    json.kind = JsonKind::string;
    json.text = std::move(value);
    return put(std::move(json));
  }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(size_t /*size*/) override { return open(JsonKind::object); }
  bool start_array(size_t /*size*/) override { return open(JsonKind::array); }
  bool key(string_t& name) override {
    open_.back().second = std::move(name);
    return true;
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*what*/) override {
    error_at_ = position;
    return false;
  }

  Json root;
  size_t error_at() const { return error_at_; }
  bool is_too_deep() const { return too_deep_; }

 private:
  bool put_number(std::string token) {
    Json json;
    json.kind = JsonKind::number;
    json.text = std::move(token);
    return put(std::move(json));
  }
  bool put(Json json) {
    if (open_.empty()) {
      root = std::move(json);
      return true;
    }
    auto& [parent, name] = open_.back();
    if (parent.kind == JsonKind::array)
      parent.items.push_back(std::move(json));
    else
      parent.members.push_back({std::move(name), std::move(json)});
    return true;
  }
  bool open(JsonKind kind) {
    if (open_.size() >= most_levels) {
      too_deep_ = true;
      return false;
    }
    Json json;
    json.kind = kind;
    open_.emplace_back(std::move(json), std::string());
    return true;
  }
  bool close() {
    Json closed = std::move(open_.back().first);
    open_.pop_back();
    return put(std::move(closed));
  }

  std::vector<std::pair<Json, std::string>> open_;  // what is not closed yet, each with the name of its next member
  size_t error_at_ = 0;
  bool too_deep_ = false;
};

template <class T>
Result<T> integer(const Json& json) {
  if (json.kind != JsonKind::number && json.kind != JsonKind::string) return wrong_kind(json, JsonKind::number);
  T value{};
  const char* end = json.text.data() + json.text.size();
  const auto [stopped, problem] = std::from_chars(json.text.data(), end, value);
  if (problem != std::errc{} || stopped != end)
    return fail(ErrorCode::bad_input, "A whole number is expected here.", json.text.substr(0, 40));
  return value;
}

void write_escaped(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  if (static_cast<unsigned char>(c) >= 0x20) {
    out += c;
    return;
  }
  out += "\\u00";
  out += hex[static_cast<unsigned char>(c) >> 4];
  out += hex[static_cast<unsigned char>(c) & 15];
}

}  // namespace

const Json* Json::find(std::string_view name) const {
  for (const auto& [each, member] : members)
    if (each == name) return &member;
  return nullptr;
}

Result<Json> parse_json(std::string_view text) {
  // The lexer takes a zero byte for the end of its input; what stands behind it would go unread.
  if (const size_t zero = text.find('\0'); zero != std::string_view::npos)
    return fail(ErrorCode::bad_input, "This is not JSON.", "byte " + std::to_string(zero));
  Builder builder;
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return std::move(builder.root);
  if (builder.is_too_deep()) return fail(ErrorCode::bad_input, "This JSON is nested too deeply.");
  return fail(ErrorCode::bad_input, "This is not JSON.", "byte " + std::to_string(builder.error_at()));
}

Error at_pointer(Error error, std::string_view step) {
  std::string escaped;  // RFC 6901, section 3
  for (const char c : step) {
    if (c == '~')
      escaped += "~0";
    else if (c == '/')
      escaped += "~1";
    else
      escaped += c;
  }
  const bool has_pointer = !error.context.empty() && error.context[0] == '/';
  error.context = "/" + escaped + (has_pointer || error.context.empty() ? "" : ": ") + error.context;
  return error;
}

tl::unexpected<Error> wrong_kind(const Json& json, JsonKind expected) {
  return fail(ErrorCode::bad_input, "A value is of another kind than expected.",
              "expected " + std::string(word(expected)) + ", found " + std::string(word(json.kind)));
}

Result<bool> read(const Json& json, bool*) {
  if (json.kind != JsonKind::boolean) return wrong_kind(json, JsonKind::boolean);
  return json.boolean;
}
Result<int64_t> read(const Json& json, int64_t*) { return integer<int64_t>(json); }
Result<int32_t> read(const Json& json, int32_t*) { return integer<int32_t>(json); }
Result<std::string> read(const Json& json, std::string*) {
  if (json.kind != JsonKind::string) return wrong_kind(json, JsonKind::string);
  return json.text;
}
Result<Currency> read(const Json& json, Currency*) {
  TRY(const std::string code, read(json, static_cast<std::string*>(nullptr)));
  return parse_currency(code);
}
Result<Money> read(const Json& json, Money*) {
  if (json.kind != JsonKind::object) return wrong_kind(json, JsonKind::object);
  Money money;
  TRY_DO(json_detail::read_member(json, "minor", money.minor));
  TRY_DO(json_detail::read_member(json, "currency", money.currency));
  return money;
}
Result<Instant> read(const Json& json, Instant*) {
  TRY(const std::string text, read(json, static_cast<std::string*>(nullptr)));
  return parse_instant(text);
}
Result<Day> read(const Json& json, Day*) {
  TRY(const std::string text, read(json, static_cast<std::string*>(nullptr)));
  return parse_day(text);
}
Result<Json> read(const Json& json, Json*) { return json; }

void write(std::string& out, bool value) { out += value ? "true" : "false"; }
void write(std::string& out, int64_t value) { out += std::to_string(value); }
void write(std::string& out, int32_t value) { out += std::to_string(value); }
void write(std::string& out, std::string_view value) {
  out += '"';
  for (const char c : value) write_escaped(out, c);
  out += '"';
}
void write(std::string& out, const Currency& value) { write(out, value.code()); }
void write(std::string& out, const Money& value) {
  out += '{';
  json_detail::write_member(out, "minor", value.minor);
  json_detail::write_member(out, "currency", value.currency);
  out += '}';
}
void write(std::string& out, const Instant& value) { write(out, std::string_view(text(value))); }
void write(std::string& out, const Day& value) { write(out, std::string_view(text(value))); }
void write(std::string& out, const Json& value) {
  switch (value.kind) {
    case JsonKind::null: out += "null"; return;
    case JsonKind::boolean: return write(out, value.boolean);
    case JsonKind::number: out += value.text; return;
    case JsonKind::string: return write(out, std::string_view(value.text));
    case JsonKind::array: return write(out, value.items);
    case JsonKind::object: break;
  }
  out += '{';
  for (const auto& [name, member] : value.members) json_detail::write_member(out, name, member);
  out += '}';
}

std::string json_text(const Json& json) { return to_json(json); }

}  // namespace sampan
