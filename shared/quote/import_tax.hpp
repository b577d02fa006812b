// Duty, tax and fees of one parcel under the dated rules, each with what it was computed from.
//
// Unit    minor units of the rule's currency: the caller converts what it has before, and the answer after
// Range   amounts of 0 to 10^12 minor units, at most 1,000 lines
// Errors  not_offered (no rule, or a product whose duty nobody knows), currency_mismatch, bad_input, overflow
// Source  the rows of the rules; rounding is theirs too. Shares of freight over the lines are exact fractions,
//         the sum is rounded once, or each line is, as the rule says
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/core/money.hpp"
#include "shared/quote/import_rules.hpp"

namespace sampan {

enum class Certainty { exact, estimate };
WORDS(Certainty, exact, estimate)

// Who takes the tax from the shopper: we at checkout, or the carrier at the door.
enum class TaxCollector { seller, carrier };
WORDS(TaxCollector, seller, carrier)

enum class TaxKind { duty, vat, fee };
WORDS(TaxKind, duty, vat, fee)

struct TaxLine {
  std::string hs6;
  Money goods;
};
FIELDS(TaxLine, hs6, goods)

struct ImportTaxRequest {
  RuleQuestion question;
  std::vector<TaxLine> lines;
  Money domestic_freight;
  Money service_fee;
  Money international_freight;
  Money insurance;
  std::vector<std::string>
      registrations;          // the schemes that the operator is registered for: "IOSS", "UK_VAT", "AU_GST"
  bool is_duty_paid = false;  // the lane is DDP: what the carrier advances is agreed before
  std::optional<int64_t> unknown_rate_millionths;  // the operator's duty for goods that the tariff does not know
};

struct TaxComponent {
  TaxKind kind{};
  std::string id;  // "duty", "vat", "local_consumption_tax", "fr_small_parcel"
  Money amount;
  std::string basis;  // "12 % of EUR 160.01", "2 codes at EUR 3.00"
  std::string rule_id;
  std::string rules_revision;
  std::string source;
  TaxCollector collector{};
  Certainty certainty{};
  bool operator==(const TaxComponent&) const = default;
};
FIELDS(TaxComponent, kind, id, amount, basis, rule_id, rules_revision, source, collector, certainty)

struct ImportTax {
  std::vector<TaxComponent> components;  // duty, then vat, then fees; what the rule does not know is absent
  Money total;
  std::string rule_id;
  std::string rules_revision;
  bool is_near_threshold = false;  // within 2 % of a band's limit: customs may see it on the other side
  std::vector<std::string> required;
};
FIELDS(ImportTax, components, total, rule_id, rules_revision, is_near_threshold, required)

Result<ImportTax> import_tax(const ImportRules& rules, const ImportTaxRequest& request);

}  // namespace sampan
