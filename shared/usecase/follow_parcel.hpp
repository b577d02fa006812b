// Watches a parcel until it is delivered or lost; what is lost is refunded. A job that asks again and again.
#pragma once

#include "shared/usecase/recording.hpp"

namespace sampan {

Result<JobOutcome> follow_parcel(Ports& ports, const ParcelId& parcel_id);

}  // namespace sampan
