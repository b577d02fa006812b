// Ids: distinct types, so that a purchase is never looked up as an order; a string is never an id.
//
// Shape   ours: a prefix and 26 time-ordered characters, "ord_01jd…" (Crockford base 32 of 48 bits of time and 80 random)
//         theirs (ProductId, SkuId …): the marketplace's own text, kept as it came
// Source  the layout of ULID, github.com/ulid/spec
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "shared/core/instant.hpp"

namespace sampan {

template <class Tag>
struct Id {
  using tag = Tag;
  std::string value;
  bool operator==(const Id&) const = default;
  bool operator<(const Id& other) const { return value < other.value; }
  bool is_empty() const { return value.empty(); }
};

// 80 random bits and a time make the part behind the prefix.
struct Randomness {
  uint64_t high = 0;  // the lower 16 bits count
  uint64_t low = 0;
};
std::string time_ordered(std::string_view prefix, Instant now, Randomness random);

#define SAMPAN_OWN_ID(Name, text)                    \
  struct Name##Tag {                                 \
    static constexpr std::string_view prefix = text; \
  };                                                 \
  using Name = Id<Name##Tag>;
#define SAMPAN_THEIR_ID(Name) \
  struct Name##Tag {};        \
  using Name = Id<Name##Tag>;

SAMPAN_OWN_ID(ShopperId, "sho_")
SAMPAN_OWN_ID(CartId, "car_")
SAMPAN_OWN_ID(CartLineId, "cln_")
SAMPAN_OWN_ID(QuoteId, "quo_")
SAMPAN_OWN_ID(OrderId, "ord_")
SAMPAN_OWN_ID(OrderLineId, "oln_")
SAMPAN_OWN_ID(PurchaseId, "pur_")
SAMPAN_OWN_ID(ShipmentId, "shp_")
SAMPAN_OWN_ID(ParcelId, "par_")
SAMPAN_OWN_ID(PaymentId, "pay_")
SAMPAN_OWN_ID(RefundId, "ref_")
SAMPAN_OWN_ID(EntryId, "ent_")
SAMPAN_OWN_ID(JobId, "job_")

// A marketplace's own names.
SAMPAN_THEIR_ID(ProductId)
SAMPAN_THEIR_ID(SkuId)
SAMPAN_THEIR_ID(SellerId)
SAMPAN_THEIR_ID(UpstreamOrderId)
// A payment provider's and a carrier's.
SAMPAN_THEIR_ID(ProviderId)
SAMPAN_THEIR_ID(TrackingNumber)

}  // namespace sampan

template <class Tag>
struct std::hash<sampan::Id<Tag>> {
  size_t operator()(const sampan::Id<Tag>& id) const { return std::hash<std::string>{}(id.value); }
};
