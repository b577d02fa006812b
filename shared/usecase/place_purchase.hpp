// Buys one seller's part upstream, at most once. A job.
//
// Promises  the attempt is written before the call; after an attempt whose end is not known, the marketplace is asked
//           by our key, once its list can be trusted, before anything is bought again
//           what is bought is what was quoted: dearer is held for the shopper, short stock follows the line policy
#pragma once

#include "shared/usecase/recording.hpp"

namespace sampan {

Result<JobOutcome> place_purchase(Ports& ports, const PurchaseId& purchase_id);

}  // namespace sampan
