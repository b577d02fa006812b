// Opens the provider's page on which the shopper pays. A job: repeated, it is the same page.
#pragma once

#include "shared/usecase/recording.hpp"

namespace sampan {

Result<JobOutcome> request_payment(Ports& ports, const PaymentId& payment_id);

}  // namespace sampan
