// A seller asks more than was quoted, and the shopper answers: pays the difference, or does without.
//
// Errors  not_found, not_allowed_now when the purchase is not held
#pragma once

#include "shared/payment/payment.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

// The payment of the difference; asking again answers the same one.
Result<PaymentId> approve_price(Ports& ports, const ShopperId& shopper_id, const PurchaseId& purchase_id);

// The lines that became dearer are given up and refunded; the rest is bought.
Result<void> decline_price(Ports& ports, const ShopperId& shopper_id, const PurchaseId& purchase_id);

// The same inside a transaction: when the payment of the difference has expired.
Result<void> record_declined_price(Transaction& tx, const Ports& ports, const PurchaseId& purchase_id);

}  // namespace sampan
