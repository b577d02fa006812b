#include "shared/usecase/request_payment.hpp"

#include "shared/database/order_rows.hpp"
#include "shared/database/payment_rows.hpp"

namespace sampan {

Result<JobOutcome> request_payment(Ports& ports, const PaymentId& payment_id) {
  TRY(const Payment asked,
      transact<Payment>(ports.database, [&](Transaction& tx) { return load_payment(tx, payment_id); }));
  if (asked.state != PaymentState::created) return job_done();
  if (asked.expires_at <= ports.now()) return job_done();  // too late for a page: expire_payment ends it

  TRY(const PaymentPage page, ports.payments.open_page(asked));

  TRY_DO(ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(Payment payment, load_payment(tx, payment_id));
    if (payment.state != PaymentState::created) return done();
    TRY(payment.state, next_state<PaymentState>(payment_transitions, payment.state, PaymentEvent::requested));
    payment.provider_id = page.provider_id;
    payment.redirect_url = page.redirect_url;
    TRY_DO(update_payment(tx, payment));
    TRY(const Order order, load_order(tx, the_shop(), payment.order_id));
    return announce(tx, ChangeKind::payment, payment_id.value, order.shopper_id, ports.now());
  }));
  return job_done();
}

}  // namespace sampan
