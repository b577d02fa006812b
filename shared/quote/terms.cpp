#include "shared/quote/terms.hpp"

namespace sampan {

Result<const ImportRules*> import_rules_of(const TradeTerms& terms, std::string_view revision) {
  for (const ImportRules& rules : terms.import_rules)
    if (rules.revision == revision) return &rules;
  return fail(ErrorCode::bad_data, "The rules that a quote was made by are gone; restore them.", std::string(revision));
}

Result<LandedCost> landed_cost(const LandedCostRequest& request, const TradeTerms& terms) {
  TRY(const ImportRules* const rules, import_rules_of(terms, request.rules_revision));
  const auto lane = rate_card_of(terms.rate_cards, request.rate_card_id);
  if (!lane)
    return fail(ErrorCode::bad_data, "The lane that a quote was made by is gone; restore it.", request.rate_card_id);
  return landed_cost(request, *rules, **lane);
}

}  // namespace sampan
