// Why a simulated marketplace says no: its own code and ours.
//
// Errors  each refusal's ErrorCode; the context begins with the platform's code, a space, and what it is about
// Source  upstream.md 4.3 and 4.5; the codes in lower case are the simulator's own, where 1688's are not known; the
//         other marketplaces' gateways say them in their own
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "shared/core/error.hpp"

namespace sampan {

enum class Refusal {
  no_such_product,
  not_for_sale,
  no_such_spec,
  several_sellers,
  malformed,
  stock_not_enough,
  below_moq,
  below_mixed_batch,
  not_a_lot,
  no_such_order,
  close_order_too_fast,
  balance_not_enough,
  not_in_this_state,
  no_own_price,
  not_in_pool,
  key_used_otherwise,
};

struct RefusalRow {
  Refusal refusal;
  ErrorCode code;
  std::string_view platform_code;
  std::string_view sentence;
};

inline constexpr std::array refusals = {
    RefusalRow{Refusal::no_such_product, ErrorCode::not_found, "404", "The marketplace has no such product."},
    RefusalRow{Refusal::not_for_sale, ErrorCode::not_found, "500_001", "The product is not for sale any more."},
    RefusalRow{Refusal::no_such_spec, ErrorCode::bad_request, "500_003", "The product has no such variant."},
    RefusalRow{Refusal::several_sellers, ErrorCode::bad_request, "500_002", "One order buys from one seller."},
    RefusalRow{Refusal::malformed, ErrorCode::bad_request, "400", "The request cannot be understood."},
    RefusalRow{Refusal::stock_not_enough, ErrorCode::sold_out, "500_004", "The seller does not have as many."},
    RefusalRow{Refusal::below_moq, ErrorCode::below_moq, "500_005", "The seller sells more at a time."},
    RefusalRow{Refusal::below_mixed_batch, ErrorCode::below_moq, "500_006", "The mixed batch is too small."},
    RefusalRow{Refusal::not_a_lot, ErrorCode::not_a_lot, "500_009", "The seller sells whole lots."},
    RefusalRow{Refusal::no_such_order, ErrorCode::not_found, "404", "The marketplace has no such order."},
    RefusalRow{Refusal::close_order_too_fast, ErrorCode::retry_later, "CLOSE_ORDER_TOO_FAST",
               "An order can be closed ten seconds after it was made."},
    RefusalRow{Refusal::balance_not_enough, ErrorCode::rejected, "balance_not_enough",
               "The prepaid balance is too low: top it up, then pay again."},
    RefusalRow{Refusal::not_in_this_state, ErrorCode::rejected, "not_in_this_state",
               "The order is not in a state that allows this."},
    RefusalRow{Refusal::no_own_price, ErrorCode::bad_request, "no_own_price",
               "The variant's price follows from the product's tiers: set the product's."},
    RefusalRow{Refusal::not_in_pool, ErrorCode::not_offered, "not_in_pool",
               "This product cannot be bought here: our contract with the marketplace does not cover it."},
    RefusalRow{Refusal::key_used_otherwise, ErrorCode::rejected, "key_used_otherwise",
               "An order with this key is there already, and it is of other goods."},
};

inline tl::unexpected<Error> refuse(Refusal refusal, std::string_view about) {
  for (const RefusalRow& row : refusals)
    if (row.refusal == refusal)
      return fail(row.code, std::string(row.sentence), std::string(row.platform_code) + " " + std::string(about));
  return fail(ErrorCode::rejected, "The marketplace refused.", std::string(about));
}

}  // namespace sampan
