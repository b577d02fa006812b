// A message that 1688 pushes: what it is about. It only says that something moved; whoever gets it reads that again, but for
// stock, whose new figures it carries.
//
// Shape   the form field `message`, already verified: upper hex HMAC-SHA1 of "message" + its text (sign_aop.hpp, no path)
// Errors  bad_reply with the JSON pointer
// Trap    `data` is an object, or its JSON as a string · ids above 2^53 · productIds is one string of ids joined by commas ·
//         bizKey may differ from the order's id · no order among messages, duplicates: by message_id
// Source  upstream.md 4.6
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/core/id.hpp"
#include "shared/core/json.hpp"
#include "shared/stock/stock_level.hpp"

namespace sampan::alibaba1688 {

// Figures after the change.
struct StockChange {
  ProductId product_id;
  SkuId sku_id;  // the product's own id where it has no variants
  StockLevel level;
  bool operator==(const StockChange&) const = default;
};

struct PushMessage {
  std::string message_id;
  std::string type;  // "ORDER_BUYER_VIEW_ORDER_PAY"
  std::vector<UpstreamOrderId> orders;
  std::vector<ProductId> products;
  std::vector<StockChange> stock_changes;
};

Result<PushMessage> parse_push(std::string_view message);

}  // namespace sampan::alibaba1688
