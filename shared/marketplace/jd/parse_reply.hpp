// Any reply of JD as the value that the shop makes of it: for diagnosing what a marketplace sent.
//
// Shape   {"goods":{"minor":12500,"currency":"CNY"}, …}: the fields of the value that the API's own header describes; a list
//         is an array; a call that answers no more than that it worked is {"done":true}
//         `api` is "order/cancel", "/api/order/cancel" or a method of JOS; empty: the shape decides
// Errors  what the reply says (errors.hpp) · bad_reply with the JSON pointer · bad_input: no API or shape that is known
// Trap    an answer does not name its API but for JOS, whose key does: without a name, VOP's is found by its shape
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "shared/marketplace/jd/errors.hpp"

namespace sampan::jd {

struct ParserRow {
  std::string_view api;  // "jd.union.open.goods.query", "order/submitOrder"
  bool is_jos = false;
  bool changes = false;  // an unclear answer leaves open whether it happened
  Result<std::string> (*parse)(const Json& answer) = nullptr;
  // Of VOP: whether an envelope of an API that nobody named is of this one.
  bool (*fits)(const Reply& envelope, const Reply& result) = nullptr;
};

std::span<const ParserRow> parsers();

Result<std::string> parse_reply(std::string_view api, const Json& reply);

}  // namespace sampan::jd
