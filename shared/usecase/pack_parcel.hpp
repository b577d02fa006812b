// The accepted goods of an order go into one box, once nothing of the order is still on its way to the warehouse.
//
// Errors  not_allowed_now; bad_input for a weight that no lane takes
#pragma once

#include "shared/usecase/recording.hpp"

namespace sampan {

struct PackParcel {
  OrderId order_id;
  int64_t weight_grams = 0;  // on the scale, box included
};
FIELDS(PackParcel, order_id, weight_grams)

// Packing again answers the same parcel.
Result<ParcelId> pack_parcel(Ports& ports, const PackParcel& command);

// Hands the parcel to the carrier. A job: the carrier is asked for our booking before one is made.
Result<JobOutcome> ship_parcel(Ports& ports, const ParcelId& parcel_id);

}  // namespace sampan
