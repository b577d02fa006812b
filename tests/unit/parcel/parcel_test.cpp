#include "shared/parcel/parcel.hpp"

#include "tests/unit/core/machine.hpp"

namespace sampan {

TEST_CASE("a parcel is packed, shipped, and then delivered or lost; nothing else", "[parcel]") {
  check_pairs<ParcelState, ParcelEvent>(
      {
          {"packed", "was_shipped", "shipped"},
          {"shipped", "was_delivered", "delivered"},
          {"shipped", "was_lost", "lost"},
      },
      [](ParcelState from, ParcelEvent on) -> Result<ParcelState> {
        Parcel parcel;
        parcel.state = from;
        TRY(const Parcel moved, after(parcel, on));
        return moved.state;
      });
}

TEST_CASE("every parcel comes to an end", "[parcel]") {
  check_ways(parcel_transitions, Parcel{}.state, {"delivered", "lost"});
}

}  // namespace sampan
