// A call of the protocol, from HTTP to the act and back: finds the row, knows the caller, reads the command, answers.
//
// Promises  a call with an Idempotency-Key is done once: its kept reply is written in the transaction that did it
//           a repeated key with another request is a conflict; nothing of a refused call stays
// Shape     a session is an opaque cookie, stored as its hash; the operator's token comes as "Authorization: Bearer …";
//           a body is one JSON object, sent as application/json
// Errors    those of the acts, as problem.hpp says them; 404 no such address; 405 with Allow
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "shared/core/http.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

struct Dispatch {
  Ports& shop;
  Database& sessions;  // where they are looked up; the shop's own, or a second connection to it
  std::function<std::string(std::string_view)> digest;  // SHA-256, in hex
  std::function<std::string()> new_token;               // nobody can guess it
  std::function<Instant()> wall_clock;                  // sessions expire by it
  std::string operator_token;                           // empty: nobody is the operator
};

// Whose changes, after which one.
struct Following {
  ShopperId shopper_id;
  int64_t cursor = 0;
};

struct DispatchReply : HttpReply {
  DispatchReply(HttpReply reply) : HttpReply(std::move(reply)) {}
  std::optional<Following> follows;  // the stream goes on
};

DispatchReply answer(const Dispatch& dispatch, const HttpRequest& request);

}  // namespace sampan
