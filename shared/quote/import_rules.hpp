// The import rules as data: which duty, tax and fee a parcel pays, where and when. Dated, versioned, an operator's to
// change; never edited in place, since a quote names the revision that it used.
//
// Format  sampan-import-rules/1. A rule is picked by day (valid_from ≤ day < valid_until), destination, origin, channel
//         and purpose; the highest priority wins. Bands stand in order, `upto` is inclusive, the last has none.
//         Bases are lists of: g goods, d domestic freight, s service fee, f international freight, i insurance, D duty.
//         A rate is decimal text, "@vat" (params of the destination), "@tariff" or "@tariff:<layer>" (tariff rows, the
//         longest prefix of the HS code; the empty prefix is the destination's default).
//         Who collects: a band with a `scheme` that the operator is registered for is collected by the seller, with
//         `vat`; else by the carrier, with `vat_unregistered`.
//         `goods_ratio` scales g before everything ("0.60": Japan values personal imports at 60 % of the retail price).
//         `value_quantum` rounds a value down before a rate is applied; `local` is a share of the tax on top of it.
//         Layers are ad valorem rates on one base, each rounded by itself; each has dates of its own.
//         Fees stand beside the rules, since they live longer than one. `other_tax_areas` are postcodes inside a
//         country that are not in its customs or VAT area.
// Unit    amounts in 10^-4 of the rule's currency, rates in 10^-6, both read from decimal text, exactly
// Errors  bad_data with a sentence that names the rows: unreadable, two winners, an overlap, a gap without `lapse`
// Source  each row has its own `source`, `source_date` and `confidence` (H several recent sources agree, M one, L memory)
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/json.hpp"

namespace sampan {

inline constexpr int64_t whole_rate = 1'000'000;

// How the parcel travels; `post_specific`: by post, with the amount per parcel that a carrier may elect in the US.
enum class ImportChannel { courier, post, post_specific };
WORDS(ImportChannel, courier, post, post_specific)

enum class ImportPurpose { personal, business };
WORDS(ImportPurpose, personal, business)

enum class Confidence { H, M, L };
WORDS(Confidence, H, M, L)

enum class BasePart { g, d, s, f, i, D };
WORDS(BasePart, g, d, s, f, i, D)

enum class DutyMethod { none, ad_valorem, layers, flat_per_hs6, flat_per_parcel };
WORDS(DutyMethod, none, ad_valorem, layers, flat_per_hs6, flat_per_parcel)

enum class RoundingPlace { total, line };
WORDS(RoundingPlace, total, line)

enum class FeePer { parcel, hs6 };
WORDS(FeePer, parcel, hs6)

WORDS(Rounding, half_even, half_up, down, up)

// "150.00": the currency comes from the rule.
struct RuleAmount {
  int64_t ten_thousandths = 0;
  bool operator==(const RuleAmount&) const = default;
};
Result<RuleAmount> read(const Json& json, RuleAmount*);
Result<int64_t> minor_of(RuleAmount amount, Currency currency);

// "0.19", "22/78".
struct Ratio {
  int64_t numerator = 0;
  int64_t denominator = 1;
  bool operator==(const Ratio&) const = default;
};
Result<Ratio> read(const Json& json, Ratio*);

enum class RateFrom { text, destination_vat, tariff };

struct RuleRate {
  RateFrom from = RateFrom::text;
  int64_t millionths = 0;  // where it is text
  std::string layer;       // of the tariff; empty is the ordinary one
};
Result<RuleRate> read(const Json& json, RuleRate*);

struct DutyLayer {
  std::string id;  // "s301"
  RuleRate rate;
  bool enabled = true;
  std::optional<Day> valid_from;
  std::optional<Day> valid_until;
  std::string source;
};
FIELDS(DutyLayer, id, rate, enabled, valid_from, valid_until, source)

struct DutyRule {
  DutyMethod method = DutyMethod::none;
  std::optional<RuleAmount> amount;  // flat methods
  std::optional<RuleRate> rate;      // ad_valorem
  std::optional<std::vector<DutyLayer>> layers;
  std::optional<std::vector<BasePart>> base;  // ad_valorem, layers
};
FIELDS(DutyRule, method, amount, rate, layers, base)

struct LocalTax {
  std::string id;
  Ratio of_vat;
};
FIELDS(LocalTax, id, of_vat)

struct VatRule {
  std::string id;  // "vat", "gst", "consumption_tax"
  RuleRate rate;
  std::vector<BasePart> base;
  std::optional<LocalTax> local;
};
FIELDS(VatRule, id, rate, base, local)

struct ImportBand {
  std::optional<RuleAmount> upto;
  std::optional<std::string> scheme;  // "IOSS"
  DutyRule duty;
  std::optional<VatRule> vat;
  std::optional<VatRule> vat_unregistered;
};
FIELDS(ImportBand, upto, scheme, duty, vat, vat_unregistered)

struct RoundingRule {
  RuleAmount quantum;
  Rounding mode = Rounding::half_up;
  RoundingPlace at = RoundingPlace::total;
  std::optional<RuleAmount> value_quantum;
};
FIELDS(RoundingRule, quantum, mode, at, value_quantum)

struct ImportRounding {
  RoundingRule duty;
  RoundingRule vat;
};
FIELDS(ImportRounding, duty, vat)

struct ImportRule {
  std::string id;
  std::vector<std::string> dest;
  std::vector<std::string> origin;
  std::vector<ImportChannel> channel;
  std::vector<ImportPurpose> purpose;
  Day valid_from;
  std::optional<Day> valid_until;
  bool lapse = false;  // after it there may be no rule
  int64_t priority = 0;
  Currency currency;
  std::vector<BasePart> threshold_basis;
  std::optional<Ratio> goods_ratio;
  std::vector<ImportBand> bands;
  ImportRounding rounding;
  std::vector<std::string> required;  // of the recipient: "phone"
  std::string note;
  std::string source;
  std::string source_date;
  Confidence confidence = Confidence::L;
};
FIELDS(ImportRule, id, dest, origin, channel, purpose, valid_from, valid_until, lapse, priority, currency,
       threshold_basis, goods_ratio, bands, rounding, required, note, source, source_date, confidence)

struct ImportFee {
  std::string id;
  std::vector<std::string> dest;
  bool enabled = false;
  Currency currency;
  std::optional<RuleAmount> upto;
  FeePer per = FeePer::parcel;
  RuleAmount amount;
  bool in_vat_base = false;
  Day valid_from;
  std::optional<Day> valid_until;
  std::string source;
  Confidence confidence = Confidence::L;
};
FIELDS(ImportFee, id, dest, enabled, currency, upto, per, amount, in_vat_base, valid_from, valid_until, source,
       confidence)

struct TariffRow {
  std::vector<std::string> dest;
  std::string layer;  // empty: the ordinary duty
  std::string hs;     // a prefix; empty: the destination's default
  RuleRate rate;
  Day valid_from;
  std::optional<Day> valid_until;
  std::string source;
  Confidence confidence = Confidence::L;
};
FIELDS(TariffRow, dest, layer, hs, rate, valid_from, valid_until, source, confidence)

struct OtherTaxArea {
  std::string dest;
  std::string postcode_prefix;  // upper case, without spaces
  std::string why;
};
FIELDS(OtherTaxArea, dest, postcode_prefix, why)

struct ImportRules {
  std::string format;
  std::string revision;
  Day checked;
  int64_t stale_after_days = 90;
  std::map<std::string, RuleRate> vat;  // by destination: what "@vat" means
  std::vector<ImportRule> rules;
  std::vector<ImportFee> fees;
  std::vector<TariffRow> tariff;
  std::vector<OtherTaxArea> other_tax_areas;
};
FIELDS(ImportRules, format, revision, checked, stale_after_days, vat, rules, fees, tariff, other_tax_areas)

// Read and checked as a whole.
Result<ImportRules> parse_import_rules(std::string_view json);
Result<void> validate(const ImportRules& rules);

// "bt1 1aa" is "BT11AA": prefixes are compared with this.
std::string compact_postcode(std::string_view postcode);

// not_offered for a country without rules, and for a postcode outside its customs or VAT area ("BT1 1AA", "97400").
Result<void> check_destination(const ImportRules& rules, std::string_view country, std::string_view postcode);

struct RuleQuestion {
  std::string destination;  // ISO 3166: "DE"
  std::string origin = "CN";
  ImportChannel channel = ImportChannel::courier;
  ImportPurpose purpose = ImportPurpose::personal;
  Day day;  // of import, as expected
};

// The one rule of that day; not_offered where there is none, bad_data where two win.
Result<const ImportRule*> rule_for(const ImportRules& rules, const RuleQuestion& question);

// The row with the longest prefix of `hs`, of the latest valid_from; null where the tariff is silent.
const TariffRow* tariff_for(const ImportRules& rules, std::string_view destination, std::string_view layer,
                            std::string_view hs, Day day);

bool is_valid_on(Day from, const std::optional<Day>& until, Day day);

}  // namespace sampan
