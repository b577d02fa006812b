// What a cart costs at the shopper's door: one function over plain data, one rounding a component, one total.
//
// Order   lines and seller freight in CNY → service fee → packing estimate, lane, insurance → each converted once →
//         duty, tax and fees in the currency of their rule → the total is a sum and never itself converted
// Unit    minor units of the quote's currency, and of CNY where a component has a source in yuan
// Errors  empty_cart, bad_input, not_offered (country, area, lane, goods), currency_mismatch, overflow,
//         bad_data (the rules or the lane are not the ones that the request names)
// Replay  the request names the revision, the lane, the rates and the day: the same request under the same rules and
//         lane gives the same landed cost, to the cent, whenever it is asked
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/catalog/unit_price.hpp"
#include "shared/core/rate.hpp"
#include "shared/quote/import_tax.hpp"
#include "shared/quote/rate_card.hpp"

namespace sampan {

struct LandedLine {
  std::string line_id;
  int64_t quantity = 1;
  UnitPrice unit_price;
  std::string hs6;  // empty: not known
  std::vector<GoodsAttribute> goods;
  int64_t weight_grams = 0;  // of one packed piece, as is its size
  PackedSize size;
  std::string source;  // "taobao"
  Instant as_of;
};
FIELDS(LandedLine, line_id, quantity, unit_price, hs6, goods, weight_grams, size, source, as_of)

struct LandedFreight {
  std::string seller;
  Money freight;  // CNY
  std::string source;
  Instant as_of;
};
FIELDS(LandedFreight, seller, freight, source, as_of)

struct ServiceFee {
  int64_t basis_points = 0;  // of goods and domestic freight
  Money minimum;             // CNY
};
FIELDS(ServiceFee, basis_points, minimum)

struct LandedCostRequest {
  std::vector<LandedLine> lines;
  std::vector<LandedFreight> freights;  // one a seller part
  ServiceFee service_fee;
  std::string destination;
  std::string postcode;
  ImportPurpose purpose = ImportPurpose::personal;
  Day day;  // of import, as expected
  std::string rules_revision;
  std::string rate_card_id;
  bool is_remote = false;
  bool is_insured = false;
  int64_t packaging_grams = 0;
  Rate mid;  // CNY to the quote's currency
  int64_t spread_basis_points = 0;
  std::optional<Rate> customs_rate;  // the quote's currency to the rule's, where they differ …
  std::optional<Rate> tax_rate;      // … and back, with the spread
  std::vector<std::string> registrations;
  std::optional<int64_t> unknown_rate_millionths;
};
FIELDS(LandedCostRequest, lines, freights, service_fee, destination, postcode, purpose, day, rules_revision,
       rate_card_id, is_remote, is_insured, packaging_grams, mid, spread_basis_points, customs_rate, tax_rate,
       registrations, unknown_rate_millionths)

enum class LandedKind { line, domestic_freight, service_fee, international_freight, insurance, duty, vat, fee };
WORDS(LandedKind, line, domestic_freight, service_fee, international_freight, insurance, duty, vat, fee)

struct LandedComponent {
  LandedKind kind{};
  std::string id;               // the line's, the seller's, the lane's, the tax's
  std::optional<Money> in_cny;  // where it has a source in yuan
  Money amount;
  std::string basis;   // what it was computed from, for a person
  std::string source;  // who says so
  std::optional<Instant> as_of;
  Certainty certainty = Certainty::exact;
  std::optional<TaxCollector> collector;
  bool operator==(const LandedComponent&) const = default;
};
FIELDS(LandedComponent, kind, id, in_cny, amount, basis, source, as_of, certainty, collector)

struct LandedCost {
  std::vector<LandedComponent> components;
  Money total;
  Certainty certainty = Certainty::exact;  // estimate as soon as one component is
  Rate mid;
  Rate rate;  // with the spread: what the components were converted by
  int64_t spread_basis_points = 0;
  std::string rules_revision;
  std::string rule_id;
  std::string rate_card_id;
  int64_t weight_grams = 0;  // of the packed parcel, as estimated
  int64_t chargeable_grams = 0;
  std::vector<std::string> lane_questions;  // what a human must decide before the lane takes it
  bool is_near_threshold = false;
  std::vector<std::string> required;  // of the recipient, by customs
  bool operator==(const LandedCost&) const = default;
};
FIELDS(LandedCost, components, total, certainty, mid, rate, spread_basis_points, rules_revision, rule_id, rate_card_id,
       weight_grams, chargeable_grams, lane_questions, is_near_threshold, required)

Result<LandedCost> landed_cost(const LandedCostRequest& request, const ImportRules& rules, const RateCard& lane);

// What the components of one kind come to.
Result<Money> total_of(const LandedCost& landed, LandedKind kind);

}  // namespace sampan
