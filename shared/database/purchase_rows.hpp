// Purchases in the database.
//
// Errors  not_found; conflict: a stale version on update, a repeated id on insert
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/database/database.hpp"
#include "shared/purchase/purchase.hpp"

namespace sampan {

Result<void> insert_purchase(Transaction& tx, const Purchase& purchase);
// The version grows by one; the returned purchase is the stored one.
Result<Purchase> update_purchase(Transaction& tx, Purchase purchase);
Result<Purchase> load_purchase(Transaction& tx, const PurchaseId& id);
// The waybill is on the box that the seller sent.
Result<Purchase> load_purchase_of_waybill(Transaction& tx, const std::string& waybill);
// Whose the marketplace's order is; nothing when it is none that we know to be ours, or not yet.
Result<std::optional<PurchaseId>> find_purchase_of_upstream_order(Transaction& tx, MarketplaceName marketplace,
                                                                  const UpstreamOrderId& id);
Result<std::vector<Purchase>> list_purchases(Transaction& tx, const OrderId& order_id);

}  // namespace sampan
