// Orders in the database. Nothing is loaded without a principal: another's order is "not found".
//
// Errors  not_found; conflict: a stale version on update; a quote that was ordered already on insert
#pragma once

#include <optional>

#include "shared/database/database.hpp"
#include "shared/order/order.hpp"
#include "shared/user/principal.hpp"

namespace sampan {

Result<void> insert_order(Transaction& tx, const Order& order);
// The version grows by one; the returned order is the stored one.
Result<Order> update_order(Transaction& tx, Order order);
Result<Order> load_order(Transaction& tx, const Principal& principal, const OrderId& id);
Result<std::optional<Order>> find_order_of_quote(Transaction& tx, const Principal& principal, const QuoteId& id);
Result<std::vector<Order>> list_orders(Transaction& tx, const ShopperId& shopper_id);

}  // namespace sampan
