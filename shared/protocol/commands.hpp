// What the calls take that have no command of their own in an act's room, and what they answer.
#pragma once

#include <string>

#include "shared/catalog/product.hpp"
#include "shared/usecase/receive_shipment.hpp"

namespace sampan {

struct SearchProducts {
  MarketplaceName marketplace{};
  std::string words;
  std::optional<int64_t> page;  // from 1
};
FIELDS(SearchProducts, marketplace, words, page)

struct Nothing {};
FIELDS(Nothing)

struct OfOrder {
  OrderId order_id;
};
FIELDS(OfOrder, order_id)

struct OfPurchase {
  PurchaseId purchase_id;
};
FIELDS(OfPurchase, purchase_id)

struct OfPayment {
  PaymentId payment_id;
};
FIELDS(OfPayment, payment_id)

struct Captured {
  bool captured = false;
};
FIELDS(Captured, captured)

struct OfWaybill {
  std::string waybill;
};
FIELDS(OfWaybill, waybill)

struct InspectPurchase {
  PurchaseId purchase_id;
  Verdict verdict{};
};
FIELDS(InspectPurchase, purchase_id, verdict)

struct OfParcel {
  ParcelId parcel_id;
};
FIELDS(OfParcel, parcel_id)

}  // namespace sampan
