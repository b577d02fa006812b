// What JD means when it says no: the JOS gateway, the union behind it, and VOP, each by its table.
//
// Errors  outcome_unknown: the call may have had its effect (5xx, a time-out, no JSON, VOP 5001); whoever only reads makes
//         it retry_later · bad_reply: neither what was asked for nor an error · not_offered: the SKU is not in the pool of our
//         contract · a code that no table knows is judged by its text, else rejected, the text kept
// Trap    HTTP is 200 for nearly everything · a union answer is JSON text inside JSON, under a key that ends in "_responce" ·
//         VOP's resultCode may be null beside success:true, 0001 and 0002 are successes too · 0010 is "not in our pool" and
//         also "no data"
// Unsure  JOS codes but 12, 15 and 19; VOP's 1001 to 1004, 2003, 2004, 2007, 2010 and 3019 (public clients, no document); the
//         code of a changed price is not known: it is told by its text, 价格 with 变, 不一致, 不符 or 快照
// Source  upstream.md 5.1 and 5.3
#pragma once

#include <string_view>

#include "shared/core/http.hpp"
#include "shared/marketplace/alibaba1688/reply.hpp"

namespace sampan::jd {

using alibaba1688::Reply;

ErrorCode jos_error_code(std::string_view code, std::string_view message);
ErrorCode union_error_code(std::string_view code);
ErrorCode vop_error_code(std::string_view code, std::string_view message);

// What stands under the one key that is not error_response: its `queryResult`, `getResult` or `result`, parsed when it is
// text, once its own code is 200. Its `data` is what was asked for.
Result<Json> read_jos_reply(const HttpReply& reply);

// VOP's envelope {success, resultCode, resultMessage, result}, whatever it says; a wrapper of JOS around it is taken off.
Result<Json> read_vop_reply(const HttpReply& reply);

// `result` of an envelope that says it went well; else what the envelope says.
Result<Reply> vop_result(const Reply& envelope);

// The same where the result may be JSON text (stock, area limits): `text` keeps what it holds.
Result<Reply> vop_result(const Reply& envelope, Json& text);

std::string vop_code(const Reply& envelope);
tl::unexpected<Error> vop_error(const Reply& envelope);

// The gateway takes no more calls for now.
bool is_quota_answer(const HttpReply& reply);

// The token is missing, wrong or too old: nothing happened, and a new token is worth one more try.
bool is_token_answer(const HttpReply& reply);

}  // namespace sampan::jd
