// Replies of tests/fixtures/taobao, and the same with one thing changed.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "shared/core/json.hpp"

namespace sampan::taobao {

inline std::string reply_text(const std::string& name) {
  std::ifstream file(SAMPAN_SOURCE_ROOT "/tests/fixtures/taobao/" + name + ".json", std::ios::binary);
  INFO("tests/fixtures/taobao/" << name << ".json");
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

// `from` stands in the reply, once or more; the first is replaced.
inline std::string reply_with(const std::string& name, const std::string& from, const std::string& to) {
  std::string text = reply_text(name);
  const size_t at = text.find(from);
  CAPTURE(name, from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

inline Json json_of(const std::string& text) {
  const auto json = parse_json(text);
  CAPTURE(text);
  REQUIRE(json);
  return *json;
}

template <class T>
void check_error(const Result<T>& result, ErrorCode code, const std::string& context = {}) {
  REQUIRE_FALSE(result);
  CAPTURE(result.error().sentence, result.error().context);
  CHECK(word(result.error().code) == word(code));
  CHECK(result.error().context.find(context) != std::string::npos);
}

}  // namespace sampan::taobao
