#include "shared/protocol/feed.hpp"

namespace sampan {
namespace {

constexpr int64_t most_in_a_page = 500;
// After which a browser comes back when its stream has ended.
constexpr std::string_view retry_line = "retry: 2000\n\n";

FeedEvent event_of(const Change& change) { return {change.kind, change.subject, change.at}; }

}  // namespace

Result<ChangePage> read_feed(Ports& ports, const ShopperId& shopper_id, const FollowFeed& command) {
  return transact<ChangePage>(ports.database, [&](Transaction& tx) -> Result<ChangePage> {
    TRY(const int64_t newest, newest_sequence(tx));
    if (!command.after) return ChangePage{{}, newest, false};
    // One from the future was given by another database: whoever trusts it would miss what comes.
    if (*command.after < 0 || *command.after > newest)
      return fail(ErrorCode::bad_input, "This cursor is not one of this feed: begin without one.");
    return list_changes(tx, shopper_id, *command.after, most_in_a_page);
  });
}

FeedPage feed_page(const ChangePage& page) {
  FeedPage shown{{}, page.cursor, page.has_more};
  for (const Change& change : page.changes) shown.changes.push_back(event_of(change));
  return shown;
}

std::string event_text(const Change& change) {
  return "id: " + std::to_string(change.sequence) + "\nevent: " + std::string(word(change.kind)) +
         "\ndata: " + to_json(event_of(change)) + "\n\n";
}

std::string cursor_text(int64_t sequence) { return "id: " + std::to_string(sequence) + "\n\n"; }

std::string stream_text(const ChangePage& page) {
  std::string text(retry_line);
  for (const Change& change : page.changes) text += event_text(change);
  return text + cursor_text(page.cursor);
}

}  // namespace sampan
