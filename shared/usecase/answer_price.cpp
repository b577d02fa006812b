#include "shared/usecase/answer_price.hpp"

#include "shared/database/order_rows.hpp"
#include "shared/database/payment_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/usecase/recording.hpp"
#include "shared/usecase/settle_order.hpp"
#include "shared/usecase/settlement.hpp"

namespace sampan {
namespace {

struct Held {
  Order order;
  Purchase purchase;
};

Result<Held> load_held(Transaction& tx, const Principal& principal, const PurchaseId& purchase_id) {
  TRY(Purchase purchase, load_purchase(tx, purchase_id));
  TRY(Order order, load_order(tx, principal, purchase.order_id));
  if (purchase.state != PurchaseState::held)
    return fail(ErrorCode::not_allowed_now, "There is no new price to answer.", purchase_id.value);
  return Held{std::move(order), std::move(purchase)};
}

Result<std::optional<Payment>> find_open_difference(Transaction& tx, const Purchase& purchase) {
  TRY(const auto payments, list_payments(tx, purchase.order_id));
  for (const Payment& payment : payments)
    if (payment.purchase_id == purchase.purchase_id && !is_final(payment_transitions, payment.state))
      return std::optional<Payment>(payment);
  return std::optional<Payment>();
}

Result<Charge> difference_of(Transaction& tx, const Ports& ports, const Held& held) {
  TRY(auto purchases, list_purchases(tx, held.order.order_id));
  TRY(const LandedCost dearer,
      reland_as_proposed(held.order, std::move(purchases), held.purchase.purchase_id, ports.terms));
  TRY(const Charge after, charge_of(dearer));
  TRY(const Charge before, charge_of(held.order.landed));
  return difference(after, before);
}

}  // namespace

Result<PaymentId> approve_price(Ports& ports, const ShopperId& shopper_id, const PurchaseId& purchase_id) {
  return transact<PaymentId>(ports.database, [&](Transaction& tx) -> Result<PaymentId> {
    TRY(const Held held, load_held(tx, shopper(shopper_id), purchase_id));
    TRY(const auto asked_before, find_open_difference(tx, held.purchase));
    if (asked_before) return asked_before->payment_id;
    Payment payment;
    payment.payment_id = new_id<PaymentId>(ports);
    payment.order_id = held.order.order_id;
    payment.purpose = PaymentPurpose::price_difference;
    payment.purchase_id = purchase_id;
    TRY(payment.charge, difference_of(tx, ports, held));
    TRY(payment.amount, total(payment.charge));
    payment.expires_at = ports.now() + ports.terms.payment_window;

    TRY_DO(insert_payment(tx, payment));
    TRY_DO(enqueue_now(tx, ports, JobKind::request_payment, payment.payment_id.value));
    TRY_DO(enqueue_at(tx, ports, JobKind::expire_payment, payment.payment_id.value, payment.expires_at));
    TRY_DO(announce(tx, ChangeKind::payment, payment.payment_id.value, shopper_id, ports.now()));
    return payment.payment_id;
  });
}

Result<void> record_declined_price(Transaction& tx, const Ports& ports, const PurchaseId& purchase_id) {
  TRY(Purchase purchase, load_purchase(tx, purchase_id));
  if (purchase.state != PurchaseState::held) return done();  // given up for another reason meanwhile
  for (size_t i = 0; i < purchase.lines.size(); ++i) {
    PurchaseLine& line = purchase.lines[i];
    // A dearer freight is of all lines together.
    if (purchase.proposed_freight || line.unit_price < purchase.proposed[i].unit_price) line.quantity = 0;
  }
  const bool nothing_left = wants_nothing(purchase.lines);
  purchase.proposed.clear();
  purchase.proposed_freight.reset();
  TRY(purchase,
      after(std::move(purchase), nothing_left ? PurchaseEvent::was_cancelled : PurchaseEvent::price_approved));
  if (nothing_left) purchase.quoted_freight.minor = 0;
  TRY_DO(update_purchase(tx, purchase));
  if (!nothing_left) TRY_DO(enqueue_now(tx, ports, JobKind::place_purchase, purchase_id.value));
  return settle_order(tx, ports, purchase.order_id, RefundReason::price_declined);
}

Result<void> decline_price(Ports& ports, const ShopperId& shopper_id, const PurchaseId& purchase_id) {
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(const Held held, load_held(tx, shopper(shopper_id), purchase_id));
    TRY(const auto asked, find_open_difference(tx, held.purchase));
    if (asked)
      return fail(ErrorCode::not_allowed_now, "The difference is being paid; it can be declined when that has expired.",
                  asked->payment_id.value);
    return record_declined_price(tx, ports, purchase_id);
  });
}

}  // namespace sampan
