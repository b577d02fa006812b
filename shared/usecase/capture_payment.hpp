// One settle: the browser's return, the provider's webhook and the expiry all come here. The provider is asked; what it
// says is booked once. Nobody's word but the provider's moves money.
//
// Errors  bad_data when another amount was captured than was asked for: a person must look
#pragma once

#include "shared/usecase/ports.hpp"
#include "shared/user/principal.hpp"

namespace sampan {

// True when the payment is captured now, or was before.
Result<bool> capture_payment(Ports& ports, const PaymentId& payment_id);

// The same for whom the order belongs to; not_found for everybody else.
Result<bool> capture_own_payment(Ports& ports, const Principal& principal, const PaymentId& payment_id);

}  // namespace sampan
