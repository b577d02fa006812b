// A landed cost by the accounts that it stands on: what a payment pays for, and what a change gives back.
//
// Unit    minor units of the order's currency; a part of a difference may be negative
// Errors  overflow, currency_mismatch
#pragma once

#include "shared/core/json.hpp"
#include "shared/core/money.hpp"
#include "shared/quote/landed_cost.hpp"

namespace sampan {

struct Charge {
  Money goods;  // what goes to the sellers, their freight with it
  Money fee;
  Money ship;
  Money duty;
  Money vat;
};
FIELDS(Charge, goods, fee, ship, duty, vat)

Result<Charge> charge_of(const LandedCost& landed);
Result<Charge> add(const Charge& a, const Charge& b);
Result<Charge> difference(const Charge& more, const Charge& less);
Result<Money> total(const Charge& charge);

}  // namespace sampan
