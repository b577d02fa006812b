// What 1688 means when it says no: the gateway's errors and those of the business behind it, by a table.
//
// Errors  outcome_unknown: the call may have had its effect (5xx, a time-out, no JSON); whoever only reads makes it retry_later
//         bad_reply: neither what was asked for nor an error · a code that the table does not know is rejected, its text kept
// Trap    HTTP 200 may carry a gateway error, `success` may be false beside a good answer or missing: what was asked for
//         is looked for first
// Source  upstream.md 4.3
#pragma once

#include <initializer_list>
#include <string_view>

#include "shared/core/http.hpp"
#include "shared/marketplace/alibaba1688/reply.hpp"

namespace sampan::alibaba1688 {

ErrorCode error_code_of(std::string_view code, std::string_view message);

// The reply's JSON, unless the gateway refused or failed.
Result<Json> read_reply(const HttpReply& reply);

// The deepest of the reply, its `result` and its `result.result` that has one of these, not null; else what
// business_error says.
Result<Reply> payload(const Reply& root, std::initializer_list<std::string_view> names);

// The same where what was asked for is the array `result` itself.
Result<Reply> payload_array(const Reply& root);

// For calls that answer no more than `success`.
Result<void> accepted(const Reply& root);

tl::unexpected<Error> business_error(const Reply& root);

// "gw.QosAppFrequencyLimit" and its like: the app must be silent for a while.
bool is_quota_answer(const HttpReply& reply);

// The access token is not one (any more); nothing was done.
bool is_token_answer(const HttpReply& reply);

}  // namespace sampan::alibaba1688
