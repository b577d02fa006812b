// Pays what was placed upstream, from the prepaid balance. A job: paying a paid order is no second payment.
#pragma once

#include "shared/usecase/recording.hpp"

namespace sampan {

Result<JobOutcome> pay_purchase(Ports& ports, const PurchaseId& purchase_id);

}  // namespace sampan
