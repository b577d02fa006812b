#include "shared/usecase/expire_payment.hpp"

#include "shared/database/order_rows.hpp"
#include "shared/database/payment_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/usecase/answer_price.hpp"
#include "shared/usecase/capture_payment.hpp"

namespace sampan {
namespace {

Result<void> record_expiry(Transaction& tx, const Ports& ports, const PaymentId& payment_id) {
  TRY(Payment payment, load_payment(tx, payment_id));
  if (is_final(payment_transitions, payment.state)) return done();
  TRY(Order order, load_order(tx, the_shop(), payment.order_id));
  TRY(payment.state, next_state<PaymentState>(payment_transitions, payment.state, PaymentEvent::expired));

  TRY_DO(update_payment(tx, payment));
  TRY_DO(announce(tx, ChangeKind::payment, payment_id.value, order.shopper_id, ports.now()));
  if (payment.purpose == PaymentPurpose::price_difference) return record_declined_price(tx, ports, payment.purchase_id);
  TRY(order, after(std::move(order), OrderEvent::payment_expired));
  TRY_DO(update_order(tx, order));
  return announce(tx, ChangeKind::order, order.order_id.value, order.shopper_id, ports.now());
}

}  // namespace

Result<JobOutcome> expire_payment(Ports& ports, const PaymentId& payment_id) {
  TRY(const Payment payment,
      transact<Payment>(ports.database, [&](Transaction& tx) { return load_payment(tx, payment_id); }));
  if (is_final(payment_transitions, payment.state)) return job_done();
  if (ports.now() < payment.expires_at) return again(payment.expires_at);

  if (payment.state == PaymentState::pending) {
    const auto expired = ports.payments.expire(payment.provider_id);
    if (!expired && expired.error().code == ErrorCode::rejected) {
      // The shopper was faster: the money is there.
      TRY(const bool captured, capture_payment(ports, payment_id));
      if (captured) return job_done();
    }
    if (!expired) return tl::unexpected(expired.error());
  }

  TRY_DO(ports.database.transact([&](Transaction& tx) { return record_expiry(tx, ports, payment_id); }));
  return job_done();
}

}  // namespace sampan
