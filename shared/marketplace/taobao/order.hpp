// An order of Taobao Global as its buyer sees it: read it, find it by our key, pay it, call it off.
//
// Shape   /purchase/orders/query takes purchase_ids (JSON), or outer_purchase_id and modify_time_start/_end (ms), page_no and
//         page_size; it answers data.purchase_orders[]: purchase_id, outer_purchase_id, status, purchase_amount,
//         domestic_post_fee, pay_time, sub_purchase_orders[] (a line each: sub_purchase_order_id, item_id, sku_id, quantity,
//         refund_status, logistic_orders[]); data.results_total. A line's order key is "item_id:sku_id", which here are the
//         numbers to order with; what the shop knows a product by is not told
//         /purchase/order/batch/pay takes purchaseOrderIdList (JSON), answers data.will_pay_purchase_order_ids and
//         pay_failed_results[]; /purchase/order/asyn/cancel takes purchase_id and cancel_reason
// Unit    amounts in fen; purchase_amount contains the freight
// Errors  bad_reply with the JSON pointer, of a status that nobody knows too: the order is held until somebody looks · what
//         Taobao says (errors.hpp)
// Trap    will_pay means that it was asked to pay: only the order tells that it is paid · cancel accepted is not cancelled: of an
//         unpaid order it ends as closed, of a paid one as refunding and then refunded · a closed order that was paid is a
//         refunded one
// Unsure  the status words and refund numbers (iop_words.hpp) · whether purchase_amount contains the freight · the range of
//         modify_time and the largest page
// Source  upstream.md 3.4 and 9; the types of a public Go SDK of the API
#pragma once

#include <string>
#include <vector>

#include "shared/marketplace/marketplace.hpp"
#include "shared/marketplace/taobao/call.hpp"
#include "shared/marketplace/taobao/errors.hpp"

namespace sampan::taobao {

// The order's state by its own word and the refunds of its lines.
struct StatusWords {
  std::string status;
  std::vector<std::string> refund_statuses;  // one a line
  bool was_paid = false;
};
Result<UpstreamState> upstream_state(const StatusWords& words);

struct BuyerOrder {
  UpstreamOrder order;
  PurchaseId purchase_id;  // outer_purchase_id
  std::string status;      // as Taobao says it
  std::vector<std::string> line_ids;
};
FIELDS(BuyerOrder, order, purchase_id, status, line_ids)

struct OrderPage {
  std::vector<BuyerOrder> orders;
  int64_t total = -1;  // -1: not told
};
FIELDS(OrderPage, orders, total)

inline constexpr int64_t order_page_size = 20;

IopCall orders_call(const std::vector<UpstreamOrderId>& ids);

struct OrderSearch {
  PurchaseId purchase_id;
  Instant modified_from;
  Instant modified_to;
  int64_t page = 1;
};
IopCall find_call(const OrderSearch& search);

Result<OrderPage> parse_orders(const Json& reply);

IopCall pay_call(const UpstreamOrderId& id);
// Accepted; what is refused is an error.
Result<void> parse_payment(const Json& reply);

IopCall cancel_call(const UpstreamOrderId& id);  // answers `success` (accepted)

}  // namespace sampan::taobao
