// Chosen lines, not promised; each with what to do when its price or stock moves.
//
// Range   quantity 1 to 9,999; at most 100 lines
// Errors  bad_input, not_found
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "shared/catalog/product.hpp"

namespace sampan {

// What the shop does when the seller cannot sell the line as it was ordered. The steps are tried in this order:
// substitutes, fewer, wait; what is left is cancelled and its money goes back.
struct LinePolicy {
  std::optional<UnitPrice> ceiling;  // dearer than this: the line is cancelled without asking
  std::vector<SkuId> substitutes;    // of the same product, the best first; never dearer than the ordered one
  bool may_take_fewer = false;
  int64_t wait_days = 0;     // for stock to come back; 0 does not wait
  bool cancels_set = false;  // without this line, nothing of the order that is not bought yet is wanted
  bool operator==(const LinePolicy&) const = default;
};
FIELDS(LinePolicy, ceiling, substitutes, may_take_fewer, wait_days, cancels_set)

struct CartLine {
  CartLineId cart_line_id;
  ProductKey product;
  SkuId sku_id;
  int64_t quantity = 1;
  LinePolicy policy;
  bool operator==(const CartLine&) const = default;
};
FIELDS(CartLine, cart_line_id, product, sku_id, quantity, policy)

struct Cart {
  CartId cart_id;
  ShopperId shopper_id;
  std::vector<CartLine> lines;
  int64_t version = 0;  // grows with every edit; a quote names the one it is of
};
FIELDS(Cart, cart_id, shopper_id, lines, version)

// The same SKU with the same policy joins its line. bad_input out of range.
Result<Cart> with_line(Cart cart, const CartLine& line);

// Quantity 0 removes the line. not_found for a line that is not there.
Result<Cart> with_quantity(Cart cart, const CartLineId& line, int64_t quantity);
Result<Cart> with_policy(Cart cart, const CartLineId& line, const LinePolicy& policy);

// How many pieces of that product, over all its SKUs: MOQ and tiers count by it.
int64_t quantity_of(const Cart& cart, const ProductKey& product);

}  // namespace sampan
