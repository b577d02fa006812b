// The diagnostic `sampan tool link|sign|parse|webhook`: JSON lines in, one JSON line out for each.
//
// Shape   a blank line is skipped; the last line needs no newline; an answer is flushed before the next line is read
// Errors  {"error":{"code":…,"message":…}} for that line, and the run goes on; bad_input for what cannot be read:
//         no JSON, broken UTF-8, a NUL byte, a name twice in one object
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

#include "shared/core/error.hpp"
#include "shared/core/json.hpp"
#include "shared/marketplace/sign.hpp"
#include "shared/marketplace/url.hpp"
#include "shared/payment/stripe/webhook.hpp"

namespace sampan {

// The answer's JSON text.
using Tool = std::function<Result<std::string>(const Json& question)>;

// {"text":"…"} → {"marketplace":"taobao","product_id":"…","sku_id":"…"}, or {"choices":[…]} for several products.
Tool link_tool(ParseUrl parse_url);

// A vector of tests/fixtures/signatures.json → {"canonical":"…","signature":"…"}.
// Parameters may be strings, numbers (as written) and booleans; null is a parameter that is not sent. jd-sp alone takes
// an array, joined by commas as JD does; any other array or object is bad_input: send the text that is to be signed.
Tool sign_tool(Sign sign);

// {"marketplace":"taobao","api":"taobao.tbk.item.info.get","reply":{…}} → the value that the shop makes of it, as the protocol
// writes it: money in minor units. `api` may be empty: the shape decides. `reply` is JSON, or its text in a string. Here a
// marketplace may be taobao_global too. What the marketplace refused is the error it means.
Tool parse_tool();

// {"provider":"stripe","secret":"whsec_…","header":"t=…,v1=…","body":"…","now":1790000010} → {"event_id":"…","type":"…"};
// with "sign":true and no header, the one that the provider would send with that body now: {"header":"…"}.
Tool webhook_tool(HmacSha256 hmac);

// At most 40 bytes of what somebody sent, whole characters only: an answer is UTF-8 whatever the question was.
std::string shortened(std::string_view text);

std::string tool_answer(const Tool& tool, std::string_view line);
void run_tool(const Tool& tool, std::istream& in, std::ostream& out);

}  // namespace sampan
