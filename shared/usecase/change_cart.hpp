// Edits of a cart. A stale edit is `conflict`: the cart is loaded again and the edit repeated by who made it.
#pragma once

#include "shared/cart/cart.hpp"
#include "shared/usecase/ports.hpp"
#include "shared/user/principal.hpp"

namespace sampan {

struct AddToCart {
  CartId cart_id;  // empty: a new cart begins
  ProductKey product;
  SkuId sku_id;
  int64_t quantity = 1;
  LinePolicy policy;
};
FIELDS(AddToCart, cart_id, product, sku_id, quantity, policy)

struct ChangeCartLine {
  CartId cart_id;
  CartLineId cart_line_id;
  int64_t quantity = 1;  // 0 removes it
  LinePolicy policy;
};
FIELDS(ChangeCartLine, cart_id, cart_line_id, quantity, policy)

Result<Cart> add_to_cart(Ports& ports, const ShopperId& shopper_id, const AddToCart& command);
Result<Cart> change_cart_line(Ports& ports, const ShopperId& shopper_id, const ChangeCartLine& command);

}  // namespace sampan
