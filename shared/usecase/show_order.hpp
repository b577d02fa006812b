// An order with all that belongs to it, for its shopper or the operator.
//
// Errors  not_found, for another shopper's too
#pragma once

#include <vector>

#include "shared/page/journey.hpp"
#include "shared/payment/payment.hpp"
#include "shared/usecase/ports.hpp"
#include "shared/user/principal.hpp"

namespace sampan {

struct OrderView {
  Order order;
  Journey journey;
  std::vector<Purchase> purchases;
  std::vector<Parcel> parcels;
  std::vector<Payment> payments;
  std::vector<Refund> refunds;
};
FIELDS(OrderView, order, journey, purchases, parcels, payments, refunds)

Result<OrderView> show_order(Ports& ports, const Principal& principal, const OrderId& order_id);

struct OrderSummary {
  OrderId order_id;
  std::string number;
  OrderState state{};
  Money total;
  Instant placed_at{};
};
FIELDS(OrderSummary, order_id, number, state, total, placed_at)

struct OrderList {
  std::vector<OrderSummary> orders;  // the newest first
};
FIELDS(OrderList, orders)

Result<OrderList> show_orders(Ports& ports, const ShopperId& shopper_id);

}  // namespace sampan
