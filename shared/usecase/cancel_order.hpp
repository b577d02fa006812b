// The shopper does without, or the set has lost the piece that it hangs on. What is not bought yet is given up at once;
// what is bought but not sent is asked back from its seller; what is under way stays.
//
// Errors  not_found; not_allowed_now when nothing of the order can be cancelled any more
#pragma once

#include "shared/payment/payment.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

Result<void> cancel_order(Ports& ports, const ShopperId& shopper_id, const OrderId& order_id);

// Inside a transaction: purchases that wait or are held are cancelled and refunded. The answer is how many.
Result<int64_t> cancel_what_is_not_bought(Transaction& tx, const Ports& ports, const OrderId& order_id,
                                          RefundReason reason);

}  // namespace sampan
