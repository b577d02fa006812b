#include "shared/database/cart_rows.hpp"

#include "shared/database/documents.hpp"

namespace sampan {

Result<void> insert_cart(Transaction& tx, const Cart& cart) {
  return inserted(tx.run(R"(insert into cart (cart_id, shopper_id, version, document)
                            values (?, ?, ?, ?))",
                         {cart.cart_id.value, cart.shopper_id.value, cart.version, to_json(cart)}));
}

Result<void> update_cart(Transaction& tx, const Cart& cart, int64_t loaded_version) {
  return updated(tx.run(R"(update cart
                           set version = ?, document = ?
                           where cart_id = ? and version = ?)",
                        {cart.version, to_json(cart), cart.cart_id.value, loaded_version}));
}

Result<Cart> load_cart(Transaction& tx, const Principal& principal, const CartId& id) {
  constexpr auto missing = "There is no such cart.";
  TRY(Cart cart, only_document<Cart>(tx.select("select document from cart where cart_id = ?", {id.value}), missing));
  if (!may_see(principal, cart.shopper_id)) return fail(ErrorCode::not_found, missing);
  return cart;
}

Result<Cart> load_cart_of(Transaction& tx, const ShopperId& shopper_id) {
  return only_document<Cart>(tx.select(R"(select document from cart
                                          where shopper_id = ?
                                          order by cart_id desc
                                          limit 1)",
                                       {shopper_id.value}),
                             "There is no cart yet.");
}

Result<void> insert_quote(Transaction& tx, const Quote& quote) {
  return inserted(tx.run(R"(insert into quote (quote_id, shopper_id, expires_at, document)
                            values (?, ?, ?, ?))",
                         {quote.quote_id.value, quote.shopper_id.value, quote.expires_at.ms, to_json(quote)}));
}

Result<Quote> load_quote(Transaction& tx, const Principal& principal, const QuoteId& id) {
  constexpr auto missing = "There is no such quote.";
  TRY(Quote quote,
      only_document<Quote>(tx.select("select document from quote where quote_id = ?", {id.value}), missing));
  if (!may_see(principal, quote.shopper_id)) return fail(ErrorCode::not_found, missing);
  return quote;
}

Result<void> store_reading(Transaction& tx, const ProductReading& reading) {
  const ProductKey& key = reading.product.key;
  return inserted(
      tx.run(R"(insert into product_reading (marketplace, product_id, read_at, document)
                            values (?, ?, ?, ?)
                            on conflict (marketplace, product_id) do update
                            set read_at = excluded.read_at, document = excluded.document
                            where excluded.read_at >= product_reading.read_at)",
             {std::string(word(key.marketplace)), key.product_id.value, reading.freshness.as_of.ms, to_json(reading)}));
}

Result<std::optional<ProductReading>> find_reading(Transaction& tx, const ProductKey& key) {
  TRY(auto readings, documents<ProductReading>(tx.select(R"(select document from product_reading
                                                            where marketplace = ? and product_id = ?)",
                                                         {std::string(word(key.marketplace)), key.product_id.value})));
  if (readings.empty()) return std::optional<ProductReading>();
  return std::optional<ProductReading>(std::move(readings.front()));
}

Result<void> insert_rate_table(Transaction& tx, const RateTable& table) {
  return inserted(tx.run(R"(insert or replace into rate_table (fetched_at, document)
                            values (?, ?))",
                         {table.fetched_at.ms, to_json(table)}));
}

Result<RateTable> load_latest_rates(Transaction& tx) {
  return only_document<RateTable>(tx.select(R"(select document from rate_table
                                               order by fetched_at desc
                                               limit 1)",
                                            {}),
                                  "There are no exchange rates yet.");
}

}  // namespace sampan
