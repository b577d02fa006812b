#include "shared/order/order.hpp"

namespace sampan {

Result<Order> after(Order order, OrderEvent event) {
  TRY(order.state, next_state<OrderState>(order_transitions, order.state, event));
  return order;
}

}  // namespace sampan
