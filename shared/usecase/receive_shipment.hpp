// The warehouse: a seller's goods come in, and somebody looks at them.
//
// Errors  not_found; not_allowed_now
#pragma once

#include "shared/usecase/ports.hpp"

namespace sampan {

// What came in, by the waybill on the box; the purchase it belongs to.
Result<PurchaseId> receive_shipment(Ports& ports, const std::string& waybill);

enum class Verdict { accept, return_to_seller };
WORDS(Verdict, accept, return_to_seller)

// Accepted goods may be packed; returned goods are asked back in money from their seller.
Result<void> inspect_purchase(Ports& ports, const PurchaseId& purchase_id, Verdict verdict);

}  // namespace sampan
