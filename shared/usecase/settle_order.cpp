#include "shared/usecase/settle_order.hpp"

#include <algorithm>

#include "shared/database/ledger_rows.hpp"
#include "shared/database/order_rows.hpp"
#include "shared/database/parcel_rows.hpp"
#include "shared/database/payment_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/database/refund_rows.hpp"
#include "shared/usecase/recording.hpp"
#include "shared/usecase/settlement.hpp"

namespace sampan {
namespace {

bool is_settled(const std::vector<Purchase>& purchases, const std::vector<Parcel>& parcels) {
  const auto is_packed = [&](const Purchase& purchase) {
    return std::any_of(parcels.begin(), parcels.end(), [&](const Parcel& parcel) {
      return std::any_of(parcel.items.begin(), parcel.items.end(),
                         [&](const ParcelItem& item) { return item.purchase_id == purchase.purchase_id; });
    });
  };
  return std::all_of(purchases.begin(), purchases.end(),
                     [&](const Purchase& p) {
                       return p.state == PurchaseState::accepted ? is_packed(p)
                                                                 : is_final(purchase_transitions, p.state);
                     }) &&
         std::all_of(parcels.begin(), parcels.end(),
                     [](const Parcel& p) { return is_final(parcel_transitions, p.state); });
}

Result<void> check_escrow_is_empty(Transaction& tx, const OrderId& order_id) {
  TRY(const auto open, list_open_accounts(tx, order_id));
  for (const Posting& posting : open)
    if (account_number(posting.account) == 2110)
      return fail(ErrorCode::bad_data, "The order's money does not add up; a person must look.",
                  order_id.value + " " + std::string(word(posting.account)) + " " + text(posting.amount));
  return done();
}

// What is left of each payment that was captured, the newest first.
Result<std::vector<Payment>> refundable(Transaction& tx, const OrderId& order_id) {
  TRY(std::vector<Payment> payments, list_payments(tx, order_id));
  TRY(const std::vector<Refund> refunds, list_refunds(tx, order_id));
  std::vector<Payment> left;
  for (auto payment = payments.rbegin(); payment != payments.rend(); ++payment) {
    if (payment->state != PaymentState::captured) continue;
    for (const Refund& refund : refunds)
      if (refund.payment_id == payment->payment_id) payment->amount.minor -= refund.amount.minor;
    if (payment->amount.minor > 0) left.push_back(*payment);
  }
  return left;
}

// `charged` is what the shopper has paid for so far, which the order is charged anew from.
Result<void> settle(Transaction& tx, const Ports& ports, Order order, const Charge& charged, RefundReason reason) {
  TRY(const auto purchases, list_purchases(tx, order.order_id));
  TRY(const auto parcels, list_parcels(tx, order.order_id));

  TRY(LandedCost landed, reland(order, purchases, ports.terms));
  TRY(const Charge now, charge_of(landed));
  TRY(const GivenBack back,
      entry_of_lower_charge(
          charged, now,
          blank_entry(ports, "lower", order.order_id.value + ":" + std::to_string(order.version), order.order_id)));

  TRY_DO(post(tx, back.entry));
  if (back.refund.minor > 0) TRY_DO(owe_refund(tx, ports, order, back.refund, reason));
  order.landed = std::move(landed);
  if (order.state == OrderState::fulfilling && is_settled(purchases, parcels)) {
    TRY_DO(check_escrow_is_empty(tx, order.order_id));
    TRY(order, after(std::move(order), OrderEvent::all_settled));
  }
  TRY_DO(update_order(tx, order));
  return announce(tx, ChangeKind::order, order.order_id.value, order.shopper_id, ports.now());
}

}  // namespace

Result<void> owe_refund(Transaction& tx, const Ports& ports, const Order& order, Money amount, RefundReason reason) {
  TRY(const auto payments, refundable(tx, order.order_id));
  int64_t left = amount.minor;
  for (const Payment& payment : payments) {
    if (left == 0) break;
    Refund refund;
    refund.refund_id = new_id<RefundId>(ports);
    refund.order_id = order.order_id;
    refund.payment_id = payment.payment_id;
    refund.reason = reason;
    refund.amount = {std::min(left, payment.amount.minor), amount.currency};
    refund.requested_at = ports.now();
    left -= refund.amount.minor;
    TRY_DO(insert_refund(tx, refund));
    TRY_DO(enqueue_now(tx, ports, JobKind::refund_payment, refund.refund_id.value));
    TRY_DO(announce(tx, ChangeKind::refund, refund.refund_id.value, order.shopper_id, ports.now()));
  }
  if (left > 0) return fail(ErrorCode::bad_data, "More is owed to the shopper than they paid.", order.order_id.value);
  return done();
}

Result<void> settle_order(Transaction& tx, const Ports& ports, const OrderId& order_id, RefundReason reason) {
  TRY(Order order, load_order(tx, the_shop(), order_id));
  TRY(const Charge charged, charge_of(order.landed));
  return settle(tx, ports, std::move(order), charged, reason);
}

Result<void> settle_paid_difference(Transaction& tx, const Ports& ports, const OrderId& order_id, const Charge& paid) {
  TRY(Order order, load_order(tx, the_shop(), order_id));
  TRY(const Charge before, charge_of(order.landed));
  TRY(const Charge charged, add(before, paid));
  return settle(tx, ports, std::move(order), charged, RefundReason::cheaper);
}

}  // namespace sampan
