#include "shared/core/error.hpp"

#include <array>
#include <utility>

namespace sampan {
namespace {

struct Row {
  ErrorCode code;
  std::string_view word;
  std::string_view meaning;
};

constexpr std::array rows{
    Row{ErrorCode::bad_input, "bad_input", "The input cannot be read; the sentence says which part."},
    Row{ErrorCode::not_found, "not_found", "There is no such thing, or it belongs to somebody else."},
    Row{ErrorCode::conflict, "conflict", "Somebody else changed it meanwhile; load it again."},
    Row{ErrorCode::not_offered, "not_offered", "Sampan does not offer this: a country, a lane, a currency."},
    Row{ErrorCode::empty_cart, "empty_cart", "The cart has no lines to quote or order."},
    Row{ErrorCode::below_moq, "below_moq", "The quantity is under the seller's least quantity."},
    Row{ErrorCode::not_a_lot, "not_a_lot", "The seller sells in lots; the quantity is no multiple of one."},
    Row{ErrorCode::quote_stale, "quote_stale", "The quote has expired or its cart has changed; ask for a new one."},
    Row{ErrorCode::price_changed, "price_changed", "The seller asks another price than was quoted."},
    Row{ErrorCode::sold_out, "sold_out", "The seller cannot sell this quantity any more."},
    Row{ErrorCode::not_allowed_now, "not_allowed_now", "The thing exists, but its state does not allow this act."},
    Row{ErrorCode::link_needs_lookup, "link_needs_lookup",
        "A short link or a share code: only the marketplace knows where it leads."},
    Row{ErrorCode::link_not_a_product, "link_not_a_product", "The text holds no link to a product."},
    Row{ErrorCode::link_ambiguous, "link_ambiguous", "A bare number can mean a product of several marketplaces."},
    Row{ErrorCode::link_unsupported, "link_unsupported", "The link is of a marketplace that Sampan does not buy from."},
    Row{ErrorCode::currency_mismatch, "currency_mismatch", "Two currencies have no sum."},
    Row{ErrorCode::overflow, "overflow", "An amount is out of range."},
    Row{ErrorCode::rate_stale, "rate_stale", "The exchange rate is too old to sell by."},
    Row{ErrorCode::retry_later, "retry_later", "The other side is not well; the call did nothing and may be repeated."},
    Row{ErrorCode::quota, "quota", "The other side's limit of calls is reached."},
    Row{ErrorCode::auth, "auth", "A key, a token or a signature was refused; the operator must act."},
    Row{ErrorCode::rejected, "rejected", "The other side understood and said no."},
    Row{ErrorCode::bad_request, "bad_request", "The other side refused our request as malformed: a defect of ours."},
    Row{ErrorCode::bad_reply, "bad_reply", "The other side's reply cannot be read; the context has the JSON pointer."},
    Row{ErrorCode::outcome_unknown, "outcome_unknown", "It may have happened: ask by its key before acting again."},
    Row{ErrorCode::bad_data, "bad_data", "Data of ours (rules, rate cards, stored rows) is not valid."},
    Row{ErrorCode::storage, "storage", "The database failed; nothing was changed."},
};

constexpr const Row& row_of(ErrorCode code) { return rows[static_cast<size_t>(code)]; }

constexpr bool in_order() {
  for (size_t i = 0; i < rows.size(); ++i)
    if (static_cast<size_t>(rows[i].code) != i) return false;
  return static_cast<size_t>(ErrorCode::storage) + 1 == rows.size();
}
static_assert(in_order(), "one row a code, in the order of the enum");

}  // namespace

std::string_view word(ErrorCode code) { return row_of(code).word; }
std::string_view meaning(ErrorCode code) { return row_of(code).meaning; }

tl::unexpected<Error> fail(ErrorCode code, std::string sentence, std::string context) {
  return tl::unexpected(Error{code, std::move(sentence), std::move(context)});
}

Error within(Error error, std::string_view place) {
  error.context = error.context.empty() ? std::string(place) : std::string(place) + ", " + error.context;
  return error;
}

}  // namespace sampan
