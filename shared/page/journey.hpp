// The one line and the timeline that a shopper sees of an order: a pure view of its three machines.
//
// Source  design.md "Three machines and a view"
#pragma once

#include <string>
#include <vector>

#include "shared/order/order.hpp"
#include "shared/parcel/parcel.hpp"
#include "shared/purchase/purchase.hpp"

namespace sampan {

// In the order in which an order passes them; the last four are ends.
enum class JourneyStage {
  waiting_for_payment,
  waiting_for_answer,  // a seller asks more: the shopper decides
  buying,
  on_the_way_to_warehouse,
  in_warehouse,
  ready_to_ship,
  travelling,
  delivered,
  lost,
  refunded,
  cancelled,
};
WORDS(JourneyStage, waiting_for_payment, waiting_for_answer, buying, on_the_way_to_warehouse, in_warehouse,
      ready_to_ship, travelling, delivered, lost, refunded, cancelled)

struct SellerStep {
  PurchaseId purchase_id;
  std::string seller_name;
  PurchaseState state{};
};
FIELDS(SellerStep, purchase_id, seller_name, state)

struct Journey {
  JourneyStage stage{};
  bool needs_shopper = false;  // nothing moves until they act
  std::vector<SellerStep> parts;
};
FIELDS(Journey, stage, needs_shopper, parts)

Journey journey(const Order& order, const std::vector<Purchase>& purchases, const std::vector<Parcel>& parcels);

}  // namespace sampan
