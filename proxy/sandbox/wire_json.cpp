#include "proxy/sandbox/wire_json.hpp"

#include <algorithm>

#include "shared/core/decimal.hpp"

namespace sampan {
namespace {

// Int64 has 19 digits; what is longer is no number of theirs.
bool is_whole_number(std::string_view text) {
  return !text.empty() && text.size() <= 19 && (text == "0" || text[0] != '0') &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Json json_boolean(bool value) {
  Json json;
  json.kind = JsonKind::boolean;
  json.boolean = value;
  return json;
}

Json json_integer(int64_t value) {
  Json json;
  json.kind = JsonKind::number;
  json.text = std::to_string(value);
  return json;
}

Json json_string(std::string_view value) {
  Json json;
  json.kind = JsonKind::string;
  json.text = std::string(value);
  return json;
}

std::string trimmed_decimal(int64_t scaled_value, int digits) {
  std::string text = decimal_text(scaled_value, digits);
  if (text.find('.') == std::string::npos) return text;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

Json json_decimal(int64_t scaled_value, int digits) {
  Json json;
  json.kind = JsonKind::number;
  json.text = trimmed_decimal(scaled_value, digits);
  return json;
}

Json json_id(std::string_view id) {
  Json json = json_string(id);
  if (is_whole_number(id)) json.kind = JsonKind::number;
  return json;
}

Json json_object(std::vector<JsonMember> members) {
  Json json;
  json.kind = JsonKind::object;
  json.members = std::move(members);
  return json;
}

Json json_array(std::vector<Json> items) {
  Json json;
  json.kind = JsonKind::array;
  json.items = std::move(items);
  return json;
}

std::string china_time(Instant at) {
  const std::string utc =
      text(at + china_offset);  // "2026-11-24T16:00:00.000Z" of a clock that stands eight hours ahead
  return utc.substr(0, 10) + " " + utc.substr(11, 8);
}

std::string aop_time(Instant at) {
  std::string digits;
  for (const char c : text(at + china_offset))
    if (c >= '0' && c <= '9') digits += c;
  return digits + "+0800";
}

Result<Instant> parse_aop_time(std::string_view text) {
  const std::string all(text);
  const auto part = [&](size_t at, size_t size) { return all.substr(at, size); };
  if (all.size() == 19 && all[10] == ' ') return parse_instant(part(0, 10) + "T" + part(11, 8) + "+08:00");
  if (all.size() != 22) return fail(ErrorCode::bad_input, "A time is written as 20261124160000000+0800.", all);
  return parse_instant(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" + part(10, 2) + ":" +
                       part(12, 2) + "." + part(14, 3) + part(17, 3) + ":" + part(20, 2));
}

}  // namespace sampan
