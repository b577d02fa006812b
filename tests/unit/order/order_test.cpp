#include "shared/order/order.hpp"

#include "tests/unit/core/machine.hpp"

namespace sampan {

TEST_CASE("an order is paid or expires, and closes when all is settled; nothing else", "[order]") {
  check_pairs<OrderState, OrderEvent>(
      {
          {"awaiting_payment", "payment_secured", "fulfilling"},
          {"awaiting_payment", "payment_expired", "cancelled"},
          {"fulfilling", "all_settled", "closed"},
      },
      [](OrderState from, OrderEvent on) -> Result<OrderState> {
        Order order;
        order.state = from;
        TRY(const Order moved, after(order, on));
        return moved.state;
      });
}

TEST_CASE("every order comes to an end", "[order]") {
  check_ways(order_transitions, Order{}.state, {"closed", "cancelled"});
}

TEST_CASE("an event moves the state of an order and nothing else of it", "[order]") {
  Order order;
  order.order_id = {"ord_1"};
  order.number = "ABCD-EFGH";
  order.version = 3;
  const auto paid = after(order, OrderEvent::payment_secured);
  REQUIRE(paid);
  order.state = OrderState::fulfilling;
  CHECK(to_json(*paid) == to_json(order));
}

}  // namespace sampan
