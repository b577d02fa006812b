// The feed of what changed, as a call of the protocol: a page of it, and each change as an event of a stream.
//
// Shape   a cursor is the id of the last event that was seen, 0 before the first; without one it begins with what comes
//         an event is "id: 17", "event: order" and "data: {"kind":"order","subject":"ord_01…","at":"…"}", a line each
// Errors  bad_input: a cursor that this feed never gave
// Source  html.spec.whatwg.org, "Server-sent events"
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/json.hpp"
#include "shared/database/outbox.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

struct FollowFeed {
  std::optional<int64_t> after;  // a stream takes "Last-Event-ID" in its place
};
FIELDS(FollowFeed, after)

// What a thing is now is asked with its own call: the feed only says that it is another.
struct FeedEvent {
  ChangeKind kind{};
  std::string subject;  // the thing's id
  Instant at{};
};
FIELDS(FeedEvent, kind, subject, at)

struct FeedPage {
  std::vector<FeedEvent> changes;
  int64_t cursor = 0;
  bool has_more = false;
};
FIELDS(FeedPage, changes, cursor, has_more)

Result<ChangePage> read_feed(Ports& ports, const ShopperId& shopper_id, const FollowFeed& command);
FeedPage feed_page(const ChangePage& page);

std::string event_text(const Change& change);
// Moves a follower's cursor to `sequence` without an event.
std::string cursor_text(int64_t sequence);
// What a stream begins with.
std::string stream_text(const ChangePage& page);

}  // namespace sampan
