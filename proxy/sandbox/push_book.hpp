// Messages of the simulated 1688 that its subscriber has not taken yet.
//
// Source  upstream.md 4.6; a relay's retry plan: at once, then five times, half an hour apart
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/json.hpp"

namespace sampan {

struct PushMessage {
  int64_t msg_id = 0;
  std::string type;
  Instant born_at{};
  std::string text;  // the whole message, as it is signed and sent
  int64_t attempts = 0;
  std::optional<Instant> due_at;  // absent: given up, it waits to be fetched
};
FIELDS(PushMessage, msg_id, type, born_at, text, attempts, due_at)

struct PushBook {
  int64_t log_entries_seen = 0;
  std::vector<PushMessage> waiting;  // in the order they were born
};
FIELDS(PushBook, log_entries_seen, waiting)

}  // namespace sampan
