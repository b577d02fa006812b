// A message that Taobao Global pushes: what it is about. It only says that something moved; whoever gets it reads that again.
//
// Shape   POST of JSON {seller_id, message_type, data{…}, timestamp, site}, already verified: the header Authorization is
//         HMAC-SHA256 of the app key and the body as it came, in hex of either case (iop_push_canonical in sign_iop.hpp).
//         Answered 200 once it is stored
// Unit    timestamp in ms, status_update_time in s
// Errors  bad_reply with the JSON pointer
// Trap    no order among messages, duplicates · there is no message id: the same order, status and time are the same message
// Unsure  the numbers of message_type: 0 is a trade; whether trade_order_id is the purchase_id; names of product messages
// Source  upstream.md 3.5
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/core/id.hpp"
#include "shared/core/json.hpp"

namespace sampan::taobao {

struct PushMessage {
  int64_t message_type = 0;
  std::string site;
  std::string order_status;  // as Taobao says it; empty: none is told
  std::vector<UpstreamOrderId> orders;
  std::vector<ProductId> products;
  std::string reverse_order_id;  // of a refund
  Instant changed_at;
  Instant sent_at;
};
FIELDS(PushMessage, message_type, site, order_status, orders, products, reverse_order_id, changed_at, sent_at)

Result<PushMessage> parse_push(std::string_view body);

}  // namespace sampan::taobao
