// A file of tests/fixtures as JSON.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "shared/core/json.hpp"

namespace sampan {

inline Json fixture(const std::string& name) {
  std::ifstream file(SAMPAN_SOURCE_ROOT "/tests/fixtures/" + name, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  INFO("tests/fixtures/" << name);
  const auto json = parse_json(text);
  REQUIRE(json.has_value());
  return *json;
}

// The text of a member, empty when there is none.
inline std::string text_of(const Json& json, std::string_view name) {
  const Json* member = json.find(name);
  return member == nullptr ? std::string() : member->text;
}

}  // namespace sampan
