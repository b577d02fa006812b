// Parcels in the database.
//
// Errors  not_found; conflict: a stale version on update, a repeated id on insert
#pragma once

#include <vector>

#include "shared/database/database.hpp"
#include "shared/parcel/parcel.hpp"

namespace sampan {

Result<void> insert_parcel(Transaction& tx, const Parcel& parcel);
// The version grows by one; the returned parcel is the stored one.
Result<Parcel> update_parcel(Transaction& tx, Parcel parcel);
Result<Parcel> load_parcel(Transaction& tx, const ParcelId& id);
Result<std::vector<Parcel>> list_parcels(Transaction& tx, const OrderId& order_id);

}  // namespace sampan
