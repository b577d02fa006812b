// Every reply and message of Taobao that is understood here, by the name of its API: as the protocol's own JSON.
//
// Shape   {"goods":{"minor":12500,"currency":"CNY"}, …}: the fields of the value that the API's own header describes; a list
//         is an array; a call that answers no more than that it worked is {} · `api` is a path of Taobao Global
//         ("/product/get") or a method of TOP ("taobao.item.get"); empty: the shape decides
// Errors  what the reply itself says (errors.hpp); bad_input for an API that is not in the table; bad_reply where no API is
//         named and none fits
// Trap    a push may come as {headers, body}, its body alone is read; whether it is signed is not checked here
// Source  upstream.md 2 and 3
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "shared/core/json.hpp"

namespace sampan::taobao {

struct ParserRow {
  std::string_view api;
  std::string_view member;  // tells an unnamed reply of Taobao Global; of TOP its key does
  bool changes = false;     // an unclear answer leaves open whether it happened
  Result<std::string> (*parse)(const Json& reply) = nullptr;
};

std::span<const ParserRow> parsers();

Result<std::string> parse_reply(std::string_view api, const Json& reply);

}  // namespace sampan::taobao
