// An answer compared with the recorded shape of the same call: tests/fixtures/sandbox/<name>.shape.json, made by make.mjs.
#pragma once

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/core/json.hpp"
#include "tests/unit/marketplace/fixture.hpp"

namespace sampan::shape_desk {

using Types = std::vector<std::pair<std::string, std::string>>;  // path, type

inline void gather(Types& types, const std::string& path, const Json& json) {
  types.emplace_back(path, std::string(word(json.kind)));
  for (const Json& item : json.items) gather(types, path + "/[]", item);
  for (const JsonMember& member : json.members) gather(types, path + "/" + member.name, member.value);
}

inline bool has_type(const Json& shape, std::string_view part, const std::string& path, const std::string& type) {
  const Json* const types = shape.find(part)->find(path);
  return types != nullptr &&
         std::any_of(types->items.begin(), types->items.end(), [&](const Json& known) { return known.text == type; });
}

inline bool is_below_open(const Json& shape, const std::string& path) {
  const std::vector<Json>& open = shape.find("open")->items;
  return std::any_of(open.begin(), open.end(), [&](const Json& part) { return path.rfind(part.text + "/", 0) == 0; });
}

// The recorded types and the documented ones are one list; required is what must be there.
inline void check_shape(const std::string& name, const Json& answer) {
  const Json shape = fixture("sandbox/" + name + ".shape.json");
  INFO(name << " answered " << json_text(answer));
  Types types;
  gather(types, "", answer);
  for (const auto& [path, type] : types) {
    CAPTURE(path, type);
    CHECK((has_type(shape, "recorded", path, type) || has_type(shape, "documented", path, type) ||
           is_below_open(shape, path)));
  }
  for (const Json& required : shape.find("required")->items) {
    CAPTURE(required.text);
    CHECK(std::any_of(types.begin(), types.end(), [&](const auto& each) { return each.first == required.text; }));
  }
}

}  // namespace sampan::shape_desk
