#include "shared/database/message_rows.hpp"

namespace sampan {

Result<bool> keep_message(Transaction& tx, const Message& message) {
  TRY_DO(tx.run("delete from message where received_at < ?", {(message.received_at - message_keeping).ms}));
  TRY_DO(tx.run(R"(insert into message (source, message_id, received_at, handled_at, body)
                   values (?, ?, ?, null, ?)
                   on conflict (source, message_id) do nothing)",
                {message.source, message.message_id, message.received_at.ms, message.body}));
  TRY(const auto open, tx.select(R"(select message_id from message
                                    where source = ? and message_id = ? and handled_at is null)",
                                 {message.source, message.message_id}));
  return !open.empty();
}

Result<void> mark_handled(Transaction& tx, const Message& message, Instant at) {
  TRY_DO(tx.run(R"(update message
                   set handled_at = ?
                   where source = ? and message_id = ? and handled_at is null)",
                {at.ms, message.source, message.message_id}));
  return done();
}

}  // namespace sampan
