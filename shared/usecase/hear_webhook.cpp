#include "shared/usecase/hear_webhook.hpp"

#include "shared/database/message_rows.hpp"
#include "shared/usecase/capture_payment.hpp"

namespace sampan {

Result<void> hear_webhook(Ports& ports, const Webhook& webhook) {
  const Message message{webhook.provider, webhook.event_id, webhook.body, ports.now()};
  TRY(const bool is_open, transact<bool>(ports.database, [&](Transaction& tx) { return keep_message(tx, message); }));
  if (!is_open) return done();

  if (!webhook.payment_id.is_empty()) {
    const auto captured = capture_payment(ports, webhook.payment_id);
    if (!captured && captured.error().code != ErrorCode::not_found) return tl::unexpected(captured.error());
  }
  return ports.database.transact([&](Transaction& tx) { return mark_handled(tx, message, ports.now()); });
}

}  // namespace sampan
