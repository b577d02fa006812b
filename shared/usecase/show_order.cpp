#include "shared/usecase/show_order.hpp"

#include "shared/database/order_rows.hpp"
#include "shared/database/parcel_rows.hpp"
#include "shared/database/payment_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/database/refund_rows.hpp"

namespace sampan {

Result<OrderView> show_order(Ports& ports, const Principal& principal, const OrderId& order_id) {
  return transact<OrderView>(ports.database, [&](Transaction& tx) -> Result<OrderView> {
    OrderView view;
    TRY(view.order, load_order(tx, principal, order_id));
    TRY(view.purchases, list_purchases(tx, order_id));
    TRY(view.parcels, list_parcels(tx, order_id));
    TRY(view.payments, list_payments(tx, order_id));
    TRY(view.refunds, list_refunds(tx, order_id));
    view.journey = journey(view.order, view.purchases, view.parcels);
    return view;
  });
}

Result<OrderList> show_orders(Ports& ports, const ShopperId& shopper_id) {
  return transact<OrderList>(ports.database, [&](Transaction& tx) -> Result<OrderList> {
    TRY(const auto orders, list_orders(tx, shopper_id));
    OrderList list;
    for (const Order& order : orders)
      list.orders.push_back({order.order_id, order.number, order.state, order.landed.total, order.placed_at});
    return list;
  });
}

}  // namespace sampan
