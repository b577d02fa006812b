// JSON built by hand, as a marketplace's gateway writes it: its own names, its numbers as they stand, null where it says null.
//
// Unit    json_decimal(650, 4) is 0.065: no trailing zeros, no binary fraction in between
// Source  upstream.md 1, points 4 to 6
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/core/json.hpp"

namespace sampan {

inline Json json_null() { return {}; }
Json json_boolean(bool value);
Json json_integer(int64_t value);
Json json_string(std::string_view value);
Json json_decimal(int64_t scaled_value, int digits);  // a number
std::string trimmed_decimal(int64_t scaled_value, int digits);
// An id that is a whole number goes as a number, any other as text.
Json json_id(std::string_view id);
Json json_object(std::vector<JsonMember> members);
Json json_array(std::vector<Json> items);

// "20261124160000000+0800": 1688's yyyyMMddHHmmssSSSZ, in China's time.
std::string aop_time(Instant at);
// "2026-11-24 16:00:00", in China's time.
std::string china_time(Instant at);
// Both of the forms above; the first with any zone. bad_input for anything else.
Result<Instant> parse_aop_time(std::string_view text);

}  // namespace sampan
