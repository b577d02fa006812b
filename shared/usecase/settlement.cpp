#include "shared/usecase/settlement.hpp"

#include <algorithm>

namespace sampan {
namespace {

bool wants(const Purchase& purchase, const std::string& line_id) {
  return std::any_of(purchase.lines.begin(), purchase.lines.end(),
                     [&](const PurchaseLine& line) { return line.order_line_id.value == line_id; });
}

// One sign for all five parts: +1 fills the escrow, -1 empties it.
void post_charge(Entry& entry, const Charge& charge, int sign) {
  const auto signed_credit = [&](Account account, Money amount) {
    entry.postings.push_back({account, {-sign * amount.minor, amount.currency}});
  };
  signed_credit(Account::escrow_goods, charge.goods);
  signed_credit(Account::escrow_fee, charge.fee);
  signed_credit(Account::escrow_ship, charge.ship);
  signed_credit(Account::escrow_duty, charge.duty);
  signed_credit(Account::vat_payable, charge.vat);
}

struct PlacedMoney {
  Money released;  // of the escrow: the seller's whole part, bought at what was quoted
  Money at_mid;    // what the yuan cost at the mid rate
  Money spread;    // ours
  Money bought;    // CNY
};

Result<PlacedMoney> placed_money(const Order& order, const Purchase& purchase) {
  PlacedMoney money;
  TRY(money.bought, bought_total(purchase));
  TRY(money.released, goods_of(order.landed, purchase));
  TRY(money.at_mid, convert(money.bought, order.quote.request.mid, Rounding::half_even));
  TRY(money.spread, subtract(money.released, money.at_mid));
  return money;
}

}  // namespace

Result<Money> goods_of(const LandedCost& landed, const Purchase& purchase) {
  Money goods{0, landed.total.currency};
  for (const LandedComponent& component : landed.components) {
    const bool is_line = component.kind == LandedKind::line && wants(purchase, component.id);
    const bool is_freight =
        component.kind == LandedKind::domestic_freight && component.id == part_name(purchase.seller);
    if (!is_line && !is_freight) continue;
    TRY(goods, add(goods, component.amount));
  }
  return goods;
}

Result<LandedCost> reland(const Order& order, const std::vector<Purchase>& purchases, const TradeTerms& terms) {
  LandedCostRequest request = order.quote.request;
  request.lines.clear();
  request.freights.clear();
  for (const LandedLine& quoted : order.quote.request.lines)
    for (const Purchase& purchase : purchases)
      for (const PurchaseLine& line : purchase.lines) {
        if (line.order_line_id.value != quoted.line_id || line.quantity == 0) continue;
        request.lines.push_back(quoted);
        request.lines.back().quantity = line.quantity;
        request.lines.back().unit_price = line.unit_price;
      }
  for (const LandedFreight& quoted : order.quote.request.freights)
    for (const Purchase& purchase : purchases) {
      if (part_name(purchase.seller) != quoted.seller || wants_nothing(purchase.lines)) continue;
      request.freights.push_back(quoted);
      request.freights.back().freight = purchase.quoted_freight;
    }
  if (!request.lines.empty()) return landed_cost(request, terms);
  LandedCost none = order.landed;
  none.components.clear();
  none.total.minor = 0;
  return none;
}

Purchase as_proposed(Purchase purchase) {
  purchase.lines = std::move(purchase.proposed);
  purchase.proposed.clear();
  if (purchase.proposed_freight) purchase.quoted_freight = *purchase.proposed_freight;
  purchase.proposed_freight.reset();
  return purchase;
}

Result<LandedCost> reland_as_proposed(const Order& order, std::vector<Purchase> purchases,
                                      const PurchaseId& purchase_id, const TradeTerms& terms) {
  for (Purchase& purchase : purchases)
    if (purchase.purchase_id == purchase_id) purchase = as_proposed(std::move(purchase));
  return reland(order, purchases, terms);
}

Result<Entry> entry_of_placement(const Order& order, const Purchase& purchase, Entry entry) {
  TRY(const PlacedMoney money, placed_money(order, purchase));
  entry.postings = {
      debit(Account::escrow_goods, money.released),    credit(Account::fx_clearing, money.at_mid),
      credit(Account::fx_spread, money.spread),        debit(Account::fx_clearing, money.bought),
      credit(Account::upstream_payable, money.bought),
  };
  return entry;
}

Result<Entry> entry_of_seller_refund(const Order& order, const Purchase& purchase, Entry entry) {
  TRY(const PlacedMoney money, placed_money(order, purchase));
  entry.postings = {
      credit(Account::escrow_goods, money.released),  debit(Account::fx_clearing, money.at_mid),
      debit(Account::fx_spread, money.spread),        credit(Account::fx_clearing, money.bought),
      debit(Account::upstream_prepaid, money.bought),
  };
  return entry;
}

Entry entry_of_capture(const Charge& charge, Money whole, Entry entry) {
  entry.postings = {debit(Account::psp_clearing, whole)};
  post_charge(entry, charge, +1);
  return entry;
}

Entry entry_of_provider_fee(Money fee, Entry entry) {
  entry.postings = {debit(Account::psp_fee, fee), credit(Account::psp_clearing, fee)};
  return entry;
}

Result<GivenBack> entry_of_lower_charge(const Charge& before, const Charge& after, Entry entry) {
  TRY(const Charge fallen, difference(before, after));
  TRY(const Money back, total(fallen));
  post_charge(entry, fallen, -1);
  entry.postings.push_back(credit(back.minor >= 0 ? Account::refunds_payable : Account::compensation, back));
  return GivenBack{std::move(entry), {std::max<int64_t>(back.minor, 0), back.currency}};
}

Result<Entry> entry_of_shipping(const Order& order, const Charge& charge, Money carrier_price, Entry entry) {
  TRY(const Money cost, convert(carrier_price, order.quote.request.mid, Rounding::half_even));
  TRY(const Money margin, subtract(charge.ship, cost));
  entry.postings = {
      debit(Account::escrow_ship, charge.ship),         credit(Account::fx_clearing, cost),
      credit(Account::shipping_margin, margin),         debit(Account::escrow_duty, charge.duty),
      credit(Account::duties_payable, charge.duty),     debit(Account::escrow_fee, charge.fee),
      credit(Account::service_fee, charge.fee),         debit(Account::fx_clearing, carrier_price),
      credit(Account::shipping_payable, carrier_price),
  };
  return entry;
}

Result<GivenBack> entry_of_lost_parcel(const Charge& charge, Entry entry) {
  TRY(const Money ours, add(charge.goods, charge.ship));
  TRY(const Money taxes, add(charge.duty, charge.vat));
  TRY(const Money back, add(ours, taxes));
  entry.postings = {debit(Account::compensation, ours), debit(Account::duties_payable, charge.duty),
                    debit(Account::vat_payable, charge.vat), credit(Account::refunds_payable, back)};
  return GivenBack{std::move(entry), back};
}

}  // namespace sampan
