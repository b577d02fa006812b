#include "shared/database/purchase_rows.hpp"

#include "shared/database/documents.hpp"

namespace sampan {

Result<void> insert_purchase(Transaction& tx, const Purchase& purchase) {
  return inserted(tx.run(R"(insert into purchase (purchase_id, order_id, state, version, document)
                            values (?, ?, ?, ?, ?))",
                         {purchase.purchase_id.value, purchase.order_id.value, std::string(word(purchase.state)),
                          purchase.version, to_json(purchase)}));
}

Result<Purchase> update_purchase(Transaction& tx, Purchase purchase) {
  const int64_t loaded = purchase.version++;
  TRY_DO(updated(tx.run(
      R"(update purchase
                           set state = ?, version = ?, document = ?
                           where purchase_id = ? and version = ?)",
      {std::string(word(purchase.state)), purchase.version, to_json(purchase), purchase.purchase_id.value, loaded})));
  for (const std::string& waybill : purchase.waybills)
    TRY_DO(tx.run(R"(insert into waybill (number, purchase_id)
                     values (?, ?)
                     on conflict (number) do nothing)",
                  {waybill, purchase.purchase_id.value}));
  for (const BoughtOrder& bought : purchase.bought)
    TRY_DO(tx.run(
        R"(insert into upstream_order (marketplace, upstream_order_id, purchase_id)
                     values (?, ?, ?)
                     on conflict (marketplace, upstream_order_id) do nothing)",
        {std::string(word(purchase.seller.marketplace)), bought.upstream_order_id.value, purchase.purchase_id.value}));
  return purchase;
}

Result<Purchase> load_purchase(Transaction& tx, const PurchaseId& id) {
  return only_document<Purchase>(tx.select("select document from purchase where purchase_id = ?", {id.value}),
                                 "There is no such purchase.");
}

Result<Purchase> load_purchase_of_waybill(Transaction& tx, const std::string& waybill) {
  return only_document<Purchase>(tx.select(R"(select purchase.document from waybill
                                              join purchase on purchase.purchase_id = waybill.purchase_id
                                              where waybill.number = ?)",
                                           {waybill}),
                                 "No purchase of ours came with this waybill.");
}

Result<std::optional<PurchaseId>> find_purchase_of_upstream_order(Transaction& tx, MarketplaceName marketplace,
                                                                  const UpstreamOrderId& id) {
  TRY(const auto rows, tx.select(R"(select purchase_id from upstream_order
                                    where marketplace = ? and upstream_order_id = ?)",
                                 {std::string(word(marketplace)), id.value}));
  if (rows.empty()) return std::optional<PurchaseId>();
  return std::optional<PurchaseId>(PurchaseId{rows.front().text(0)});
}

Result<std::vector<Purchase>> list_purchases(Transaction& tx, const OrderId& order_id) {
  return documents<Purchase>(tx.select(R"(select document from purchase
                                     where order_id = ?
                                     order by purchase_id)",
                                       {order_id.value}));
}

}  // namespace sampan
