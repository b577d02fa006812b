// Refunds in the database.
//
// Errors  not_found; conflict: a stale version on update, a repeated id on insert
#pragma once

#include <vector>

#include "shared/database/database.hpp"
#include "shared/payment/payment.hpp"

namespace sampan {

Result<void> insert_refund(Transaction& tx, const Refund& refund);
// The version grows by one; the returned refund is the stored one.
Result<Refund> update_refund(Transaction& tx, Refund refund);
Result<Refund> load_refund(Transaction& tx, const RefundId& id);
Result<std::vector<Refund>> list_refunds(Transaction& tx, const OrderId& order_id);

}  // namespace sampan
