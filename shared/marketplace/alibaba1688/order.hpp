// An order of 1688 as its buyer sees it: read it, find it by our key, pay it, cancel it.
//
// Unit    totalAmount, shippingFee and refund in yuan
// Errors  bad_reply with the JSON pointer, of a status that nobody knows too: the order is held until somebody looks · what
//         the marketplace says (errors.hpp)
// Trap    `id` may be damaged by a double, idOfStr is right · a refund may be of the order or of one of its items
// Source  upstream.md 4.5 and 9
#pragma once

#include <string>
#include <vector>

#include "shared/marketplace/alibaba1688/call.hpp"
#include "shared/marketplace/alibaba1688/reply.hpp"
#include "shared/marketplace/marketplace.hpp"

namespace sampan::alibaba1688 {

struct SubOrder {
  std::string id;
  int64_t quantity = 0;
};

struct BuyerOrder {
  UpstreamOrder order;
  PurchaseId purchase_id;  // outOrderId; empty: the reply does not tell
  std::string status;      // as 1688 says it
  std::vector<SubOrder> sub_orders;
  Money refunded;  // so far
};

Call order_call(const UpstreamOrderId& id);
Result<BuyerOrder> parse_order(const Json& reply);

// The order's state by its status and the refunds open or granted, one refund status an item ("WAIT_SELLER_AGREE").
struct StatusWords {
  std::string status;
  std::string refund_status;             // while it is under way
  std::string refund_status_after_sale;  // once it was received
  std::vector<std::string> item_refund_statuses;
  bool is_all_refunded = false;  // by the amount
};
Result<UpstreamState> upstream_state(const StatusWords& words);

// Asks for `purchase_id` by outOrderId. An older gateway ignores it and lists all since then.
Call order_list_call(const PurchaseId& purchase_id, Instant since, int64_t page);
inline constexpr int64_t order_list_page_size = 50;

struct ListedOrder {
  UpstreamOrderId upstream_order_id;
  PurchaseId purchase_id;  // empty: the list does not tell
};
struct OrderList {
  std::vector<ListedOrder> orders;
  int64_t total = -1;  // -1: not told
};
Result<OrderList> parse_order_list(const Json& reply);

Call cancel_call(const UpstreamOrderId& id);  // answers `success` (accepted)

Call pay_call(const UpstreamOrderId& id);
// False: not paid as far as 1688 knows yet; only the order itself tells.
Result<bool> parse_payment(const Json& reply);

}  // namespace sampan::alibaba1688
