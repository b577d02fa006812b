// Gives money back to the shopper at the provider, once. A job: the refund's own id is the provider's key.
#pragma once

#include "shared/usecase/recording.hpp"

namespace sampan {

Result<JobOutcome> refund_payment(Ports& ports, const RefundId& refund_id);

}  // namespace sampan
