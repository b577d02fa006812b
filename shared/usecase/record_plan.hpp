// What was read upstream becomes the purchase's state: lines by their policy, what is given up is refunded, a dearer
// price is held for the shopper.
#pragma once

#include <optional>
#include <vector>

#include "shared/purchase/purchase.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

struct PlanRecord {
  Purchase purchase;  // as it stands now; only `queued` may be bought
  std::optional<Instant> wait_until;
};

Result<PlanRecord> record_plan(Ports& ports, const PurchaseId& purchase_id,
                               const std::vector<ProductReading>& readings);

// The marketplace's sum for the whole: dearer than quoted is held, cheaper lowers what the shopper is charged.
Result<Purchase> record_preview(Ports& ports, const PurchaseId& purchase_id, const PurchasePreview& preview);

}  // namespace sampan
