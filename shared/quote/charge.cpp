#include "shared/quote/charge.hpp"

namespace sampan {
namespace {

// The account that a kind of cost stands on.
Money& part_of(Charge& charge, LandedKind kind) {
  switch (kind) {
    case LandedKind::line:
    case LandedKind::domestic_freight: return charge.goods;
    case LandedKind::service_fee: return charge.fee;
    case LandedKind::international_freight:
    case LandedKind::insurance: return charge.ship;
    case LandedKind::duty:
    case LandedKind::fee: return charge.duty;
    case LandedKind::vat: break;
  }
  return charge.vat;
}

}  // namespace

Result<Charge> charge_of(const LandedCost& landed) {
  const Money zero{0, landed.total.currency};
  Charge charge{zero, zero, zero, zero, zero};
  for (const LandedComponent& component : landed.components) {
    Money& account = part_of(charge, component.kind);
    TRY(account, add(account, component.amount));
  }
  return charge;
}

Result<Charge> add(const Charge& a, const Charge& b) {
  Charge both = a;
  TRY(both.goods, add(a.goods, b.goods));
  TRY(both.fee, add(a.fee, b.fee));
  TRY(both.ship, add(a.ship, b.ship));
  TRY(both.duty, add(a.duty, b.duty));
  TRY(both.vat, add(a.vat, b.vat));
  return both;
}

Result<Charge> difference(const Charge& more, const Charge& less) {
  Charge left = more;
  TRY(left.goods, subtract(more.goods, less.goods));
  TRY(left.fee, subtract(more.fee, less.fee));
  TRY(left.ship, subtract(more.ship, less.ship));
  TRY(left.duty, subtract(more.duty, less.duty));
  TRY(left.vat, subtract(more.vat, less.vat));
  return left;
}

Result<Money> total(const Charge& charge) {
  return sum(charge.goods.currency, {charge.goods, charge.fee, charge.ship, charge.duty, charge.vat});
}

}  // namespace sampan
