#include "shared/usecase/follow_purchase.hpp"

#include <algorithm>

#include "shared/database/ledger_rows.hpp"
#include "shared/database/order_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/usecase/settle_order.hpp"
#include "shared/usecase/settlement.hpp"

namespace sampan {
namespace {

constexpr Duration between_looks = hours(6);

bool is_watched(PurchaseState state) {
  return state == PurchaseState::paid || state == PurchaseState::shipped || state == PurchaseState::refunding;
}

bool all_in(const std::vector<UpstreamOrder>& orders, std::initializer_list<UpstreamState> states) {
  return std::all_of(orders.begin(), orders.end(), [&](const UpstreamOrder& order) {
    return std::find(states.begin(), states.end(), order.state) != states.end();
  });
}

Result<void> record_shipped(Ports& ports, const PurchaseId& purchase_id, const std::vector<UpstreamOrder>& orders) {
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(Purchase purchase, load_purchase(tx, purchase_id));
    if (purchase.state != PurchaseState::paid) return done();
    TRY(const Order order, load_order(tx, the_shop(), purchase.order_id));
    TRY(purchase, after(std::move(purchase), PurchaseEvent::was_shipped));
    purchase.waybills.clear();
    for (const UpstreamOrder& bought : orders)
      for (const UpstreamShipment& shipment : bought.shipments)
        purchase.waybills.push_back(shipment.tracking_number.value);

    TRY_DO(update_purchase(tx, purchase));
    return announce(tx, ChangeKind::purchase, purchase_id.value, order.shopper_id, ports.now());
  });
}

Result<void> record_refunded(Ports& ports, const PurchaseId& purchase_id) {
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(Purchase purchase, load_purchase(tx, purchase_id));
    if (purchase.state == PurchaseState::refunded) return done();
    TRY(const Order order, load_order(tx, the_shop(), purchase.order_id));
    TRY(const Entry entry,
        entry_of_seller_refund(order, purchase,
                               blank_entry(ports, "seller_refund", purchase_id.value, purchase.order_id)));
    TRY(purchase, after(std::move(purchase), PurchaseEvent::was_refunded));
    for (PurchaseLine& line : purchase.lines) line.quantity = 0;
    purchase.quoted_freight.minor = 0;

    TRY_DO(post(tx, entry));
    TRY_DO(update_purchase(tx, purchase));
    TRY_DO(announce(tx, ChangeKind::purchase, purchase_id.value, order.shopper_id, ports.now()));
    return settle_order(tx, ports, purchase.order_id, RefundReason::returned_to_seller);
  });
}

}  // namespace

Result<JobOutcome> follow_purchase(Ports& ports, const PurchaseId& purchase_id) {
  TRY(const Purchase purchase,
      transact<Purchase>(ports.database, [&](Transaction& tx) { return load_purchase(tx, purchase_id); }));
  if (!is_watched(purchase.state)) return job_done();
  TRY(Marketplace* const upstream, marketplace_of(ports, purchase.seller.marketplace));
  std::vector<UpstreamOrder> orders;
  for (const BoughtOrder& bought : purchase.bought) {
    TRY(UpstreamOrder order, upstream->read_order(bought.upstream_order_id));
    orders.push_back(std::move(order));
  }

  // Closed after it was paid: the marketplace has given the money back with it.
  if (all_in(orders, {UpstreamState::refunded, UpstreamState::closed})) {
    TRY_DO(record_refunded(ports, purchase_id));
    return job_done();
  }
  if (all_in(orders, {UpstreamState::shipped, UpstreamState::received}))
    TRY_DO(record_shipped(ports, purchase_id, orders));
  return again(ports.now() + between_looks);
}

Result<JobOutcome> refund_purchase(Ports& ports, const PurchaseId& purchase_id) {
  TRY(const Purchase purchase,
      transact<Purchase>(ports.database, [&](Transaction& tx) { return load_purchase(tx, purchase_id); }));
  if (purchase.state != PurchaseState::refunding) return job_done();
  TRY(Marketplace* const upstream, marketplace_of(ports, purchase.seller.marketplace));

  for (const BoughtOrder& bought : purchase.bought) TRY_DO(upstream->request_refund(bought.upstream_order_id));

  TRY_DO(ports.database.transact([&](Transaction& tx) {
    return enqueue_at(tx, ports, JobKind::follow_purchase, purchase_id.value, ports.now() + hours(1));
  }));
  return job_done();
}

}  // namespace sampan
