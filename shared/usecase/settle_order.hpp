// After a purchase or a parcel of an order moved: what is not wanted any more is given back, and an order whose every
// part has come to its end is closed. Runs inside the transaction of the act that moved it.
//
// Promises  the refund and its job are written with the entry that owes it; a closed order's escrow is zero
#pragma once

#include "shared/order/order.hpp"
#include "shared/payment/payment.hpp"
#include "shared/purchase/purchase.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

// Charges the order anew by what its purchases still want; a lower charge is refunded for `reason`.
Result<void> settle_order(Transaction& tx, const Ports& ports, const OrderId& order_id, RefundReason reason);

// The same after the shopper paid `paid` on top of what the order was charged: all of it that is not needed goes back.
Result<void> settle_paid_difference(Transaction& tx, const Ports& ports, const OrderId& order_id, const Charge& paid);

// `amount` is owed to the shopper already (refunds_payable): it goes back over the payments it came by.
Result<void> owe_refund(Transaction& tx, const Ports& ports, const Order& order, Money amount, RefundReason reason);

}  // namespace sampan
