// An error as HTTP says it: a status, and a body of RFC 9457 with our stable code.
//
// Shape   {"title":"…","status":409,"code":"quote_stale","detail":"…"}; "context" never leaves the shop
// Source  RFC 9457; the statuses are the table in problem.cpp
#pragma once

#include "shared/core/http.hpp"

namespace sampan {

int32_t status_of(ErrorCode code);
HttpReply problem_reply(const Error& error);

}  // namespace sampan
