#include "shared/database/payment_rows.hpp"

#include "shared/database/documents.hpp"

namespace sampan {

Result<void> insert_payment(Transaction& tx, const Payment& payment) {
  return inserted(tx.run(R"(insert into payment (payment_id, order_id, state, version, document)
                            values (?, ?, ?, ?, ?))",
                         {payment.payment_id.value, payment.order_id.value, std::string(word(payment.state)),
                          payment.version, to_json(payment)}));
}

Result<Payment> update_payment(Transaction& tx, Payment payment) {
  const int64_t loaded = payment.version++;
  TRY_DO(updated(
      tx.run(R"(update payment
                           set state = ?, version = ?, document = ?
                           where payment_id = ? and version = ?)",
             {std::string(word(payment.state)), payment.version, to_json(payment), payment.payment_id.value, loaded})));
  return payment;
}

Result<Payment> load_payment(Transaction& tx, const PaymentId& id) {
  return only_document<Payment>(tx.select("select document from payment where payment_id = ?", {id.value}),
                                "There is no such payment.");
}

Result<std::vector<Payment>> list_payments(Transaction& tx, const OrderId& order_id) {
  return documents<Payment>(tx.select(R"(select document from payment
                                     where order_id = ?
                                     order by payment_id)",
                                      {order_id.value}));
}

}  // namespace sampan
