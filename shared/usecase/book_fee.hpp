// What the payment provider keeps of a captured payment, booked once: with the money when it is told by then, else by a
// job that asks again.
//
// Errors  retry_later while the provider has not told it: each look waits longer than the one before, and after a day and
//         a half a person is told (the plan of shared/jobs)
// Source  trade.md 3.7; Stripe's balance transaction of a charge is null for a while
#pragma once

#include "shared/usecase/recording.hpp"

namespace sampan {

// In the transaction of the capture.
Result<void> record_fee(Transaction& tx, const Ports& ports, const Payment& payment, const ProviderAnswer& answer);

Result<JobOutcome> book_fee(Ports& ports, const PaymentId& payment_id);

}  // namespace sampan
