// Messages of VOP: what has moved. They are pulled, and stay until they are deleted: stored first, deleted then.
//
// Shape   message/get {type: "1,4,5"} answers [{id, type, time, result}]; message/del {id: "1,2"}
// Errors  bad_reply with the JSON pointer; what VOP says (errors.hpp)
// Trap    a type that is not known here is kept with all that it says · the price of a price message may be "", so read the
//         price again · an order id is in orderId, pOrder or jdOrderId, by type
// Source  upstream.md 5.3; types 1, 2, 4, 5, 10 and 16 are recorded, the others are documented
#pragma once

#include <string>
#include <vector>

#include "shared/marketplace/jd/call.hpp"
#include "shared/marketplace/jd/errors.hpp"

namespace sampan::jd {

enum class MessageKind {
  order_split,
  price_changed,
  put_on_shelf,
  taken_off_shelf,
  delivered,
  refused,
  pool_changed,
  order_cancelled,
  parcel_made,
  replacement_ordered,
  payment_failed,
  cancelled_by_jd,
  product_changed,
  gift_changed,
  waiting_for_receipt,
  delivery_returned,
  order_made,
  advance_order,
  order_finished,
  discount_changed,
  areas_changed,
  tax_changed,
  order_paid,
  refunded,
  after_sale,
  unknown,
};
WORDS(MessageKind, order_split, price_changed, put_on_shelf, taken_off_shelf, delivered, refused, pool_changed,
      order_cancelled, parcel_made, replacement_ordered, payment_failed, cancelled_by_jd, product_changed, gift_changed,
      waiting_for_receipt, delivery_returned, order_made, advance_order, order_finished, discount_changed,
      areas_changed, tax_changed, order_paid, refunded, after_sale, unknown)

struct Message {
  std::string message_id;
  int64_t type = 0;  // JD's
  MessageKind kind{};
  Instant sent_at;
  std::vector<UpstreamOrderId> orders;
  std::vector<ProductId> products;
  Json details;  // `result`, as it came
};
FIELDS(Message, message_id, type, kind, sent_at, orders, products, details)

VopCall messages_call(const std::vector<int64_t>& types);
VopCall delete_messages_call(const std::vector<std::string>& message_ids);

Result<std::vector<Message>> parse_messages(const Json& reply);

}  // namespace sampan::jd
