// Carts, quotes, products as last read, and rates, in the database: what stands before an order.
//
// Errors  not_found; conflict: a stale version
#pragma once

#include <optional>

#include "shared/cart/cart.hpp"
#include "shared/database/database.hpp"
#include "shared/quote/quote.hpp"
#include "shared/rates/rate_table.hpp"
#include "shared/stock/stock_level.hpp"
#include "shared/user/principal.hpp"

namespace sampan {

Result<void> insert_cart(Transaction& tx, const Cart& cart);
// `loaded_version` is the version that the edit began from; the cart's own has grown since.
Result<void> update_cart(Transaction& tx, const Cart& cart, int64_t loaded_version);
Result<Cart> load_cart(Transaction& tx, const Principal& principal, const CartId& id);

// The shopper's newest; not_found before their first edit.
Result<Cart> load_cart_of(Transaction& tx, const ShopperId& shopper_id);

Result<void> insert_quote(Transaction& tx, const Quote& quote);
Result<Quote> load_quote(Transaction& tx, const Principal& principal, const QuoteId& id);

// The newest reading of each product is kept.
Result<void> store_reading(Transaction& tx, const ProductReading& reading);
Result<std::optional<ProductReading>> find_reading(Transaction& tx, const ProductKey& key);

Result<void> insert_rate_table(Transaction& tx, const RateTable& table);
Result<RateTable> load_latest_rates(Transaction& tx);

}  // namespace sampan
