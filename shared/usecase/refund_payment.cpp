#include "shared/usecase/refund_payment.hpp"

#include "shared/database/ledger_rows.hpp"
#include "shared/database/order_rows.hpp"
#include "shared/database/payment_rows.hpp"
#include "shared/database/refund_rows.hpp"

namespace sampan {
namespace {

Result<void> record_refunded(Ports& ports, const RefundId& refund_id) {
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(Refund refund, load_refund(tx, refund_id));
    if (refund.state == RefundState::succeeded) return done();
    TRY(const Order order, load_order(tx, the_shop(), refund.order_id));
    TRY(refund.state, next_state<RefundState>(refund_transitions, refund.state, RefundEvent::succeeded));
    Entry entry = blank_entry(ports, "refunded", refund_id.value, refund.order_id);
    entry.postings = {debit(Account::refunds_payable, refund.amount), credit(Account::psp_clearing, refund.amount)};

    TRY_DO(update_refund(tx, refund));
    TRY_DO(post(tx, entry));
    return announce(tx, ChangeKind::refund, refund_id.value, order.shopper_id, ports.now());
  });
}

}  // namespace

Result<JobOutcome> refund_payment(Ports& ports, const RefundId& refund_id) {
  TRY(const Refund refund,
      transact<Refund>(ports.database, [&](Transaction& tx) { return load_refund(tx, refund_id); }));
  if (refund.state == RefundState::succeeded) return job_done();
  TRY(const Payment payment,
      transact<Payment>(ports.database, [&](Transaction& tx) { return load_payment(tx, refund.payment_id); }));

  // The provider forgets its keys after a day; its list of refunds it does not.
  TRY(const bool refunded_before, ports.payments.has_refund(refund_id, payment.provider_id));
  if (!refunded_before) TRY_DO(ports.payments.refund(refund, payment.provider_id));

  TRY_DO(record_refunded(ports, refund_id));
  return job_done();
}

}  // namespace sampan
