#include "shared/usecase/book_fee.hpp"

#include "shared/database/ledger_rows.hpp"
#include "shared/database/payment_rows.hpp"
#include "shared/usecase/settlement.hpp"

namespace sampan {
namespace {

constexpr Duration first_look = minutes(1);

Result<void> post_fee(Transaction& tx, const Ports& ports, const Payment& payment, Money fee) {
  return post(
      tx, entry_of_provider_fee(fee, blank_entry(ports, "provider_fee", payment.payment_id.value, payment.order_id)));
}

}  // namespace

Result<void> record_fee(Transaction& tx, const Ports& ports, const Payment& payment, const ProviderAnswer& answer) {
  if (answer.fee) return post_fee(tx, ports, payment, *answer.fee);
  return enqueue_at(tx, ports, JobKind::book_fee, payment.payment_id.value, ports.now() + first_look);
}

Result<JobOutcome> book_fee(Ports& ports, const PaymentId& payment_id) {
  TRY(const Payment payment,
      transact<Payment>(ports.database, [&](Transaction& tx) { return load_payment(tx, payment_id); }));

  TRY(const ProviderAnswer answer, ports.payments.ask(payment.provider_id));
  if (!answer.fee)
    return fail(ErrorCode::retry_later, "The payment provider has not told its fee yet.", payment_id.value);

  TRY_DO(ports.database.transact([&](Transaction& tx) { return post_fee(tx, ports, payment, *answer.fee); }));
  return job_done();
}

}  // namespace sampan
