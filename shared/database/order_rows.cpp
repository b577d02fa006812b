#include "shared/database/order_rows.hpp"

#include "shared/database/documents.hpp"

namespace sampan {

Result<void> insert_order(Transaction& tx, const Order& order) {
  return inserted(tx.run(R"(insert into orders (order_id, number, shopper_id, quote_id, state, version, document)
                            values (?, ?, ?, ?, ?, ?, ?))",
                         {order.order_id.value, order.number, order.shopper_id.value, order.quote.quote_id.value,
                          std::string(word(order.state)), order.version, to_json(order)}));
}

Result<Order> update_order(Transaction& tx, Order order) {
  const int64_t loaded = order.version++;
  TRY_DO(
      updated(tx.run(R"(update orders
                           set state = ?, version = ?, document = ?
                           where order_id = ? and version = ?)",
                     {std::string(word(order.state)), order.version, to_json(order), order.order_id.value, loaded})));
  return order;
}

Result<Order> load_order(Transaction& tx, const Principal& principal, const OrderId& id) {
  constexpr auto missing = "There is no such order.";
  TRY(Order order,
      only_document<Order>(tx.select("select document from orders where order_id = ?", {id.value}), missing));
  if (!may_see(principal, order.shopper_id)) return fail(ErrorCode::not_found, missing);
  return order;
}

Result<std::optional<Order>> find_order_of_quote(Transaction& tx, const Principal& principal, const QuoteId& id) {
  TRY(auto orders, documents<Order>(tx.select("select document from orders where quote_id = ?", {id.value})));
  if (orders.empty() || !may_see(principal, orders.front().shopper_id)) return std::optional<Order>();
  return std::optional<Order>(std::move(orders.front()));
}

Result<std::vector<Order>> list_orders(Transaction& tx, const ShopperId& shopper_id) {
  return documents<Order>(tx.select(R"(select document from orders
                                       where shopper_id = ?
                                       order by order_id desc)",
                                    {shopper_id.value}));
}

}  // namespace sampan
