// Any reply or message of 1688 as the value that the shop makes of it: for diagnosing what a marketplace sent.
//
// Shape   the value's JSON as the protocol writes it · `api` is the API's name, its namespace before it or not; for a push its
//         type; empty: the shape decides
// Errors  what the reply says (errors.hpp) · bad_reply with the JSON pointer · bad_input: no API or shape that is known
// Source  upstream.md 4
#pragma once

#include <string>
#include <string_view>

#include "shared/core/json.hpp"

namespace sampan::alibaba1688 {

Result<std::string> parse_reply(std::string_view api, const Json& reply);

}  // namespace sampan::alibaba1688
