// What was not paid in time is over: first at the provider, then here. A job.
#pragma once

#include "shared/usecase/recording.hpp"

namespace sampan {

Result<JobOutcome> expire_payment(Ports& ports, const PaymentId& payment_id);

}  // namespace sampan
