// Replies of tests/fixtures/jd, and the same with one thing changed.
#pragma once

#include "tests/unit/marketplace/alibaba1688_replies.hpp"

namespace sampan::jd {

using alibaba1688::check_error;
using alibaba1688::json_of;

inline std::string reply_text(const std::string& name) {
  std::ifstream file(SAMPAN_SOURCE_ROOT "/tests/fixtures/jd/" + name + ".json", std::ios::binary);
  INFO("tests/fixtures/jd/" << name << ".json");
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

}  // namespace sampan::jd
