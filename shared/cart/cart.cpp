#include "shared/cart/cart.hpp"

#include <algorithm>

namespace sampan {
namespace {

constexpr int64_t most_of_a_line = 9'999;
constexpr size_t most_lines = 100;
constexpr int64_t most_wait_days = 30;

Result<void> check(const CartLine& line) {
  if (line.quantity < 1 || line.quantity > most_of_a_line)
    return fail(ErrorCode::bad_input, "A quantity is between 1 and 9,999.");
  if (line.policy.wait_days < 0 || line.policy.wait_days > most_wait_days)
    return fail(ErrorCode::bad_input, "The shop waits at most 30 days for stock.");
  return done();
}

Result<CartLine*> line_of(Cart& cart, const CartLineId& id) {
  const auto found =
      std::find_if(cart.lines.begin(), cart.lines.end(), [&](const CartLine& l) { return l.cart_line_id == id; });
  if (found == cart.lines.end()) return fail(ErrorCode::not_found, "This line is not in the cart any more.", id.value);
  return &*found;
}

}  // namespace

Result<Cart> with_line(Cart cart, const CartLine& line) {
  TRY_DO(check(line));
  const auto same = std::find_if(cart.lines.begin(), cart.lines.end(), [&](const CartLine& each) {
    return each.product == line.product && each.sku_id == line.sku_id && each.policy == line.policy;
  });
  if (same != cart.lines.end()) {
    same->quantity += line.quantity;
    TRY_DO(check(*same));
  } else {
    if (cart.lines.size() >= most_lines) return fail(ErrorCode::bad_input, "A cart holds at most 100 lines.");
    cart.lines.push_back(line);
  }
  ++cart.version;
  return cart;
}

Result<Cart> with_quantity(Cart cart, const CartLineId& id, int64_t quantity) {
  TRY(CartLine* const line, line_of(cart, id));
  if (quantity == 0) {
    cart.lines.erase(cart.lines.begin() + (line - cart.lines.data()));
  } else {
    line->quantity = quantity;
    TRY_DO(check(*line));
  }
  ++cart.version;
  return cart;
}

Result<Cart> with_policy(Cart cart, const CartLineId& id, const LinePolicy& policy) {
  TRY(CartLine* const line, line_of(cart, id));
  line->policy = policy;
  TRY_DO(check(*line));
  ++cart.version;
  return cart;
}

int64_t quantity_of(const Cart& cart, const ProductKey& product) {
  int64_t quantity = 0;
  for (const CartLine& line : cart.lines)
    if (line.product == product) quantity += line.quantity;
  return quantity;
}

}  // namespace sampan
