#include "shared/quote/landed_cost.hpp"

#include <algorithm>
#include <set>

#include "shared/core/decimal.hpp"

namespace sampan {
namespace {

constexpr int64_t whole_basis_points = 10'000;
constexpr int64_t most_quantity = 100'000;

// The cart in yuan, before anything is converted.
struct InYuan {
  std::vector<Money> lines;
  Money goods{0, cny()};
  Money domestic_freight{0, cny()};
  Money service_fee{0, cny()};
  ParcelMeasure parcel;
  LaneCost lane;
  std::optional<Money> insurance;
};

Result<void> check_request(const LandedCostRequest& request, const ImportRules& rules, const RateCard& lane) {
  if (request.lines.empty()) return fail(ErrorCode::empty_cart, "The cart is empty: there is nothing to quote.");
  if (request.rules_revision != rules.revision)
    return fail(ErrorCode::bad_data, "These are not the import rules of this quote.",
                request.rules_revision + " and " + rules.revision);
  if (request.rate_card_id != lane.id)
    return fail(ErrorCode::bad_data, "This is not the lane of this quote.", request.rate_card_id + " and " + lane.id);
  if (request.mid.from != cny() || request.mid.ten_billionths <= 0)
    return fail(ErrorCode::bad_input, "A quote needs a rate from yuan.");
  if (request.service_fee.basis_points < 0 || request.packaging_grams < 0)
    return fail(ErrorCode::bad_input, "A fee and a weight cannot be negative.");
  for (const LandedLine& line : request.lines)
    if (line.quantity < 1 || line.quantity > most_quantity || line.unit_price.ten_thousandths < 0)
      return fail(ErrorCode::bad_input, "A line needs a quantity and a price.", line.line_id);
  return check_destination(rules, request.destination, request.postcode);
}

Result<Money> service_fee(const ServiceFee& fee, Money goods_with_freight) {
  TRY(const int64_t share, divide(static_cast<__int128>(goods_with_freight.minor) * fee.basis_points,
                                  whole_basis_points, Rounding::half_even));
  if (fee.minimum.currency != cny()) return fail(ErrorCode::currency_mismatch, "The least service fee is in yuan.");
  return Money{std::max(share, fee.minimum.minor), cny()};
}

Result<InYuan> in_yuan(const LandedCostRequest& request, const RateCard& lane) {
  InYuan cart;
  std::vector<MeasuredPiece> pieces;
  for (const LandedLine& line : request.lines) {
    TRY(const Money total, line_total(line.unit_price, line.quantity));
    cart.lines.push_back(total);
    pieces.push_back({line.quantity, line.weight_grams, line.size});
  }
  TRY(cart.goods, sum(cny(), cart.lines));
  for (const LandedFreight& each : request.freights) {
    if (each.freight.minor < 0) return fail(ErrorCode::bad_input, "A freight cannot be negative.", each.seller);
    TRY(cart.domestic_freight, add(cart.domestic_freight, each.freight));
  }
  TRY(const Money with_freight, add(cart.goods, cart.domestic_freight));
  TRY(cart.service_fee, service_fee(request.service_fee, with_freight));
  TRY(cart.parcel, packing_estimate(pieces, request.packaging_grams));
  TRY(const int64_t grams, chargeable_grams(lane.weight, cart.parcel));
  TRY(cart.lane, lane_cost(lane, {grams, request.is_remote, request.day}));
  if (request.is_insured) {
    TRY(cart.insurance, insurance_cost(lane, cart.goods));
  }
  return cart;
}

// Adds the components that have a source in yuan, each converted once.
class Converter {
 public:
  Converter(const Rate& rate, LandedCost& landed) : rate_(rate), landed_(landed) {}

  Result<Money> add(LandedComponent component, Money yuan) {
    TRY(component.amount, convert(yuan, rate_, Rounding::half_even));
    component.in_cny = yuan;
    landed_.components.push_back(component);
    return component.amount;
  }

 private:
  const Rate& rate_;
  LandedCost& landed_;
};

LandedComponent component(LandedKind kind, std::string id, std::string source) {
  LandedComponent made;
  made.kind = kind;
  made.id = std::move(id);
  made.source = std::move(source);
  return made;
}

std::string percent(int64_t basis_points) { return decimal_text(basis_points, 2) + " %"; }

Result<void> add_lines(const LandedCostRequest& request, const InYuan& cart, Converter& converter,
                       ImportTaxRequest& tax) {
  for (size_t i = 0; i < request.lines.size(); ++i) {
    const LandedLine& line = request.lines[i];
    LandedComponent made = component(LandedKind::line, line.line_id, line.source);
    made.as_of = line.as_of;
    made.basis = std::to_string(line.quantity) + " at CNY " + decimal_text(line.unit_price.ten_thousandths, 4);
    TRY(const Money amount, converter.add(std::move(made), cart.lines[i]));
    tax.lines.push_back({line.hs6, amount});
  }
  return done();
}

Result<void> add_freights(const LandedCostRequest& request, Converter& converter, ImportTaxRequest& tax) {
  tax.domestic_freight = {0, request.mid.to};
  for (const LandedFreight& each : request.freights) {
    LandedComponent made = component(LandedKind::domestic_freight, each.seller, each.source);
    made.as_of = each.as_of;
    TRY(const Money amount, converter.add(std::move(made), each.freight));
    TRY(tax.domestic_freight, add(tax.domestic_freight, amount));
  }
  return done();
}

Result<void> add_lane(const LandedCostRequest& request, const RateCard& lane, const InYuan& cart, Converter& converter,
                      ImportTaxRequest& tax) {
  LandedComponent freight = component(LandedKind::international_freight, lane.id, lane.source);
  // The warehouse weighs the parcel: until then its size is what the sellers say.
  freight.certainty = Certainty::estimate;
  freight.basis = std::to_string(cart.lane.chargeable_grams) + " g";
  TRY(tax.international_freight, converter.add(std::move(freight), cart.lane.total));
  tax.insurance = {0, request.mid.to};
  if (!cart.insurance) return done();
  LandedComponent insurance = component(LandedKind::insurance, lane.id, lane.source);
  insurance.basis = percent(lane.insurance->pct.millionths / 100) + " of " + text(cart.goods);
  TRY(tax.insurance, converter.add(std::move(insurance), *cart.insurance));
  return done();
}

tl::unexpected<Error> no_rate(Currency from, Currency to) {
  return fail(ErrorCode::bad_input, "Customs computes in another currency: the quote needs a rate to it and back.",
              std::string(from.code()) + " to " + std::string(to.code()));
}

// The same request in the currency of the rule.
Result<void> convert_for_customs(ImportTaxRequest& tax, const std::optional<Rate>& rate, Currency currency) {
  const Currency from = tax.insurance.currency;
  if (from == currency) return done();
  if (!rate || rate->from != from || rate->to != currency) return no_rate(from, currency);
  for (Money* amount : {&tax.domestic_freight, &tax.service_fee, &tax.international_freight, &tax.insurance}) {
    TRY(*amount, convert(*amount, *rate, Rounding::half_even));
  }
  for (TaxLine& line : tax.lines) {
    TRY(line.goods, convert(line.goods, *rate, Rounding::half_even));
  }
  return done();
}

LandedKind kind_of(TaxKind kind) {
  constexpr LandedKind kinds[] = {LandedKind::duty, LandedKind::vat, LandedKind::fee};
  return kinds[static_cast<size_t>(kind)];
}

Result<void> add_tax(const LandedCostRequest& request, const ImportTax& tax, const ImportRules& rules,
                     LandedCost& landed) {
  const Currency quoted = request.mid.to;
  for (const TaxComponent& each : tax.components) {
    LandedComponent made = component(kind_of(each.kind), each.id, each.source);
    made.amount = each.amount;
    if (each.amount.currency != quoted) {
      const std::optional<Rate>& back = request.tax_rate;
      if (!back || back->from != each.amount.currency || back->to != quoted)
        return no_rate(each.amount.currency, quoted);
      TRY(made.amount, convert(each.amount, *back, Rounding::half_even));
    }
    made.basis = each.basis;
    made.as_of = start_of(rules.checked);
    made.certainty = each.certainty;
    made.collector = each.collector;
    landed.components.push_back(std::move(made));
  }
  return done();
}

std::vector<GoodsAttribute> all_goods(const LandedCostRequest& request) {
  std::set<GoodsAttribute> goods;
  for (const LandedLine& line : request.lines) {
    goods.insert(line.goods.begin(), line.goods.end());
  }
  return {goods.begin(), goods.end()};
}

// not_offered when the lane refuses; what it asks about is kept for a human.
Result<void> check_lane(const LandedCostRequest& request, const RateCard& lane, const InYuan& cart,
                        const std::vector<TaxLine>& quoted, const std::vector<TaxLine>& at_customs,
                        LandedCost& landed) {
  std::vector<Money> declared{cart.goods};
  for (const std::vector<TaxLine>* lines : {&quoted, &at_customs}) {
    std::vector<Money> amounts;
    for (const TaxLine& line : *lines) amounts.push_back(line.goods);
    TRY(const Money total, sum(amounts[0].currency, amounts));
    declared.push_back(total);
  }
  const Admission admitted = admission(
      lane, {request.destination, request.postcode, request.day, cart.parcel, all_goods(request), std::move(declared)});
  std::string reasons;
  for (const std::string& reason : admitted.reasons) reasons += (reasons.empty() ? "" : "; ") + reason;
  if (admitted.answer == LaneAnswer::deny)
    return fail(ErrorCode::not_offered, "This lane does not take this parcel; choose another one.",
                lane.id + ": " + reasons);
  landed.lane_questions = admitted.reasons;
  return done();
}

Result<void> add_up(LandedCost& landed, Currency currency) {
  std::vector<Money> amounts;
  for (const LandedComponent& each : landed.components) {
    amounts.push_back(each.amount);
    if (each.certainty == Certainty::estimate) landed.certainty = Certainty::estimate;
  }
  TRY(landed.total, sum(currency, amounts));
  return done();
}

}  // namespace

Result<LandedCost> landed_cost(const LandedCostRequest& request, const ImportRules& rules, const RateCard& lane) {
  TRY_DO(check_request(request, rules, lane));
  TRY(const InYuan cart, in_yuan(request, lane));
  LandedCost landed;
  landed.mid = request.mid;
  landed.spread_basis_points = request.spread_basis_points;
  TRY(landed.rate, with_spread(request.mid, request.spread_basis_points));
  landed.rules_revision = rules.revision;
  landed.rate_card_id = lane.id;
  landed.weight_grams = cart.parcel.weight_grams;
  landed.chargeable_grams = cart.lane.chargeable_grams;

  ImportTaxRequest tax;
  tax.question = {request.destination, "CN", lane.channel, request.purpose, request.day};
  tax.registrations = request.registrations;
  tax.is_duty_paid = lane.incoterm == Incoterm::DDP;
  tax.unknown_rate_millionths = request.unknown_rate_millionths;
  Converter converter(landed.rate, landed);
  TRY_DO(add_lines(request, cart, converter, tax));
  TRY_DO(add_freights(request, converter, tax));
  LandedComponent fee = component(LandedKind::service_fee, "service_fee", "operator");
  fee.basis = percent(request.service_fee.basis_points) + ", at least " + text(request.service_fee.minimum);
  TRY(tax.service_fee, converter.add(std::move(fee), cart.service_fee));
  TRY_DO(add_lane(request, lane, cart, converter, tax));

  TRY(const ImportRule* rule, rule_for(rules, tax.question));
  const std::vector<TaxLine> quoted = tax.lines;
  TRY_DO(convert_for_customs(tax, request.customs_rate, rule->currency));
  TRY_DO(check_lane(request, lane, cart, quoted, tax.lines, landed));
  TRY(const ImportTax assessed, import_tax(rules, tax));
  TRY_DO(add_tax(request, assessed, rules, landed));
  landed.rule_id = assessed.rule_id;
  landed.is_near_threshold = assessed.is_near_threshold;
  landed.required = assessed.required;
  TRY_DO(add_up(landed, request.mid.to));
  return landed;
}

Result<Money> total_of(const LandedCost& landed, LandedKind kind) {
  std::vector<Money> amounts;
  for (const LandedComponent& each : landed.components)
    if (each.kind == kind) amounts.push_back(each.amount);
  return sum(landed.total.currency, amounts);
}

}  // namespace sampan
