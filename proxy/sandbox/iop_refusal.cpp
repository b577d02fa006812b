#include "proxy/sandbox/iop_refusal.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sampan {
namespace {

struct IopRefusalRow {
  Refusal refusal;
  std::string_view code;
  std::string_view message;
};

constexpr std::array rows{
    IopRefusalRow{Refusal::no_such_product, "ITEM_NOT_EXIST", "item not exist"},
    IopRefusalRow{Refusal::not_for_sale, "ITEM_OFF_SHELF", "item is off shelf"},
    IopRefusalRow{Refusal::no_such_spec, "SKU_NOT_EXIST", "sku not exist"},
    IopRefusalRow{Refusal::several_sellers, "PARAM_SEVERAL_SELLERS", "items of one seller are expected"},
    IopRefusalRow{Refusal::malformed, "PARAM_ILLEGAL", "parameter is illegal"},
    IopRefusalRow{Refusal::stock_not_enough, "SKU_STOCK_NOT_ENOUGH", "sku stock not enough"},
    IopRefusalRow{Refusal::below_moq, "BEGIN_AMOUNT_NOT_REACHED", "below the begin amount"},
    IopRefusalRow{Refusal::below_mixed_batch, "BEGIN_AMOUNT_NOT_REACHED", "below the begin amount"},
    IopRefusalRow{Refusal::not_a_lot, "BEGIN_AMOUNT_NOT_REACHED", "below the begin amount"},
    IopRefusalRow{Refusal::no_such_order, "PURCHASE_ORDER_NOT_EXIST", "purchase order not exist"},
    IopRefusalRow{Refusal::close_order_too_fast, "CANCEL_TOO_FAST", "the order cannot be cancelled yet"},
    IopRefusalRow{Refusal::balance_not_enough, "BALANCE_NOT_ENOUGH", "余额不足"},
    IopRefusalRow{Refusal::not_in_this_state, "ORDER_STATUS_ERROR", "the order is not in this state"},
    IopRefusalRow{Refusal::key_used_otherwise, "OUTER_PURCHASE_ID_USED", "outer_purchase_id is of another order"},
};

}  // namespace

// 404 is the code of two refusals; no two have one sentence.
std::optional<Refusal> refusal_of(const Error& error) {
  for (const RefusalRow& row : refusals)
    if (row.sentence == error.sentence) return row.refusal;
  return std::nullopt;
}

IopRefused iop_refused(const Error& error) {
  IopRefused no{"BUSINESS_ERROR", error.sentence, {}};
  const size_t space = std::min(error.context.find(' '), error.context.size());
  no.about = error.context.substr(std::min(space + 1, error.context.size()));
  // The market has no such refusal: the gateway compares with purchase_amount itself.
  if (error.code == ErrorCode::price_changed) no.code = "PURCHASE_AMOUNT_NOT_ENOUGH";
  const auto refusal = refusal_of(error);
  for (const IopRefusalRow& row : rows) {
    if (row.refusal != refusal) continue;
    no.code = std::string(row.code);
    no.message = std::string(row.message);
  }
  return no;
}

}  // namespace sampan
