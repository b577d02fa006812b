#include "shared/usecase/record_plan.hpp"

#include "shared/database/order_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/usecase/cancel_order.hpp"
#include "shared/usecase/recording.hpp"
#include "shared/usecase/settle_order.hpp"

namespace sampan {
namespace {

// The plan's lines at prices no higher than the shopper has agreed to.
std::vector<PurchaseLine> agreed(const std::vector<PurchaseLine>& before, const std::vector<PurchaseLine>& planned) {
  std::vector<PurchaseLine> lines = planned;
  for (size_t i = 0; i < lines.size(); ++i)
    if (before[i].unit_price < lines[i].unit_price) lines[i].unit_price = before[i].unit_price;
  return lines;
}

RefundReason reason_of(const PurchasePlan& plan) {
  if (plan.losses.empty()) return RefundReason::cheaper;
  return plan.losses.front() == LineLoss::sold_out ? RefundReason::sold_out : RefundReason::price_declined;
}

Result<Purchase> applied(Purchase purchase, const PurchasePlan& plan) {
  const std::vector<PurchaseLine> before = purchase.lines;
  purchase.waiting_since.reset();
  purchase.lines = agreed(before, plan.lines);
  if (wants_nothing(purchase.lines)) {
    purchase.quoted_freight.minor = 0;
    return after(std::move(purchase), PurchaseEvent::was_cancelled);
  }
  if (plan.act == PlanAct::buy) return purchase;
  purchase.proposed = plan.lines;
  return after(std::move(purchase), PurchaseEvent::price_moved);
}

Result<void> record(Transaction& tx, const Ports& ports, const Purchase& purchase, RefundReason reason) {
  TRY_DO(update_purchase(tx, purchase));
  TRY(const Order order, load_order(tx, the_shop(), purchase.order_id));
  TRY_DO(announce(tx, ChangeKind::purchase, purchase.purchase_id.value, order.shopper_id, ports.now()));
  return settle_order(tx, ports, purchase.order_id, reason);
}

}  // namespace

Result<PlanRecord> record_plan(Ports& ports, const PurchaseId& purchase_id,
                               const std::vector<ProductReading>& readings) {
  return transact<PlanRecord>(ports.database, [&](Transaction& tx) -> Result<PlanRecord> {
    TRY(Purchase purchase, load_purchase(tx, purchase_id));
    if (purchase.state != PurchaseState::queued) return PlanRecord{purchase, std::nullopt};
    TRY(const PurchasePlan plan, plan_purchase(purchase, readings, ports.now()));

    if (plan.act == PlanAct::wait) {
      purchase.waiting_since = purchase.waiting_since.value_or(ports.now());
      TRY(purchase, update_purchase(tx, purchase));
      return PlanRecord{purchase, plan.wait_until};
    }
    TRY(const Purchase planned, applied(purchase, plan));
    TRY_DO(record(tx, ports, planned, reason_of(plan)));
    if (plan.cancels_set) TRY_DO(cancel_what_is_not_bought(tx, ports, purchase.order_id, RefundReason::sold_out));
    TRY(purchase, load_purchase(tx, purchase_id));
    return PlanRecord{purchase, std::nullopt};
  });
}

Result<Purchase> record_preview(Ports& ports, const PurchaseId& purchase_id, const PurchasePreview& preview) {
  return transact<Purchase>(ports.database, [&](Transaction& tx) -> Result<Purchase> {
    TRY(Purchase purchase, load_purchase(tx, purchase_id));
    if (purchase.state != PurchaseState::queued) return purchase;
    TRY(const Money asked, add(preview.goods, preview.freight));
    TRY(const Money quoted, quoted_total(purchase));
    if (asked == quoted) return purchase;
    // The preview has no price a line: whatever differs counts as freight, so that the sum is the marketplace's.
    TRY(const Money goods, subtract(quoted, purchase.quoted_freight));
    TRY(const Money freight, subtract(asked, goods));
    if (asked.minor > quoted.minor) {
      purchase.proposed = purchase.lines;
      purchase.proposed_freight = freight;
      TRY(purchase, after(std::move(purchase), PurchaseEvent::price_moved));
    } else {
      purchase.quoted_freight = freight;
    }
    TRY_DO(record(tx, ports, purchase, RefundReason::cheaper));
    return load_purchase(tx, purchase_id);
  });
}

}  // namespace sampan
