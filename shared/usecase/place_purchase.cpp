#include "shared/usecase/place_purchase.hpp"

#include <algorithm>

#include "shared/database/ledger_rows.hpp"
#include "shared/database/order_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/usecase/cancel_order.hpp"
#include "shared/usecase/read_upstream.hpp"
#include "shared/usecase/record_plan.hpp"
#include "shared/usecase/settlement.hpp"

namespace sampan {
namespace {

Result<void> record_event(Ports& ports, const PurchaseId& purchase_id, PurchaseEvent event) {
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(Purchase purchase, load_purchase(tx, purchase_id));
    TRY(purchase, after(std::move(purchase), event));
    if (event == PurchaseEvent::placing_started) purchase.attempted_at = ports.now();
    TRY_DO(update_purchase(tx, purchase));
    return done();
  });
}

Result<void> record_placed(Ports& ports, const PurchaseId& purchase_id, const std::vector<UpstreamOrder>& orders) {
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(Purchase purchase, load_purchase(tx, purchase_id));
    TRY(const Order order, load_order(tx, the_shop(), purchase.order_id));
    TRY(purchase, after(std::move(purchase), PurchaseEvent::was_placed));
    for (const UpstreamOrder& bought : orders) {
      TRY(const Money whole, add(bought.goods, bought.freight));
      purchase.bought.push_back({bought.upstream_order_id, whole});
    }
    TRY(const Entry entry,
        entry_of_placement(order, purchase, blank_entry(ports, "placed", purchase_id.value, purchase.order_id)));

    TRY_DO(update_purchase(tx, purchase));
    TRY_DO(post(tx, entry));
    TRY_DO(announce(tx, ChangeKind::purchase, purchase_id.value, order.shopper_id, ports.now()));
    return enqueue_now(tx, ports, JobKind::pay_purchase, purchase_id.value);
  });
}

// The first set of orders that is exactly what was asked for at exactly its price; the others are left over.
struct Sorted {
  std::vector<UpstreamOrder> wanted;
  std::vector<UpstreamOrder> surplus;
};

int64_t pieces_of(const std::vector<UpstreamOrder>& orders) {
  int64_t pieces = 0;
  for (const UpstreamOrder& order : orders)
    for (const PurchaseItem& item : order.items) pieces += item.quantity;
  return pieces;
}

Result<Money> total_of(const std::vector<UpstreamOrder>& orders) {
  Money total{0, cny()};
  for (const UpstreamOrder& order : orders) {
    TRY(total, add(total, order.goods));
    TRY(total, add(total, order.freight));
  }
  return total;
}

Result<bool> is_what_was_asked(const Purchase& purchase, const std::vector<UpstreamOrder>& orders) {
  int64_t wanted = 0;
  for (const PurchaseLine& line : purchase.lines) wanted += line.quantity;
  TRY(const Money total, total_of(orders));
  TRY(const Money quoted, quoted_total(purchase));
  return wanted == pieces_of(orders) && total == quoted;
}

Result<Sorted> sorted(const Purchase& purchase, const std::vector<UpstreamOrder>& found) {
  Sorted sorted;
  for (const UpstreamOrder& order : found)
    if (order.state != UpstreamState::closed) sorted.surplus.push_back(order);
  TRY(const bool all_together, is_what_was_asked(purchase, sorted.surplus));
  if (all_together) return Sorted{sorted.surplus, {}};
  for (size_t i = 0; i < sorted.surplus.size(); ++i) {
    TRY(const bool alone, is_what_was_asked(purchase, {sorted.surplus[i]}));
    if (!alone) continue;
    sorted.wanted.push_back(sorted.surplus[i]);
    sorted.surplus.erase(sorted.surplus.begin() + static_cast<std::ptrdiff_t>(i));
    break;
  }
  return sorted;
}

// What the marketplace has under our key becomes the purchase, or is cancelled there while it is unpaid.
Result<JobOutcome> adopt(Ports& ports, Marketplace& upstream, const Purchase& purchase,
                         const std::vector<UpstreamOrder>& found) {
  TRY(const Sorted orders, sorted(purchase, found));
  for (const UpstreamOrder& order : orders.surplus) TRY_DO(upstream.cancel_order(order.upstream_order_id));
  if (!orders.wanted.empty()) {
    TRY_DO(record_placed(ports, purchase.purchase_id, orders.wanted));
    return job_done();
  }
  TRY_DO(record_event(ports, purchase.purchase_id, PurchaseEvent::nothing_was_placed));
  return again(ports.now());
}

// An attempt was made before: only the marketplace knows how it ended.
Result<JobOutcome> ask(Ports& ports, Marketplace& upstream, const Purchase& purchase) {
  const Instant trusted = purchase.attempted_at.value_or(Instant{}) + upstream.listing_lag();
  if (ports.now() < trusted) return again(trusted);
  TRY(const auto found, upstream.find_purchase(purchase.purchase_id));
  return adopt(ports, upstream, purchase, found);
}

bool nothing_happened(ErrorCode code) { return code != ErrorCode::outcome_unknown && code != ErrorCode::bad_reply; }

Result<JobOutcome> buy(Ports& ports, Marketplace& upstream, const Purchase& purchase) {
  TRY_DO(record_event(ports, purchase.purchase_id, PurchaseEvent::placing_started));
  const auto placed = upstream.place_purchase(request_of(purchase));
  if (placed) return adopt(ports, upstream, purchase, *placed);
  if (!nothing_happened(placed.error().code)) return again(ports.now() + upstream.listing_lag());
  TRY_DO(record_event(ports, purchase.purchase_id, PurchaseEvent::nothing_was_placed));
  const ErrorCode code = placed.error().code;
  if (code == ErrorCode::sold_out || code == ErrorCode::price_changed) return again(ports.now() + seconds(1));
  return tl::unexpected(placed.error());
}

// Read, decide by the policy, and let the marketplace say the sum: the purchase as it may be bought, or not now.
Result<PlanRecord> prepare(Ports& ports, Marketplace& upstream, const Purchase& purchase) {
  TRY(const auto readings, read_products(ports, upstream, purchase));
  TRY(PlanRecord record, record_plan(ports, purchase.purchase_id, readings));
  if (record.wait_until || record.purchase.state != PurchaseState::queued) return record;

  const auto preview = upstream.preview_purchase(request_of(record.purchase));
  if (!preview && preview.error().code == ErrorCode::sold_out) {
    TRY(const auto refused, without_stock_refused(upstream, record.purchase, readings));
    TRY(record, record_plan(ports, purchase.purchase_id, refused));
    // What the policy found instead is read and previewed anew.
    if (!record.wait_until && record.purchase.state == PurchaseState::queued) record.wait_until = ports.now();
    return record;
  }
  if (!preview) return tl::unexpected(preview.error());
  TRY(record.purchase, record_preview(ports, purchase.purchase_id, *preview));
  return record;
}

// Cancelled while it was being bought, and nothing was.
Result<JobOutcome> give_up(Ports& ports, const Purchase& purchase) {
  TRY_DO(ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY_DO(cancel_what_is_not_bought(tx, ports, purchase.order_id, RefundReason::cancelled));
    return done();
  }));
  return job_done();
}

}  // namespace

Result<JobOutcome> place_purchase(Ports& ports, const PurchaseId& purchase_id) {
  TRY(const Purchase purchase,
      transact<Purchase>(ports.database, [&](Transaction& tx) { return load_purchase(tx, purchase_id); }));
  TRY(Marketplace* const upstream, marketplace_of(ports, purchase.seller.marketplace));
  if (purchase.state == PurchaseState::placing) return ask(ports, *upstream, purchase);
  if (purchase.state != PurchaseState::queued) return job_done();
  if (purchase.cancel_asked) return give_up(ports, purchase);

  TRY(const PlanRecord record, prepare(ports, *upstream, purchase));
  if (record.wait_until) return again(std::min(*record.wait_until, ports.now() + hours(6)));
  if (record.purchase.state != PurchaseState::queued) return job_done();
  return buy(ports, *upstream, record.purchase);
}

}  // namespace sampan
