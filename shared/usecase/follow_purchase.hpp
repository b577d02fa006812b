// Watches what was bought until it stands in the warehouse, or its money is back. A job that asks again and again;
// a push only makes it due at once.
#pragma once

#include "shared/usecase/recording.hpp"

namespace sampan {

Result<JobOutcome> follow_purchase(Ports& ports, const PurchaseId& purchase_id);

// Asks the seller for the money of what was bought, then follows until it is back. A job.
Result<JobOutcome> refund_purchase(Ports& ports, const PurchaseId& purchase_id);

}  // namespace sampan
