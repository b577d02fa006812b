// Payments in the database.
//
// Errors  not_found; conflict: a stale version on update, a repeated id on insert
#pragma once

#include <vector>

#include "shared/database/database.hpp"
#include "shared/payment/payment.hpp"

namespace sampan {

Result<void> insert_payment(Transaction& tx, const Payment& payment);
// The version grows by one; the returned payment is the stored one.
Result<Payment> update_payment(Transaction& tx, Payment payment);
Result<Payment> load_payment(Transaction& tx, const PaymentId& id);
Result<std::vector<Payment>> list_payments(Transaction& tx, const OrderId& order_id);

}  // namespace sampan
