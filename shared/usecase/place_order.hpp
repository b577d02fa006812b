// The order of a quote. Ordering the same quote again answers the same order.
//
// Errors  not_found; quote_stale: expired, or the cart has changed since
#pragma once

#include "shared/order/order.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

struct PlaceOrder {
  QuoteId quote_id;
  Recipient recipient;
};
FIELDS(PlaceOrder, quote_id, recipient)

Result<OrderId> place_order(Ports& ports, const ShopperId& shopper_id, const PlaceOrder& command);

}  // namespace sampan
