// What the seller offers now for the lines of a purchase.
//
// Source  design.md "Freshness": every line is read again before money is spent; upstream.md 4.4: the preview decides
#pragma once

#include <vector>

#include "shared/purchase/purchase.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

// The whole purchase as the marketplace is asked for it; lines that are given up are left out.
PurchaseRequest request_of(const Purchase& purchase);

// Every product of the purchase; one that is gone has is_on_sale false.
Result<std::vector<ProductReading>> read_products(Ports& ports, Marketplace& upstream, const Purchase& purchase);

// The marketplace refused the whole for want of stock although it shows some: line by line, whose stock is it?
// Those lines' SKUs read as none.
Result<std::vector<ProductReading>> without_stock_refused(Marketplace& upstream, const Purchase& purchase,
                                                          std::vector<ProductReading> readings);

}  // namespace sampan
