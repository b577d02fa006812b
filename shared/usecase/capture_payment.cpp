#include "shared/usecase/capture_payment.hpp"

#include "shared/database/ledger_rows.hpp"
#include "shared/database/order_rows.hpp"
#include "shared/database/payment_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/usecase/book_fee.hpp"
#include "shared/usecase/recording.hpp"
#include "shared/usecase/settle_order.hpp"
#include "shared/usecase/settlement.hpp"

namespace sampan {
namespace {

// One purchase a seller, in the order in which the sellers appear.
Result<std::vector<Purchase>> purchases_of(const Ports& ports, const Order& order) {
  std::vector<Purchase> purchases;
  for (const SellerFreight& part : order.quote.freights) {
    Purchase purchase;
    purchase.purchase_id = new_id<PurchaseId>(ports);
    purchase.order_id = order.order_id;
    purchase.seller = part.seller;
    purchase.quoted_freight = part.freight;
    for (const QuotedLine& line : order.quote.lines) {
      if (!(line.seller == part.seller)) continue;
      purchase.seller_name = line.seller_name;
      purchase.lines.push_back({line.order_line_id, line.line.product, line.line.sku_id, line.order_key,
                                line.line.quantity, line.unit_price, line.line.policy});
    }
    purchases.push_back(std::move(purchase));
  }
  return purchases;
}

Result<void> begin_fulfilment(Transaction& tx, const Ports& ports, Order order) {
  TRY(order, after(std::move(order), OrderEvent::payment_secured));
  TRY(const auto purchases, purchases_of(ports, order));
  for (const Purchase& purchase : purchases) {
    TRY_DO(insert_purchase(tx, purchase));
    TRY_DO(enqueue_now(tx, ports, JobKind::place_purchase, purchase.purchase_id.value));
  }
  TRY_DO(update_order(tx, order));
  return announce(tx, ChangeKind::order, order.order_id.value, order.shopper_id, ports.now());
}

// The difference is paid: the purchase goes on at the prices that the shopper has agreed to. Whatever of it is not needed
// any more, since this purchase or another was given up while the shopper paid, goes back.
Result<void> resume_purchase(Transaction& tx, const Ports& ports, const Order& order, const Payment& payment) {
  TRY(Purchase purchase, load_purchase(tx, payment.purchase_id));
  if (purchase.state == PurchaseState::held) {
    TRY(purchase, after(std::move(purchase), PurchaseEvent::price_approved));
    purchase = as_proposed(std::move(purchase));
    TRY_DO(update_purchase(tx, purchase));
    TRY_DO(announce(tx, ChangeKind::purchase, purchase.purchase_id.value, order.shopper_id, ports.now()));
    TRY_DO(enqueue_now(tx, ports, JobKind::place_purchase, purchase.purchase_id.value));
  }
  return settle_paid_difference(tx, ports, order.order_id, payment.charge);
}

Result<void> record_capture(Transaction& tx, const Ports& ports, const PaymentId& payment_id,
                            const ProviderAnswer& answer) {
  TRY(Payment payment, load_payment(tx, payment_id));
  if (payment.state == PaymentState::captured) return done();
  if (answer.captured != payment.amount)
    return fail(ErrorCode::bad_data, "The provider took another amount than was asked for; a person must look.",
                payment_id.value + " " + text(answer.captured) + " for " + text(payment.amount));
  TRY(const Order order, load_order(tx, the_shop(), payment.order_id));
  TRY(payment.state, next_state<PaymentState>(payment_transitions, payment.state, PaymentEvent::captured));

  TRY_DO(update_payment(tx, payment));
  TRY_DO(post(tx, entry_of_capture(payment.charge, payment.amount,
                                   blank_entry(ports, "captured", payment_id.value, order.order_id))));
  TRY_DO(record_fee(tx, ports, payment, answer));
  TRY_DO(announce(tx, ChangeKind::payment, payment_id.value, order.shopper_id, ports.now()));
  if (payment.purpose == PaymentPurpose::order) return begin_fulfilment(tx, ports, order);
  return resume_purchase(tx, ports, order, payment);
}

}  // namespace

Result<bool> capture_payment(Ports& ports, const PaymentId& payment_id) {
  TRY(const Payment payment,
      transact<Payment>(ports.database, [&](Transaction& tx) { return load_payment(tx, payment_id); }));
  if (payment.state == PaymentState::captured) return true;
  if (payment.state != PaymentState::pending) return false;

  TRY(const ProviderAnswer answer, ports.payments.ask(payment.provider_id));
  if (answer.state != ProviderState::captured) return false;

  TRY_DO(ports.database.transact([&](Transaction& tx) { return record_capture(tx, ports, payment_id, answer); }));
  return true;
}

Result<bool> capture_own_payment(Ports& ports, const Principal& principal, const PaymentId& payment_id) {
  TRY_DO(ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(const Payment payment, load_payment(tx, payment_id));
    const auto order = load_order(tx, principal, payment.order_id);
    if (!order) return fail(ErrorCode::not_found, "There is no such payment.");
    return done();
  }));
  return capture_payment(ports, payment_id);
}

}  // namespace sampan
