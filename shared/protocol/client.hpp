// The other side of a call: from a row of the table and a command to a request, and from its reply to the value. The
// storefront's calls are made of these, whatever carries them: fetch to the proxy, or a message to the tab's worker.
//
// Shape   what the path names stands in the path; of a GET the rest is the query, of all others the body
// Errors  of reply_of: what the shop said, under its own code; bad_reply for what is no answer of a shop
// Source  RFC 9457 for a refusal; the rows are in calls.hpp
#pragma once

#include <string>
#include <string_view>

#include "shared/core/http.hpp"
#include "shared/core/json.hpp"
#include "shared/protocol/call.hpp"

namespace sampan {

struct CallAddress {
  std::string_view method;
  std::string_view path;
};

// `idempotency_key` is sent when it is not empty.
HttpRequest request_of(const CallAddress& address, const Json& command, std::string_view idempotency_key);
Result<Json> answer_of(const HttpReply& reply);

template <class Command, class Reply>
HttpRequest request_of(const Call<Command, Reply>& call, const Command& command,
                       std::string_view idempotency_key = {}) {
  return request_of({call.method, call.path}, *parse_json(to_json(command)), idempotency_key);
}

template <class Command, class Reply>
Result<Reply> reply_of(const Call<Command, Reply>&, const HttpReply& reply) {
  TRY(const Json answer, answer_of(reply));
  auto value = read(answer, static_cast<Reply*>(nullptr));
  if (!value) return fail(ErrorCode::bad_reply, "The shop's answer cannot be read.", value.error().context);
  return value;
}

}  // namespace sampan
