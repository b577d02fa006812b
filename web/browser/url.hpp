// The page's own URL, which is a WHATWG parser, behind the port of shared/marketplace/url.hpp.
//
// Source  url.spec.whatwg.org 6.1; tests/fixtures/urls.json is read by this one and by the native one
#pragma once

#include <optional>
#include <string_view>

#include "shared/marketplace/url.hpp"

namespace sampan {

std::optional<ParsedUrl> parse_url(std::string_view text);

}  // namespace sampan
