#include "shared/page/journey.hpp"

#include <algorithm>
#include <array>

namespace sampan {
namespace {

struct StageOfPurchase {
  PurchaseState state;
  JourneyStage stage;
};
// What the slowest part says of the whole. The ends of a part (refunded, cancelled) do not hold the others up.
constexpr std::array purchase_stages{
    StageOfPurchase{PurchaseState::held, JourneyStage::waiting_for_answer},
    StageOfPurchase{PurchaseState::queued, JourneyStage::buying},
    StageOfPurchase{PurchaseState::placing, JourneyStage::buying},
    StageOfPurchase{PurchaseState::placed, JourneyStage::buying},
    StageOfPurchase{PurchaseState::refunding, JourneyStage::buying},
    StageOfPurchase{PurchaseState::paid, JourneyStage::on_the_way_to_warehouse},
    StageOfPurchase{PurchaseState::shipped, JourneyStage::on_the_way_to_warehouse},
    StageOfPurchase{PurchaseState::received, JourneyStage::in_warehouse},
    StageOfPurchase{PurchaseState::accepted, JourneyStage::ready_to_ship},
};

struct StageOfParcel {
  ParcelState state;
  JourneyStage stage;
};
constexpr std::array parcel_stages{
    StageOfParcel{ParcelState::packed, JourneyStage::ready_to_ship},
    StageOfParcel{ParcelState::shipped, JourneyStage::travelling},
    StageOfParcel{ParcelState::lost, JourneyStage::lost},
    StageOfParcel{ParcelState::delivered, JourneyStage::delivered},
};

template <class Table, class Things>
bool earliest(const Table& table, const Things& things, JourneyStage& stage) {
  for (const auto& row : table)
    if (std::any_of(things.begin(), things.end(), [&](const auto& thing) { return thing.state == row.state; })) {
      stage = row.stage;
      return true;
    }
  return false;
}

JourneyStage stage_of(const Order& order, const std::vector<Purchase>& purchases, const std::vector<Parcel>& parcels) {
  if (order.state == OrderState::awaiting_payment) return JourneyStage::waiting_for_payment;
  if (order.state == OrderState::cancelled) return JourneyStage::cancelled;
  JourneyStage stage = JourneyStage::refunded;
  if (!parcels.empty() && earliest(parcel_stages, parcels, stage)) return stage;
  earliest(purchase_stages, purchases, stage);
  return stage;
}

}  // namespace

Journey journey(const Order& order, const std::vector<Purchase>& purchases, const std::vector<Parcel>& parcels) {
  Journey journey;
  journey.stage = stage_of(order, purchases, parcels);
  journey.needs_shopper =
      journey.stage == JourneyStage::waiting_for_payment || journey.stage == JourneyStage::waiting_for_answer;
  for (const Purchase& purchase : purchases)
    journey.parts.push_back({purchase.purchase_id, purchase.seller_name, purchase.state});
  return journey;
}

}  // namespace sampan
