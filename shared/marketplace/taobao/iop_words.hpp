// The words of Taobao Global that no document at hand fixes: an order's status, a line's refund, the codes of the business
// behind the gateway. Our reading of them, and what a stand-in for the gateway may say.
//
// Rule    a word is compared in lower case and without "_", so "WAIT_BUYER_PAY" is "waitbuyerpay"; an unknown status is not
//         guessed at · a code, or else its message, is judged by the first row whose part it contains, in upper case for a
//         code; rows are ordered: what is special comes first
// Unsure  all of it. Statuses are those of TOP's trades, of Lazada's orders and of AliExpress, of which Taobao Global's answers
//         are known to use some; the numbers of refund_status are those of TOP's refunds; codes are the family's
// Source  upstream.md 2.5, 3.1, 9 and 11
#pragma once

#include <array>
#include <string_view>

#include "shared/core/error.hpp"
#include "shared/marketplace/marketplace.hpp"

namespace sampan::taobao {

struct StatusRow {
  std::string_view word;
  UpstreamState state;
};

// TOP's trades use these too (trade.hpp).
inline constexpr std::array status_rows = {
    StatusRow{"waitbuyerpay", UpstreamState::awaiting_payment},
    StatusRow{"waitingforpayment", UpstreamState::awaiting_payment},
    StatusRow{"tradenocreatepay", UpstreamState::awaiting_payment},
    StatusRow{"paypending", UpstreamState::awaiting_payment},
    StatusRow{"unpaid", UpstreamState::awaiting_payment},
    StatusRow{"created", UpstreamState::awaiting_payment},
    StatusRow{"waitsellersendgoods", UpstreamState::paid},
    StatusRow{"waitingforsent", UpstreamState::paid},
    StatusRow{"paidforbidconsign", UpstreamState::paid},
    StatusRow{"sellerconsignedpart", UpstreamState::paid},  // the rest is still to be sent
    StatusRow{"paid", UpstreamState::paid},
    StatusRow{"pending", UpstreamState::paid},
    StatusRow{"waitbuyerconfirmgoods", UpstreamState::shipped},
    StatusRow{"shipped", UpstreamState::shipped},
    StatusRow{"tradebuyersigned", UpstreamState::received},
    StatusRow{"tradefinished", UpstreamState::received},
    StatusRow{"delivered", UpstreamState::received},
    StatusRow{"confirmed", UpstreamState::received},
    StatusRow{"finished", UpstreamState::received},
    StatusRow{"tradeclosedbytaobao", UpstreamState::closed},  // never paid
    StatusRow{"canceled", UpstreamState::closed},
    StatusRow{"cancelled", UpstreamState::closed},
    StatusRow{"cancel", UpstreamState::closed},
    StatusRow{"closed", UpstreamState::closed},
    StatusRow{"refunding", UpstreamState::refunding},
    StatusRow{"tradeclosed", UpstreamState::refunded},  // after payment: the money is back
    StatusRow{"refunded", UpstreamState::refunded},
};

enum class Refund { none, open, granted };

struct RefundRow {
  std::string_view word;
  Refund refund;
};

inline constexpr std::array refund_rows = {
    RefundRow{"", Refund::none},
    RefundRow{"norefund", Refund::none},
    RefundRow{"closed", Refund::none},  // back to the state before
    RefundRow{"0", Refund::none},
    RefundRow{"4", Refund::none},
    RefundRow{"9", Refund::none},
    RefundRow{"waitselleragree", Refund::open},
    RefundRow{"waitbuyerreturngoods", Refund::open},
    RefundRow{"waitsellerconfirmgoods", Refund::open},
    RefundRow{"sellerrefusebuyer", Refund::open},
    RefundRow{"1", Refund::open},
    RefundRow{"2", Refund::open},
    RefundRow{"3", Refund::open},
    RefundRow{"6", Refund::open},
    RefundRow{"success", Refund::granted},
    RefundRow{"5", Refund::granted},
};

struct BusinessRow {
  std::string_view part;
  ErrorCode ours;
};

inline constexpr std::array business_rows = {
    // Ours to do better, or the operator's.
    BusinessRow{"BALANCE", ErrorCode::rejected},
    BusinessRow{"SKU_NOT_EXIST", ErrorCode::bad_request},
    BusinessRow{"PARAM", ErrorCode::bad_request},
    BusinessRow{"ACCESS_TOKEN", ErrorCode::auth},
    BusinessRow{"PERMISSION", ErrorCode::auth},
    BusinessRow{"CALL_LIMIT", ErrorCode::quota},
    BusinessRow{"FLOW_LIMIT", ErrorCode::quota},
    // What can be bought, and at what price.
    BusinessRow{"NOT_EXIST", ErrorCode::not_found},
    BusinessRow{"NOT_FOUND", ErrorCode::not_found},
    BusinessRow{"OFF_SHELF", ErrorCode::not_found},
    BusinessRow{"ITEM_STATUS", ErrorCode::not_found},
    BusinessRow{"BEGIN_AMOUNT", ErrorCode::below_moq},
    BusinessRow{"STOCK", ErrorCode::sold_out},
    BusinessRow{"INVENTORY", ErrorCode::sold_out},
    BusinessRow{"PRICE", ErrorCode::price_changed},
    BusinessRow{"PURCHASE_AMOUNT", ErrorCode::price_changed},
    // Not yet, or not clear: a purchase that is there already is looked for.
    BusinessRow{"PROCESSING", ErrorCode::retry_later},
    BusinessRow{"TOO_FAST", ErrorCode::retry_later},
    BusinessRow{"DUPLICATE", ErrorCode::outcome_unknown},
    BusinessRow{"REPEAT", ErrorCode::outcome_unknown},
    BusinessRow{"TIMEOUT", ErrorCode::outcome_unknown},
    BusinessRow{"SYSTEM_ERROR", ErrorCode::outcome_unknown},
    BusinessRow{"SERVICE_UNAVAILABLE", ErrorCode::outcome_unknown},
    // Texts, where a code says nothing.
    BusinessRow{"余额", ErrorCode::rejected},
    BusinessRow{"不存在", ErrorCode::not_found},
    BusinessRow{"下架", ErrorCode::not_found},
    BusinessRow{"库存", ErrorCode::sold_out},
    BusinessRow{"起购", ErrorCode::below_moq},
    BusinessRow{"价格", ErrorCode::price_changed},
    BusinessRow{"系统", ErrorCode::outcome_unknown},
};

}  // namespace sampan::taobao
