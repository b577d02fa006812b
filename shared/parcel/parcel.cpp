#include "shared/parcel/parcel.hpp"

namespace sampan {

Result<Parcel> after(Parcel parcel, ParcelEvent event) {
  TRY(parcel.state, next_state<ParcelState>(parcel_transitions, parcel.state, event));
  return parcel;
}

}  // namespace sampan
