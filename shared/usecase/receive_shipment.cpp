#include "shared/usecase/receive_shipment.hpp"

#include "shared/database/order_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/usecase/recording.hpp"

namespace sampan {

Result<PurchaseId> receive_shipment(Ports& ports, const std::string& waybill) {
  return transact<PurchaseId>(ports.database, [&](Transaction& tx) -> Result<PurchaseId> {
    TRY(Purchase purchase, load_purchase_of_waybill(tx, waybill));
    TRY(const Order order, load_order(tx, the_shop(), purchase.order_id));
    // A box that is scanned twice has come in once.
    if (purchase.state == PurchaseState::received) return purchase.purchase_id;

    TRY(purchase, after(std::move(purchase), PurchaseEvent::was_received));

    TRY_DO(update_purchase(tx, purchase));
    TRY_DO(announce(tx, ChangeKind::purchase, purchase.purchase_id.value, order.shopper_id, ports.now()));
    return purchase.purchase_id;
  });
}

Result<void> inspect_purchase(Ports& ports, const PurchaseId& purchase_id, Verdict verdict) {
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(Purchase purchase, load_purchase(tx, purchase_id));
    TRY(const Order order, load_order(tx, the_shop(), purchase.order_id));

    const PurchaseEvent event =
        verdict == Verdict::accept ? PurchaseEvent::passed_inspection : PurchaseEvent::refund_was_requested;
    TRY(purchase, after(std::move(purchase), event));

    TRY_DO(update_purchase(tx, purchase));
    TRY_DO(announce(tx, ChangeKind::purchase, purchase_id.value, order.shopper_id, ports.now()));
    if (verdict == Verdict::accept) return done();
    return enqueue_now(tx, ports, JobKind::refund_purchase, purchase_id.value);
  });
}

}  // namespace sampan
