#include "shared/purchase/purchase.hpp"

#include <algorithm>

namespace sampan {

Result<Purchase> after(Purchase purchase, PurchaseEvent event) {
  TRY(purchase.state, next_state<PurchaseState>(purchase_transitions, purchase.state, event));
  return purchase;
}

bool wants_nothing(const std::vector<PurchaseLine>& lines) {
  return std::all_of(lines.begin(), lines.end(), [](const PurchaseLine& line) { return line.quantity == 0; });
}

Result<Money> quoted_total(const Purchase& purchase) {
  Money total = purchase.quoted_freight;
  for (const PurchaseLine& line : purchase.lines) {
    TRY(const Money goods, line_total(line.unit_price, line.quantity));
    TRY(total, add(total, goods));
  }
  return total;
}

Result<Money> bought_total(const Purchase& purchase) {
  Money total{0, cny()};
  for (const BoughtOrder& order : purchase.bought) {
    TRY(total, add(total, order.total));
  }
  return total;
}

}  // namespace sampan
