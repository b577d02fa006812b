// What the acts need from outside, and what the operator has decided. Time and randomness come in here too.
#pragma once

#include <functional>
#include <string>

#include "shared/core/id.hpp"
#include "shared/database/database.hpp"
#include "shared/marketplace/marketplace.hpp"
#include "shared/payment/provider.hpp"
#include "shared/quote/terms.hpp"
#include "shared/rates/rate_table.hpp"
#include "shared/tracking/carrier.hpp"

namespace sampan {

struct Ports {
  Database& database;
  std::function<Instant()> now;
  std::function<Randomness()> random;
  std::function<Marketplace*(MarketplaceName)> marketplace;  // null: not configured
  PaymentProvider& payments;
  Carrier& carrier;
  std::function<Result<RateTable>()> fetch_rates;
  const TradeTerms& terms;
};

// Of one of our own kinds: new_id<OrderId>(ports).
template <class OwnId>
OwnId new_id(const Ports& ports) {
  return {time_ordered(OwnId::tag::prefix, ports.now(), ports.random())};
}

// not_offered when the operator has no keys for it.
inline Result<Marketplace*> marketplace_of(const Ports& ports, MarketplaceName name) {
  Marketplace* const found = ports.marketplace(name);
  if (found == nullptr)
    return fail(ErrorCode::not_offered, "This marketplace is not offered here.", std::string(word(name)));
  return found;
}

}  // namespace sampan
