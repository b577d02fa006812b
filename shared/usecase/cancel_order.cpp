#include "shared/usecase/cancel_order.hpp"

#include "shared/database/order_rows.hpp"
#include "shared/database/payment_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/usecase/recording.hpp"
#include "shared/usecase/settle_order.hpp"

namespace sampan {
namespace {

// What nobody has paid yet is not asked for any more: the job that would have closed the provider's page later does it now.
Result<void> expire_now(Transaction& tx, const Ports& ports, const OrderId& order_id) {
  TRY(const auto payments, list_payments(tx, order_id));
  for (Payment payment : payments) {
    if (is_final(payment_transitions, payment.state)) continue;
    payment.expires_at = ports.now();
    TRY_DO(update_payment(tx, payment));
    TRY_DO(enqueue_now(tx, ports, JobKind::expire_payment, payment.payment_id.value));
  }
  return done();
}

Result<int64_t> ask_back_what_is_not_sent(Transaction& tx, const Ports& ports, const OrderId& order_id) {
  TRY(const auto purchases, list_purchases(tx, order_id));
  int64_t asked = 0;
  for (Purchase purchase : purchases) {
    if (purchase.state == PurchaseState::placing || purchase.state == PurchaseState::placed) {
      purchase.cancel_asked = true;
      TRY_DO(update_purchase(tx, purchase));
      ++asked;
    }
    if (purchase.state != PurchaseState::paid) continue;
    TRY(purchase, after(std::move(purchase), PurchaseEvent::refund_was_requested));
    TRY_DO(update_purchase(tx, purchase));
    TRY_DO(enqueue_now(tx, ports, JobKind::refund_purchase, purchase.purchase_id.value));
    ++asked;
  }
  return asked;
}

}  // namespace

Result<int64_t> cancel_what_is_not_bought(Transaction& tx, const Ports& ports, const OrderId& order_id,
                                          RefundReason reason) {
  TRY(const auto purchases, list_purchases(tx, order_id));
  int64_t cancelled = 0;
  for (Purchase purchase : purchases) {
    if (!allows(purchase_transitions, purchase.state, PurchaseEvent::was_cancelled) || !purchase.bought.empty())
      continue;
    TRY(purchase, after(std::move(purchase), PurchaseEvent::was_cancelled));
    for (PurchaseLine& line : purchase.lines) line.quantity = 0;
    purchase.quoted_freight.minor = 0;
    purchase.proposed.clear();
    purchase.proposed_freight.reset();
    TRY_DO(update_purchase(tx, purchase));
    ++cancelled;
  }
  if (cancelled == 0) return cancelled;
  TRY_DO(expire_now(tx, ports, order_id));  // differences that were asked for them
  TRY_DO(settle_order(tx, ports, order_id, reason));
  return cancelled;
}

Result<void> cancel_order(Ports& ports, const ShopperId& shopper_id, const OrderId& order_id) {
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(const Order order, load_order(tx, shopper(shopper_id), order_id));
    if (order.state == OrderState::awaiting_payment) return expire_now(tx, ports, order_id);
    if (order.state != OrderState::fulfilling)
      return fail(ErrorCode::not_allowed_now, "This order has come to its end.", order_id.value);
    TRY(const int64_t cancelled, cancel_what_is_not_bought(tx, ports, order_id, RefundReason::cancelled));
    TRY(const int64_t asked_back, ask_back_what_is_not_sent(tx, ports, order_id));
    if (cancelled + asked_back == 0)
      return fail(ErrorCode::not_allowed_now, "Everything is on its way already; it can be refused at the warehouse.",
                  order_id.value);
    return announce(tx, ChangeKind::order, order_id.value, order.shopper_id, ports.now());
  });
}

}  // namespace sampan
