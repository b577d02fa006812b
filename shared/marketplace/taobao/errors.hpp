// What Taobao means when it says no: the IOP gateway, the business behind it, and TOP, each by its table.
//
// Errors  outcome_unknown: the call may have had its effect (a fault behind the gateway, 5xx, no JSON); whoever only reads
//         makes it retry_later · bad_reply: neither what was asked for nor an error · a code that no table knows is rejected,
//         its text kept
// Trap    HTTP is 200 for nearly everything · IOP says code "0" beside a business failure · error_msg may stand beside a good
//         answer: what was asked for is looked for first · a sub_code of TOP may go on after ":" · isv.* is ours to repair, but
//         "系统错误，请稍后再试" under it is their fault
// Unsure  the codes of Taobao Global's business: iop_words.hpp · IOP's codes beyond the family's documents
// Source  upstream.md 2.5, 3.1 and 1, point 7
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "shared/core/http.hpp"
#include "shared/marketplace/alibaba1688/reply.hpp"

namespace sampan::taobao {

using alibaba1688::Reply;

// `type` is SYSTEM, ISV or ISP: who is to blame.
ErrorCode iop_error_code(std::string_view code, std::string_view type);
ErrorCode business_error_code(std::string_view code, std::string_view message);
ErrorCode top_error_code(int64_t code, std::string_view sub_code, std::string_view message);

// The JSON of a reply of either gateway, unless the gateway refused or failed.
Result<Json> read_reply(const HttpReply& reply);

// The deepest place of an IOP reply that has one of these, not null; else what business_error says. A place is the reply
// itself or what stands in its `data` and `result`, up to three steps down.
Result<Reply> payload(const Reply& root, std::initializer_list<std::string_view> names);

// Of a TOP reply, what stands under its one key that ends in "_response"; bad_reply where there is none.
Result<Reply> top_answer(const Json& reply);

// For calls that answer no more than `success`.
Result<void> accepted(const Reply& root);

// The first place with an error code, or with success:false.
tl::unexpected<Error> business_error(const Reply& root);

// Of a row of an answer that is good as a whole.
tl::unexpected<Error> refusal(std::string_view code, std::string_view message);

// at[name], or where that is not there, at[otherwise].
Reply first_there(const Reply& at, std::string_view name, std::string_view otherwise);

// A list of one may be shown as its element, or be JSON text: `text` keeps what that holds.
std::vector<Reply> rows_of(const Reply& list, Json& text);

// The gateway takes no more calls for now, and for how long when it says so ("This ban will last for 7 more seconds").
bool is_quota_answer(const HttpReply& reply);
std::optional<Duration> ban_of(const HttpReply& reply);

// The token is missing, wrong or too old: nothing happened, and a new token is worth one more try.
bool is_token_answer(const HttpReply& reply);

}  // namespace sampan::taobao
