// Buying one seller's part on 1688: what it would cost (createOrder.preview) and the order itself (createCrossOrder).
//
// Unit    sums in fen
// Errors  bad_request before anything is sent: no lines, more than 50, less than one piece · bad_reply with the JSON
//         pointer · what the marketplace says (errors.hpp), of the first line that it refuses
// Trap    the key is spelt orderPreviewResuslt · the reply to a create may be wrapped or flat and say success:false beside
//         an order: an order id means that it was made · one request may make several orders · outOrderId refuses no repeat
// Source  upstream.md 4.5
#pragma once

#include <string>
#include <vector>

#include "shared/marketplace/alibaba1688/call.hpp"
#include "shared/marketplace/alibaba1688/reply.hpp"
#include "shared/marketplace/marketplace.hpp"

namespace sampan::alibaba1688 {

inline constexpr size_t most_lines = 50;

// The warehouse, in Chinese as its post knows it. With a district code the texts above it may be empty.
struct ShipTo {
  std::string full_name;
  std::string mobile;
  std::string phone;
  std::string post_code;
  std::string province;
  std::string city;
  std::string area;
  std::string town;
  std::string address;
  std::string district_code;
};

Result<void> check_lines(const PurchaseRequest& request);

Call preview_call(const PurchaseRequest& request, const ShipTo& ship_to);

struct Preview {
  PurchasePreview sums;
  std::string trade_type;  // what a create takes; empty: 1688 chooses
};
Result<Preview> parse_preview(const Json& reply);

// 1688 has no price guard: whoever buys compares the order's sums with what was quoted, before paying.
Call create_call(const PurchaseRequest& request, const ShipTo& ship_to, const std::string& trade_type);

// Never empty.
Result<std::vector<UpstreamOrderId>> parse_created(const Json& reply);

}  // namespace sampan::alibaba1688
