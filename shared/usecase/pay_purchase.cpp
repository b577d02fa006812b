#include "shared/usecase/pay_purchase.hpp"

#include <algorithm>

#include "shared/database/ledger_rows.hpp"
#include "shared/database/order_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/usecase/settlement.hpp"

namespace sampan {
namespace {

bool is_ours(const Purchase& purchase, const UpstreamOrderId& id) {
  return std::any_of(purchase.bought.begin(), purchase.bought.end(),
                     [&](const BoughtOrder& bought) { return bought.upstream_order_id == id; });
}

// A call that was given up as lost may have arrived later than anybody waited: its order is not paid, but closed.
Result<void> close_strays(Marketplace& upstream, const Purchase& purchase) {
  TRY(const auto found, upstream.find_purchase(purchase.purchase_id));
  for (const UpstreamOrder& order : found)
    if (order.state == UpstreamState::awaiting_payment && !is_ours(purchase, order.upstream_order_id))
      TRY_DO(upstream.cancel_order(order.upstream_order_id));
  return done();
}

Result<void> record_paid(Ports& ports, const PurchaseId& purchase_id) {
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    TRY(Purchase purchase, load_purchase(tx, purchase_id));
    if (purchase.state != PurchaseState::placed) return done();
    TRY(const Order order, load_order(tx, the_shop(), purchase.order_id));
    TRY(purchase, after(std::move(purchase), PurchaseEvent::was_paid));
    TRY(const Money paid, bought_total(purchase));
    Entry entry = blank_entry(ports, "paid", purchase_id.value, purchase.order_id);
    entry.postings = {debit(Account::upstream_payable, paid), credit(Account::upstream_prepaid, paid)};

    if (purchase.cancel_asked) {
      TRY(purchase, after(std::move(purchase), PurchaseEvent::refund_was_requested));
    }

    TRY_DO(update_purchase(tx, purchase));
    TRY_DO(post(tx, entry));
    TRY_DO(announce(tx, ChangeKind::purchase, purchase_id.value, order.shopper_id, ports.now()));
    if (purchase.cancel_asked) return enqueue_now(tx, ports, JobKind::refund_purchase, purchase_id.value);
    return enqueue_at(tx, ports, JobKind::follow_purchase, purchase_id.value, ports.now() + hours(1));
  });
}

}  // namespace

Result<JobOutcome> pay_purchase(Ports& ports, const PurchaseId& purchase_id) {
  TRY(const Purchase purchase,
      transact<Purchase>(ports.database, [&](Transaction& tx) { return load_purchase(tx, purchase_id); }));
  if (purchase.state != PurchaseState::placed) return job_done();
  TRY(Marketplace* const upstream, marketplace_of(ports, purchase.seller.marketplace));
  TRY_DO(close_strays(*upstream, purchase));
  for (const BoughtOrder& bought : purchase.bought) TRY_DO(upstream->pay_order(bought.upstream_order_id));
  TRY_DO(record_paid(ports, purchase_id));
  return job_done();
}

}  // namespace sampan
