#include "shared/usecase/hear_push.hpp"

#include "shared/database/message_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/usecase/recording.hpp"

namespace sampan {
namespace {

// An order of somebody else's, or one whose placing is not recorded yet, is nobody's here.
Result<std::vector<PurchaseId>> purchases_of(Transaction& tx, const Push& push) {
  std::vector<PurchaseId> purchases;
  for (const UpstreamOrderId& order : push.orders) {
    TRY(const auto purchase, find_purchase_of_upstream_order(tx, push.marketplace, order));
    if (purchase) purchases.push_back(*purchase);
  }
  return purchases;
}

}  // namespace

Result<void> hear_push(Ports& ports, const Push& push) {
  const Message message{std::string(word(push.marketplace)), push.message_id, push.body, ports.now()};
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(const bool is_new, keep_message(tx, message));
    if (!is_new) return done();
    TRY(const auto purchases, purchases_of(tx, push));

    for (const PurchaseId& purchase : purchases)
      TRY_DO(enqueue_now(tx, ports, JobKind::follow_purchase, purchase.value));
    return mark_handled(tx, message, message.received_at);
  });
}

}  // namespace sampan
