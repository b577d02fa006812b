// What the marketplaces sell.
#pragma once

#include "shared/usecase/ports.hpp"

namespace sampan {

Result<SearchPage> search_products(Ports& ports, MarketplaceName marketplace, const ProductSearch& search);

// Read now from the marketplace, and kept.
Result<ProductReading> read_product(Ports& ports, const ProductKey& key);

}  // namespace sampan
