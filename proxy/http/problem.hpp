// What an HTTP error says: RFC 9457's application/problem+json with our stable code beside it.
//
// Shape   {"title":"Not Found","status":404,"code":"not_found","detail":"There is nothing at this address."}
// Source  RFC 9457; without "type" it is "about:blank", and then the title is the status's own phrase
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/core/error.hpp"

namespace sampan {

inline constexpr std::string_view problem_content_type = "application/problem+json";

struct Problem {
  int32_t status = 0;
  std::string_view title;
  ErrorCode code{};
  std::string_view detail;
};

// An unknown status is told as a 500.
const Problem& problem_of(int status);

std::string problem_json(const Problem& problem);

}  // namespace sampan
