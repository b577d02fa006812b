#include "shared/usecase/search_products.hpp"

#include "shared/database/cart_rows.hpp"

namespace sampan {

Result<SearchPage> search_products(Ports& ports, MarketplaceName marketplace, const ProductSearch& search) {
  if (search.words.empty()) return fail(ErrorCode::bad_input, "Type what you are looking for.");
  if (search.page < 1) return fail(ErrorCode::bad_input, "Pages are counted from 1.");
  TRY(Marketplace* const upstream, marketplace_of(ports, marketplace));
  return upstream->search(search);
}

Result<ProductReading> read_product(Ports& ports, const ProductKey& key) {
  TRY(Marketplace* const upstream, marketplace_of(ports, key.marketplace));
  TRY(const ProductReading reading, upstream->read_product(key.product_id));
  TRY_DO(ports.database.transact([&](Transaction& tx) { return store_reading(tx, reading); }));
  return reading;
}

}  // namespace sampan
