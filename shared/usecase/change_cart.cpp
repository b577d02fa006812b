#include "shared/usecase/change_cart.hpp"

#include "shared/database/cart_rows.hpp"
#include "shared/usecase/recording.hpp"

namespace sampan {

Result<Cart> add_to_cart(Ports& ports, const ShopperId& shopper_id, const AddToCart& command) {
  return transact<Cart>(ports.database, [&](Transaction& tx) -> Result<Cart> {
    const bool is_new = command.cart_id.is_empty();
    Cart loaded{new_id<CartId>(ports), shopper_id, {}, 0};
    if (!is_new) {
      TRY(loaded, load_cart(tx, shopper(shopper_id), command.cart_id));
    }

    TRY(const auto known, find_reading(tx, command.product));
    if (known) TRY_DO(check_is_buyable(known->product));

    TRY(Cart cart, with_line(loaded, {new_id<CartLineId>(ports), command.product, command.sku_id, command.quantity,
                                      command.policy}));

    TRY_DO(is_new ? insert_cart(tx, cart) : update_cart(tx, cart, loaded.version));
    TRY_DO(announce(tx, ChangeKind::cart, cart.cart_id.value, shopper_id, ports.now()));
    return cart;
  });
}

Result<Cart> change_cart_line(Ports& ports, const ShopperId& shopper_id, const ChangeCartLine& command) {
  return transact<Cart>(ports.database, [&](Transaction& tx) -> Result<Cart> {
    TRY(const Cart loaded, load_cart(tx, shopper(shopper_id), command.cart_id));

    TRY(Cart cart, with_quantity(loaded, command.cart_line_id, command.quantity));
    if (command.quantity > 0) {
      TRY(cart, with_policy(std::move(cart), command.cart_line_id, command.policy));
    }

    TRY_DO(update_cart(tx, cart, loaded.version));
    TRY_DO(announce(tx, ChangeKind::cart, cart.cart_id.value, shopper_id, ports.now()));
    return cart;
  });
}

}  // namespace sampan
