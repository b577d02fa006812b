// The terms that an operator sells by. Dated data is never edited in place: earlier revisions stay, for the quotes that
// were made by them.
//
// Errors  bad_data for a revision or a lane that is not kept any more
#pragma once

#include <string_view>
#include <vector>

#include "shared/catalog/goods_class.hpp"
#include "shared/quote/landed_cost.hpp"

namespace sampan {

struct TradeTerms {
  std::vector<ImportRules> import_rules;  // every revision, the newest last
  RateCards rate_cards;
  GoodsClasses goods_classes;
  ServiceFee service_fee;
  int64_t spread_basis_points = 200;
  std::vector<std::string> registrations;  // "IOSS", "UK_VAT", "AU_GST"
  int64_t packaging_grams = 120;
  int64_t assumed_piece_grams = 500;  // of a product whose seller names no weight
  Duration quote_window = minutes(15);
  Duration payment_window = hours(1);
};

Result<const ImportRules*> import_rules_of(const TradeTerms& terms, std::string_view revision);

// The request's own rules and lane.
Result<LandedCost> landed_cost(const LandedCostRequest& request, const TradeTerms& terms);

}  // namespace sampan
