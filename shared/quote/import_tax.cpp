#include "shared/quote/import_tax.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "shared/core/decimal.hpp"

namespace sampan {
namespace {

// goods · ratio · weights · rate stays below 2^127 with this.
constexpr int64_t most_minor = 1'000'000'000'000;
constexpr size_t most_lines = 1'000;

// An exact amount: numerator / denominator minor units.
struct Exact {
  __int128 numerator = 0;
  __int128 denominator = 1;
};

// All that a formula needs, in one place; amounts in minor units of the rule's currency.
struct Parcel {
  const ImportRules& rules;
  const ImportTaxRequest& request;
  const ImportRule& rule;
  const ImportBand* band = nullptr;
  TaxCollector collector{};
  Ratio goods_ratio;
  int64_t goods = 0;
};

bool lists(const std::vector<BasePart>& base, BasePart part) {
  return std::find(base.begin(), base.end(), part) != base.end();
}

Money money(const Parcel& parcel, int64_t minor) { return {minor, parcel.rule.currency}; }

std::string percent(int64_t millionths) {
  std::string text = decimal_text(millionths, 4);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text + " %";
}

int64_t extras(const Parcel& parcel, const std::vector<BasePart>& base) {
  const ImportTaxRequest& request = parcel.request;
  int64_t minor = 0;
  if (lists(base, BasePart::d)) minor += request.domestic_freight.minor;
  if (lists(base, BasePart::s)) minor += request.service_fee.minor;
  if (lists(base, BasePart::f)) minor += request.international_freight.minor;
  if (lists(base, BasePart::i)) minor += request.insurance.minor;
  return minor;
}

Exact value_on(const Parcel& parcel, const std::vector<BasePart>& base, int64_t duty) {
  const __int128 scale = parcel.goods_ratio.denominator;
  const __int128 goods =
      lists(base, BasePart::g) ? static_cast<__int128>(parcel.goods) * parcel.goods_ratio.numerator : 0;
  const __int128 others = extras(parcel, base) + (lists(base, BasePart::D) ? duty : 0);
  return {goods + others * scale, scale};
}

// Rounded to whole quanta: 1,999 down to 1,000s is 1,000.
Result<int64_t> rounded(Exact value, RuleAmount quantum, Rounding mode, Currency currency) {
  TRY(const int64_t step, minor_of(quantum, currency));
  TRY(const int64_t quanta, divide(value.numerator, value.denominator * step, mode));
  return quanta * step;
}

Result<Exact> down_to_quantum(const Parcel& parcel, Exact value, const RoundingRule& rounding) {
  if (!rounding.value_quantum) return value;
  TRY(const int64_t minor, rounded(value, *rounding.value_quantum, Rounding::down, parcel.rule.currency));
  return Exact{minor, 1};
}

// What one line is worth with its share, by value, of the freight and the like; goods of no value share equally.
Exact line_value(const Parcel& parcel, const std::vector<BasePart>& base, int64_t line_goods) {
  const __int128 weights = parcel.goods > 0 ? parcel.goods : static_cast<__int128>(parcel.request.lines.size());
  const __int128 weight = parcel.goods > 0 ? line_goods : 1;
  const __int128 scale = parcel.goods_ratio.denominator;
  const __int128 goods =
      lists(base, BasePart::g) ? static_cast<__int128>(line_goods) * parcel.goods_ratio.numerator : 0;
  return {goods * weights + scale * extras(parcel, base) * weight, weights * scale};
}

struct LineRate {
  int64_t millionths = 0;
  bool is_certain = true;
};

Result<LineRate> rate_of(const Parcel& parcel, const RuleRate& rate, const std::string& hs6) {
  if (rate.from == RateFrom::text) return LineRate{rate.millionths, true};
  const RuleQuestion& question = parcel.request.question;
  if (const TariffRow* row = tariff_for(parcel.rules, question.destination, rate.layer, hs6, question.day))
    return LineRate{row->rate.millionths, !row->hs.empty()};
  if (parcel.request.unknown_rate_millionths) return LineRate{*parcel.request.unknown_rate_millionths, false};
  return fail(ErrorCode::not_offered, "The duty on one of these products is not known for this country.",
              question.destination + " " + rate.layer + " hs " + (hs6.empty() ? "unknown" : hs6));
}

struct Duty {
  int64_t minor = 0;
  std::string basis;
  bool is_certain = true;
};

// Lines of one code are one line of the declaration, where the rule rounds values or the total.
std::vector<TaxLine> declared_lines(const Parcel& parcel) {
  if (parcel.rule.rounding.duty.at == RoundingPlace::line) return parcel.request.lines;
  std::vector<TaxLine> lines;
  for (const TaxLine& line : parcel.request.lines) {
    const auto same =
        std::find_if(lines.begin(), lines.end(), [&](const TaxLine& each) { return each.hs6 == line.hs6; });
    if (same == lines.end())
      lines.push_back(line);
    else
      same->goods.minor += line.goods.minor;
  }
  return lines;
}

// One ad valorem rate over all lines: Σ rate · value, rounded once or line by line as the rule says.
Result<Duty> ad_valorem(const Parcel& parcel, const RuleRate& rate, const std::vector<BasePart>& base) {
  const RoundingRule& rounding = parcel.rule.rounding.duty;
  Duty duty;
  Exact sum{0, 0};
  std::set<int64_t> rates;
  for (const TaxLine& line : declared_lines(parcel)) {
    TRY(const LineRate line_rate, rate_of(parcel, rate, line.hs6));
    TRY(const Exact value, down_to_quantum(parcel, line_value(parcel, base, line.goods.minor), rounding));
    const Exact line_duty{value.numerator * line_rate.millionths, value.denominator * whole_rate};
    duty.is_certain = duty.is_certain && line_rate.is_certain;
    rates.insert(line_rate.millionths);
    if (rounding.at == RoundingPlace::line) {
      TRY(const int64_t minor, rounded(line_duty, rounding.quantum, rounding.mode, parcel.rule.currency));
      duty.minor += minor;
    } else {
      // Every line has the same denominator: the shares are parts of one whole.
      sum = {sum.numerator + line_duty.numerator, line_duty.denominator};
    }
  }
  if (rounding.at == RoundingPlace::total) {
    TRY(duty.minor, rounded(sum, rounding.quantum, rounding.mode, parcel.rule.currency));
  }
  for (const int64_t each : rates) duty.basis += (duty.basis.empty() ? "" : ", ") + percent(each);
  return duty;
}

Result<Duty> layered(const Parcel& parcel) {
  Duty duty;
  for (const DutyLayer& layer : *parcel.band->duty.layers) {
    const Day from = layer.valid_from.value_or(parcel.rule.valid_from);
    if (!layer.enabled || !is_valid_on(from, layer.valid_until, parcel.request.question.day)) continue;
    TRY(const Duty part, ad_valorem(parcel, layer.rate, *parcel.band->duty.base));
    duty.minor += part.minor;
    duty.is_certain = duty.is_certain && part.is_certain;
    duty.basis += (duty.basis.empty() ? "" : "; ") + layer.id + " " + part.basis;
  }
  return duty;
}

int64_t distinct_codes(const Parcel& parcel) {
  std::set<std::string> codes;
  for (const TaxLine& line : parcel.request.lines) codes.insert(line.hs6);
  return static_cast<int64_t>(codes.size());
}

Result<Duty> duty_of(const Parcel& parcel) {
  const DutyRule& rule = parcel.band->duty;
  if (rule.method == DutyMethod::none) return Duty{0, "free", true};
  if (rule.method == DutyMethod::layers) return layered(parcel);
  if (rule.method == DutyMethod::ad_valorem) {
    TRY(Duty duty, ad_valorem(parcel, *rule.rate, *rule.base));
    const Exact exact = value_on(parcel, *rule.base, 0);
    TRY(const int64_t value, divide(exact.numerator, exact.denominator, Rounding::half_even));
    duty.basis += " of " + text(money(parcel, value));
    return duty;
  }
  TRY(const int64_t amount, minor_of(*rule.amount, parcel.rule.currency));
  if (rule.method == DutyMethod::flat_per_parcel) return Duty{amount, text(money(parcel, amount)) + " a parcel", true};
  const int64_t codes = distinct_codes(parcel);
  const bool all_known = std::none_of(parcel.request.lines.begin(), parcel.request.lines.end(),
                                      [](const TaxLine& line) { return line.hs6.empty(); });
  return Duty{amount * codes, std::to_string(codes) + " codes at " + text(money(parcel, amount)), all_known};
}

TaxComponent component(const Parcel& parcel, TaxKind kind, std::string id, int64_t minor, std::string basis) {
  // Nothing due is nothing to be wrong about; what a carrier bills at the border may differ from ours.
  const bool is_agreed = parcel.collector == TaxCollector::seller || parcel.request.is_duty_paid || minor == 0;
  return {kind,
          std::move(id),
          money(parcel, minor),
          std::move(basis),
          parcel.rule.id,
          parcel.rules.revision,
          parcel.rule.source,
          parcel.collector,
          is_agreed ? Certainty::exact : Certainty::estimate};
}

Result<int64_t> vat_rate(const Parcel& parcel, const VatRule& vat) {
  if (vat.rate.from == RateFrom::text) return vat.rate.millionths;
  const auto found = parcel.rules.vat.find(parcel.request.question.destination);
  if (found == parcel.rules.vat.end()) return fail(ErrorCode::bad_data, "The VAT rate of this country is missing.");
  return found->second.millionths;
}

Result<void> add_vat(const Parcel& parcel, const VatRule& vat, int64_t duty, int64_t fees, bool is_certain,
                     ImportTax& tax) {
  const RoundingRule& rounding = parcel.rule.rounding.vat;
  TRY(const int64_t rate, vat_rate(parcel, vat));
  Exact exact = value_on(parcel, vat.base, duty);
  exact.numerator += fees * exact.denominator;
  TRY(const Exact value, down_to_quantum(parcel, exact, rounding));
  TRY(const int64_t minor, rounded({value.numerator * rate, value.denominator * whole_rate}, rounding.quantum,
                                   rounding.mode, parcel.rule.currency));
  TRY(const int64_t base, divide(value.numerator, value.denominator, Rounding::half_even));
  tax.components.push_back(
      component(parcel, TaxKind::vat, vat.id, minor, percent(rate) + " of " + text(money(parcel, base))));
  if (!is_certain && minor != 0) tax.components.back().certainty = Certainty::estimate;
  if (!vat.local) return done();
  const Ratio share = vat.local->of_vat;
  TRY(const int64_t local, rounded({static_cast<__int128>(minor) * share.numerator, share.denominator},
                                   rounding.quantum, rounding.mode, parcel.rule.currency));
  const std::string basis =
      std::to_string(share.numerator) + "/" + std::to_string(share.denominator) + " of " + text(money(parcel, minor));
  tax.components.push_back(component(parcel, TaxKind::vat, vat.local->id, local, basis));
  tax.components.back().certainty = tax.components[tax.components.size() - 2].certainty;
  return done();
}

// numerator/denominator ≤ limit
bool is_within(Exact value, int64_t limit) { return value.numerator <= value.denominator * limit; }

struct FeesDue {
  std::vector<TaxComponent> components;
  int64_t in_vat_base = 0;
};

Result<FeesDue> fees_of(const Parcel& parcel, Exact threshold_value) {
  FeesDue due;
  for (const ImportFee& fee : parcel.rules.fees) {
    const bool applies =
        fee.enabled && is_valid_on(fee.valid_from, fee.valid_until, parcel.request.question.day) &&
        std::find(fee.dest.begin(), fee.dest.end(), parcel.request.question.destination) != fee.dest.end();
    if (!applies) continue;
    if (fee.currency != parcel.rule.currency)
      return fail(ErrorCode::bad_data, "A fee has another currency than the rule of its country.", "fee " + fee.id);
    if (fee.upto) {
      TRY(const int64_t limit, minor_of(*fee.upto, fee.currency));
      if (!is_within(threshold_value, limit)) continue;
    }
    TRY(const int64_t amount, minor_of(fee.amount, fee.currency));
    const int64_t count = fee.per == FeePer::hs6 ? distinct_codes(parcel) : 1;
    const std::string basis =
        std::to_string(count) + (fee.per == FeePer::hs6 ? " codes at " : " parcel at ") + text(money(parcel, amount));
    TaxComponent due_fee = component(parcel, TaxKind::fee, fee.id, amount * count, basis);
    due_fee.source = fee.source;
    due.components.push_back(std::move(due_fee));
    if (fee.in_vat_base) due.in_vat_base += amount * count;
  }
  return due;
}

Result<void> check_amounts(const ImportTaxRequest& request, Currency currency) {
  if (request.lines.empty()) return fail(ErrorCode::bad_input, "A parcel without goods pays no tax.");
  if (request.lines.size() > most_lines) return fail(ErrorCode::overflow, "A parcel has too many lines.");
  const int64_t unknown_rate = request.unknown_rate_millionths.value_or(0);
  if (unknown_rate < 0 || unknown_rate > 20 * whole_rate)
    return fail(ErrorCode::bad_input, "A rate is between 0 and 20.");
  std::vector<Money> amounts{request.domestic_freight, request.service_fee, request.international_freight,
                             request.insurance};
  for (const TaxLine& line : request.lines) amounts.push_back(line.goods);
  int64_t total = 0;
  for (const Money& amount : amounts) {
    if (amount.currency != currency)
      return fail(ErrorCode::currency_mismatch, "The import tax is computed in the currency of its rule.",
                  std::string(amount.currency.code()) + " and " + std::string(currency.code()));
    if (amount.minor < 0) return fail(ErrorCode::bad_input, "A customs value cannot be negative.");
    if (amount.minor > most_minor || (total += amount.minor) > most_minor)
      return fail(ErrorCode::overflow, "This parcel is worth more than can be computed.");
  }
  return done();
}

// The first band whose limit the value does not pass; says whether a limit is within 2 %.
Result<const ImportBand*> band_for(const ImportRule& rule, Exact value, bool& is_near) {
  const ImportBand* found = nullptr;
  for (const ImportBand& band : rule.bands) {
    if (!band.upto) {
      if (found == nullptr) found = &band;
      break;
    }
    TRY(const int64_t limit, minor_of(*band.upto, rule.currency));
    const __int128 distance = value.numerator - value.denominator * limit;
    if ((distance < 0 ? -distance : distance) * 50 <= value.denominator * limit) is_near = true;
    if (found == nullptr && is_within(value, limit)) found = &band;
  }
  return found;
}

}  // namespace

Result<ImportTax> import_tax(const ImportRules& rules, const ImportTaxRequest& request) {
  TRY(const ImportRule* rule, rule_for(rules, request.question));
  TRY_DO(check_amounts(request, rule->currency));
  Parcel parcel{rules, request, *rule, nullptr, TaxCollector::carrier, rule->goods_ratio.value_or(Ratio{1, 1}), 0};
  for (const TaxLine& line : request.lines) parcel.goods += line.goods.minor;

  ImportTax tax;
  tax.rule_id = rule->id;
  tax.rules_revision = rules.revision;
  tax.required = rule->required;
  const Exact threshold_value = value_on(parcel, rule->threshold_basis, 0);
  TRY(parcel.band, band_for(*rule, threshold_value, tax.is_near_threshold));
  const std::vector<std::string>& held = request.registrations;
  const bool is_registered =
      parcel.band->scheme && std::find(held.begin(), held.end(), *parcel.band->scheme) != held.end();
  if (is_registered) parcel.collector = TaxCollector::seller;

  TRY(const Duty duty, duty_of(parcel));
  tax.components.push_back(component(parcel, TaxKind::duty, "duty", duty.minor, duty.basis));
  if (!duty.is_certain) tax.components.back().certainty = Certainty::estimate;
  TRY(const FeesDue fees, fees_of(parcel, threshold_value));
  const bool needs_scheme = parcel.band->scheme.has_value();
  const std::optional<VatRule>& vat = needs_scheme && !is_registered ? parcel.band->vat_unregistered : parcel.band->vat;
  if (vat) TRY_DO(add_vat(parcel, *vat, duty.minor, fees.in_vat_base, duty.is_certain, tax));
  tax.components.insert(tax.components.end(), fees.components.begin(), fees.components.end());

  std::vector<Money> amounts;
  for (const TaxComponent& each : tax.components) amounts.push_back(each.amount);
  TRY(tax.total, sum(rule->currency, amounts));
  return tax;
}

}  // namespace sampan
