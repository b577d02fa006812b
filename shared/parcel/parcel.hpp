// Warehouse to shopper: the accepted goods of an order in one box, on one lane.
//
// Unit    grams; sums in the currency named
// Errors  not_allowed_now for an event that the state does not know
// Source  trade.md 2 and 5.4
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/core/id.hpp"
#include "shared/core/json.hpp"
#include "shared/core/money.hpp"
#include "shared/core/transitions.hpp"

namespace sampan {

enum class ParcelState { packed, shipped, delivered, lost };
WORDS(ParcelState, packed, shipped, delivered, lost)
enum class ParcelEvent { was_shipped, was_delivered, was_lost };
WORDS(ParcelEvent, was_shipped, was_delivered, was_lost)

using ParcelTransition = Transition<ParcelState, ParcelEvent>;
inline constexpr auto parcel_transitions = [] {
  using S = ParcelState;
  using E = ParcelEvent;
  return std::array{
      // clang-format off
      //               from        on                to
      ParcelTransition{S::packed,  E::was_shipped,   S::shipped},
      ParcelTransition{S::shipped, E::was_delivered, S::delivered},
      ParcelTransition{S::shipped, E::was_lost,      S::lost},
      // clang-format on
  };
}();
static_assert(is_deterministic(parcel_transitions), "one event in one state has one outcome");

struct ParcelItem {
  PurchaseId purchase_id;
  OrderLineId order_line_id;
  int64_t quantity = 0;
  bool operator==(const ParcelItem&) const = default;
};
FIELDS(ParcelItem, purchase_id, order_line_id, quantity)

struct Parcel {
  ParcelId parcel_id;
  OrderId order_id;
  ParcelState state = ParcelState::packed;
  std::vector<ParcelItem> items;
  std::string lane;  // the rate card's id
  std::string country;
  int64_t weight_grams = 0;            // on the scale, box included
  TrackingNumber tracking_number;      // once shipped
  std::optional<Money> carrier_price;  // CNY, once shipped
  std::optional<Instant> shipped_at;
  int64_t version = 0;
};
FIELDS(Parcel, parcel_id, order_id, state, items, lane, country, weight_grams, tracking_number, carrier_price,
       shipped_at, version)

Result<Parcel> after(Parcel parcel, ParcelEvent event);

}  // namespace sampan
