// The port ParseUrl on ada, a WHATWG URL parser.
//
// Source  url.spec.whatwg.org; tests/unit/marketplace/url_test.cpp
#pragma once

#include <optional>
#include <string_view>

#include "shared/marketplace/url.hpp"

namespace sampan {

std::optional<ParsedUrl> parse_url(std::string_view text);

}  // namespace sampan
