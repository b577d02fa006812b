// The APIs of the simulated TOP, Taobao's open platform, as a table: what an app of its affiliate programme reads.
//
// Errors  an answer fails with a TopProblem, which is the platform's own error
// Source  upstream.md 2.5 and 2.6; the recorded replies
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/aop_api.hpp"
#include "proxy/sandbox/world.hpp"

namespace sampan {

// What was sent is read in the same way.
using TopParameters = AopParameters;

struct TopProblem {
  int64_t code = 0;
  std::string message;
  std::string sub_code;  // empty: not told
  std::string sub_message;
};

struct TopScene {
  Scene& scene;
  const TopParameters& parameters;
};

struct TopApi {
  std::string_view method;
  std::vector<std::string_view> needs;  // parameters that must be sent
  std::function<tl::expected<Json, TopProblem>(const TopScene&)> answer;
};

std::vector<TopApi> top_product_apis();

TopProblem top_missing(std::string_view parameter);
TopProblem top_invalid(std::string_view parameter);

}  // namespace sampan
