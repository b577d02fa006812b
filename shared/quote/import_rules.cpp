#include "shared/quote/import_rules.hpp"

#include <algorithm>
#include <set>

#include "shared/core/decimal.hpp"

namespace sampan {
namespace {

constexpr int amount_digits = 4;
constexpr int rate_digits = 6;
constexpr int64_t most_rule_amount = 100'000'000'000'000;  // what no product of amounts and counts overflows with

template <class T>
bool lists(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

tl::unexpected<Error> bad(const std::string& sentence) {
  return fail(ErrorCode::bad_data, "The import rules cannot be used: " + sentence, "import rules");
}

Result<int64_t> rate_of_text(std::string_view text) {
  TRY(const int64_t millionths, scaled(text, rate_digits));
  if (millionths < 0 || millionths > 20 * whole_rate) return fail(ErrorCode::bad_input, "A rate is between 0 and 20.");
  return millionths;
}

bool shares_a_case(const ImportRule& a, const ImportRule& b) {
  const auto meet = [](const auto& left, const auto& right) {
    return std::any_of(left.begin(), left.end(), [&](const auto& each) { return lists(right, each); });
  };
  return meet(a.dest, b.dest) && meet(a.origin, b.origin) && meet(a.channel, b.channel) && meet(a.purpose, b.purpose);
}

bool overlap(const ImportRule& a, const ImportRule& b) {
  const bool a_ends_first = a.valid_until && !(b.valid_from < *a.valid_until);
  const bool b_ends_first = b.valid_until && !(a.valid_from < *b.valid_until);
  return !a_ends_first && !b_ends_first;
}

bool matches(const ImportRule& rule, const RuleQuestion& question) {
  return lists(rule.dest, question.destination) && lists(rule.origin, question.origin) &&
         lists(rule.channel, question.channel) && lists(rule.purpose, question.purpose) &&
         is_valid_on(rule.valid_from, rule.valid_until, question.day);
}

Result<void> check_amount(const std::optional<RuleAmount>& amount, Currency currency, const std::string& row) {
  if (!amount) return done();
  if (amount->ten_thousandths < 0 || amount->ten_thousandths > most_rule_amount)
    return bad(row + " has an amount out of range.");
  if (!minor_of(*amount, currency)) return bad(row + " has an amount finer than its currency.");
  return done();
}

Result<void> check_duty(const DutyRule& duty, const std::string& row) {
  const bool is_flat = duty.method == DutyMethod::flat_per_hs6 || duty.method == DutyMethod::flat_per_parcel;
  const bool has_base = duty.base && !duty.base->empty() && !lists(*duty.base, BasePart::D);
  if (is_flat && !duty.amount) return bad(row + " has a flat duty without an amount.");
  if (duty.method == DutyMethod::ad_valorem && (!duty.rate || !has_base))
    return bad(row + " has a duty without rate or base.");
  if (duty.method == DutyMethod::layers && (!duty.layers || duty.layers->empty() || !has_base))
    return bad(row + " has a duty without layers or base.");
  return done();
}

Result<void> check_vat(const ImportRules& rules, const ImportRule& rule, const std::optional<VatRule>& vat) {
  if (!vat) return done();
  if (vat->rate.from == RateFrom::tariff) return bad("rule " + rule.id + " takes a VAT rate from the tariff.");
  if (vat->base.empty()) return bad("rule " + rule.id + " has a VAT without a base.");
  for (const std::string& dest : rule.dest)
    if (vat->rate.from == RateFrom::destination_vat && rules.vat.count(dest) == 0)
      return bad("rule " + rule.id + " asks the VAT rate of " + dest + ", which has none.");
  return done();
}

Result<void> check_rounding(const RoundingRule& rounding, Currency currency, const std::string& row) {
  if (rounding.quantum.ten_thousandths <= 0) return bad(row + " rounds to nothing.");
  if (rounding.value_quantum && rounding.value_quantum->ten_thousandths <= 0) return bad(row + " rounds to nothing.");
  TRY_DO(check_amount(rounding.quantum, currency, row));
  return check_amount(rounding.value_quantum, currency, row);
}

Result<void> check_bands(const ImportRules& rules, const ImportRule& rule) {
  if (rule.bands.empty() || rule.bands.back().upto)
    return bad("rule " + rule.id + " needs a last band without a limit.");
  for (size_t i = 0; i < rule.bands.size(); ++i) {
    const ImportBand& band = rule.bands[i];
    const std::string row = "rule " + rule.id + ", band " + std::to_string(i + 1) + ",";
    if (!band.upto && i + 1 < rule.bands.size()) return bad(row + " has no limit, but is not the last.");
    if (i > 0 && band.upto && band.upto->ten_thousandths <= rule.bands[i - 1].upto->ten_thousandths)
      return bad(row + " does not rise.");
    if (band.scheme && !band.vat) return bad(row + " has a scheme without a VAT.");
    TRY_DO(check_amount(band.upto, rule.currency, row));
    TRY_DO(check_amount(band.duty.amount, rule.currency, row));
    TRY_DO(check_duty(band.duty, row));
    TRY_DO(check_vat(rules, rule, band.vat));
    TRY_DO(check_vat(rules, rule, band.vat_unregistered));
  }
  return done();
}

Result<void> check_rule(const ImportRules& rules, const ImportRule& rule) {
  const std::string row = "rule " + rule.id;
  if (rule.id.empty() || rule.dest.empty() || rule.origin.empty() || rule.channel.empty() || rule.purpose.empty())
    return bad(row + " needs an id, dest, origin, channel and purpose.");
  if (rule.valid_until && !(rule.valid_from < *rule.valid_until)) return bad(row + " ends before it begins.");
  if (rule.threshold_basis.empty() || lists(rule.threshold_basis, BasePart::D))
    return bad(row + " needs a threshold basis.");
  if (rule.goods_ratio && rule.goods_ratio->numerator <= 0) return bad(row + " has a goods ratio of nothing.");
  TRY_DO(check_rounding(rule.rounding.duty, rule.currency, row));
  TRY_DO(check_rounding(rule.rounding.vat, rule.currency, row));
  return check_bands(rules, rule);
}

Result<void> check_pairs(const ImportRules& rules) {
  for (size_t i = 0; i < rules.rules.size(); ++i)
    for (size_t j = i + 1; j < rules.rules.size(); ++j) {
      const ImportRule& a = rules.rules[i];
      const ImportRule& b = rules.rules[j];
      if (a.id == b.id) return bad("two rules are called " + a.id + ".");
      if (a.priority == b.priority && shares_a_case(a, b) && overlap(a, b))
        return bad("rules " + a.id + " and " + b.id + " are valid for the same parcel on the same day.");
    }
  return done();
}

// A closed rule is followed on its last day by another that takes the same parcels, unless it lapses or nothing follows.
Result<void> check_gaps(const ImportRules& rules) {
  for (const ImportRule& rule : rules.rules) {
    if (!rule.valid_until || rule.lapse) continue;
    for (const std::string& dest : rule.dest)
      for (const std::string& origin : rule.origin)
        for (const ImportChannel channel : rule.channel)
          for (const ImportPurpose purpose : rule.purpose) {
            RuleQuestion question{dest, origin, channel, purpose, *rule.valid_until};
            const auto covers = [&](const ImportRule& each) { return matches(each, question); };
            const auto comes_later = [&](const ImportRule& each) {
              question.day = each.valid_from;
              return *rule.valid_until < each.valid_from && matches(each, question);
            };
            if (std::any_of(rules.rules.begin(), rules.rules.end(), covers)) continue;
            const auto later = std::find_if(rules.rules.begin(), rules.rules.end(), comes_later);
            if (later != rules.rules.end())
              return bad("between rules " + rule.id + " and " + later->id + " there is a gap for " + dest + " from " +
                         text(*rule.valid_until) + ".");
          }
  }
  return done();
}

Result<void> check_tariff(const ImportRules& rules) {
  std::set<std::string> seen;
  for (const TariffRow& row : rules.tariff) {
    const bool is_digits = std::all_of(row.hs.begin(), row.hs.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_digits || row.hs.size() > 10) return bad("the tariff has a row for the code \"" + row.hs + "\".");
    if (row.rate.from != RateFrom::text) return bad("the tariff row of " + row.hs + " needs a rate of its own.");
    for (const std::string& dest : row.dest)
      if (!seen.insert(dest + " " + row.layer + " " + row.hs + " " + text(row.valid_from)).second)
        return bad("the tariff has two rows for " + dest + " " + row.layer + " " + row.hs + ".");
  }
  return done();
}

Result<void> check_fees(const ImportRules& rules) {
  std::set<std::string> seen;
  for (const ImportFee& fee : rules.fees) {
    if (!seen.insert(fee.id).second) return bad("two fees are called " + fee.id + ".");
    TRY_DO(check_amount(fee.amount, fee.currency, "fee " + fee.id));
    TRY_DO(check_amount(fee.upto, fee.currency, "fee " + fee.id));
  }
  return done();
}

}  // namespace

Result<RuleAmount> read(const Json& json, RuleAmount*) {
  TRY(const std::string text, read(json, static_cast<std::string*>(nullptr)));
  TRY(const int64_t ten_thousandths, scaled(text, amount_digits));
  return RuleAmount{ten_thousandths};
}

Result<int64_t> minor_of(RuleAmount amount, Currency currency) {
  const int64_t step = power_of_ten(amount_digits - currency.digits());
  if (amount.ten_thousandths % step != 0) return fail(ErrorCode::bad_data, "An amount is finer than its currency.");
  return amount.ten_thousandths / step;
}

Result<Ratio> read(const Json& json, Ratio*) {
  TRY(const std::string text, read(json, static_cast<std::string*>(nullptr)));
  const size_t slash = text.find('/');
  if (slash == text.npos) {
    TRY(const int64_t millionths, rate_of_text(text));
    return Ratio{millionths, whole_rate};
  }
  TRY(const int64_t numerator, scaled(std::string_view(text).substr(0, slash), 0));
  TRY(const int64_t denominator, scaled(std::string_view(text).substr(slash + 1), 0));
  if (numerator < 0 || denominator <= 0 || numerator > whole_rate || denominator > whole_rate)
    return fail(ErrorCode::bad_input, "A ratio is written as 0.60 or 22/78.");
  return Ratio{numerator, denominator};
}

Result<RuleRate> read(const Json& json, RuleRate*) {
  TRY(const std::string text, read(json, static_cast<std::string*>(nullptr)));
  constexpr std::string_view layer_prefix = "@tariff:";
  if (text == "@vat") return RuleRate{RateFrom::destination_vat, 0, {}};
  if (text == "@tariff") return RuleRate{RateFrom::tariff, 0, {}};
  if (text.rfind(layer_prefix, 0) == 0 && text.size() > layer_prefix.size())
    return RuleRate{RateFrom::tariff, 0, text.substr(layer_prefix.size())};
  TRY(const int64_t millionths, rate_of_text(text));
  return RuleRate{RateFrom::text, millionths, {}};
}

Result<ImportRules> parse_import_rules(std::string_view json) {
  auto rules = from_json<ImportRules>(json);
  if (!rules)
    return fail(ErrorCode::bad_data, "The import rules cannot be read: " + rules.error().sentence,
                rules.error().context);
  TRY_DO(validate(*rules));
  return rules;
}

Result<void> validate(const ImportRules& rules) {
  if (rules.format != "sampan-import-rules/1") return bad("the format is not sampan-import-rules/1.");
  if (rules.revision.empty()) return bad("there is no revision.");
  for (const auto& [country, rate] : rules.vat)
    if (rate.from != RateFrom::text) return bad("the VAT rate of " + country + " is no number.");
  for (const ImportRule& rule : rules.rules) TRY_DO(check_rule(rules, rule));
  TRY_DO(check_pairs(rules));
  TRY_DO(check_gaps(rules));
  TRY_DO(check_tariff(rules));
  return check_fees(rules);
}

std::string compact_postcode(std::string_view postcode) {
  std::string compact;
  for (const char c : postcode)
    if (c != ' ' && c != '-') compact += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return compact;
}

Result<void> check_destination(const ImportRules& rules, std::string_view country, std::string_view postcode) {
  const std::string destination(country);
  const auto serves = [&](const ImportRule& rule) { return lists(rule.dest, destination); };
  if (std::none_of(rules.rules.begin(), rules.rules.end(), serves))
    return fail(ErrorCode::not_offered, "We do not offer this country yet.", destination.substr(0, 40));
  const std::string compact = compact_postcode(postcode);
  for (const OtherTaxArea& area : rules.other_tax_areas)
    if (area.dest == destination && compact.rfind(area.postcode_prefix, 0) == 0)
      return fail(ErrorCode::not_offered, "We do not offer this part of the country yet: " + area.why,
                  destination + " " + area.postcode_prefix);
  return done();
}

Result<const ImportRule*> rule_for(const ImportRules& rules, const RuleQuestion& question) {
  const ImportRule* best = nullptr;
  bool is_tied = false;
  for (const ImportRule& rule : rules.rules) {
    if (!matches(rule, question)) continue;
    if (best != nullptr && rule.priority < best->priority) continue;
    is_tied = best != nullptr && rule.priority == best->priority;
    best = &rule;
  }
  if (best == nullptr)
    return fail(ErrorCode::not_offered, "There are no import rules for this destination on that day.",
                question.destination + " " + std::string(word(question.channel)) + " " + text(question.day));
  if (is_tied) return bad("two rules are valid for " + question.destination + " on " + text(question.day) + ".");
  return best;
}

const TariffRow* tariff_for(const ImportRules& rules, std::string_view destination, std::string_view layer,
                            std::string_view hs, Day day) {
  const TariffRow* best = nullptr;
  for (const TariffRow& row : rules.tariff) {
    if (row.layer != layer || !lists(row.dest, std::string(destination))) continue;
    if (hs.substr(0, row.hs.size()) != row.hs || !is_valid_on(row.valid_from, row.valid_until, day)) continue;
    const bool is_longer = best == nullptr || best->hs.size() < row.hs.size();
    const bool is_newer = best != nullptr && best->hs.size() == row.hs.size() && best->valid_from < row.valid_from;
    if (is_longer || is_newer) best = &row;
  }
  return best;
}

bool is_valid_on(Day from, const std::optional<Day>& until, Day day) {
  return !(day < from) && (!until || day < *until);
}

}  // namespace sampan
