// An order of VOP: find it by our key, read it with the orders that JD split it into, confirm it, cancel it.
//
// Unit    freight, orderPrice and prices in yuan, as numbers or texts
// Shape   a single order has pOrder 0, a child its parent's number, a parent `pOrder` as an object and its children in
//         `cOrder`, which may be parents again
// Errors  bad_reply with the JSON pointer, of a state that nobody knows and of sums that do not add up too: the order is held
//         until somebody looks · what VOP says (errors.hpp)
// Trap    orderPrice may or may not contain the freight: the goods are summed from the rows, and orderPrice must be that sum
//         with or without it · rows of type 1 and 2 are accessories and gifts, nothing that was asked for
// Rule    the state of a split order is that of its least advanced child, so that nothing counts as shipped or received while
//         a part of it is not; children that were cancelled or came back count only when all did. The shipments of every
//         child are told, whatever that state is
// Unsure  a confirmed order that is cancelled has its money back with it (public clients): refunded, not closed
// Source  upstream.md 5.3 and 9
#pragma once

#include <string>
#include <vector>

#include "shared/marketplace/jd/call.hpp"
#include "shared/marketplace/jd/errors.hpp"
#include "shared/marketplace/marketplace.hpp"

namespace sampan::jd {

// What one order of JD says of itself.
struct OrderWords {
  int64_t order_state = 1;     // 0 cancelled
  int64_t submit_state = 1;    // 0 reserved, not confirmed
  int64_t state = 0;           // 0 on its way, 1 delivered, 2 refused at the door
  int64_t jd_order_state = 0;  // jdOrderState; 0: not told
};
Result<UpstreamState> upstream_state(const OrderWords& words);

// The rule above; `states` is not empty.
UpstreamState state_of_all(const std::vector<UpstreamState>& states);

struct ChildOrder {
  UpstreamOrderId upstream_order_id;
  UpstreamState state{};
};
FIELDS(ChildOrder, upstream_order_id, state)

struct SplitOrder {
  UpstreamOrder order;               // the parent, its state that of all
  std::vector<ChildOrder> children;  // those that are delivered by themselves; the order itself where it is not split
};
FIELDS(SplitOrder, order, children)

VopCall order_call(const UpstreamOrderId& id);
Result<SplitOrder> parse_order(const Json& reply);

// {jdOrderId, freight, orderPrice, sku[]} as submitOrder answers too; its state stays awaiting_payment.
Result<UpstreamOrder> parse_order_sums(const Reply& at);

VopCall find_call(const PurchaseId& purchase_id);
// not_found: no order has our key.
Result<UpstreamOrderId> parse_found(const Json& reply);

// Takes the money from the balance; done too when it was confirmed already (3103).
VopCall confirm_call(const UpstreamOrderId& id);
Result<void> parse_confirmed(const Json& reply);

// Done too when it was cancelled already (3203). JD's own limit: until the goods are in work (3204).
VopCall cancel_call(const UpstreamOrderId& id);
Result<void> parse_cancelled(const Json& reply);

}  // namespace sampan::jd
