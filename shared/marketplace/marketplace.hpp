// A marketplace as the shop needs it: read what is sold, buy one seller's part, follow it. One adapter a marketplace.
//
// Unit    money in CNY fen
// Errors  retry_later, quota, auth (nothing happened) · not_found, sold_out, price_changed, rejected, bad_request ·
//         bad_reply of a call that reads · outcome_unknown of a call that changes something
// Source  upstream.md 1 and 9; one contract suite runs on every adapter and on the simulator
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/catalog/product.hpp"
#include "shared/stock/stock_level.hpp"

namespace sampan {

struct ProductSummary {
  ProductKey key;
  std::string title;
  std::string title_translated;
  std::string picture;
  UnitPrice price_from;
  int64_t moq = 1;
  std::optional<int64_t> monthly_sales;
};
FIELDS(ProductSummary, key, title, title_translated, picture, price_from, moq, monthly_sales)

struct ProductSearch {
  std::string words;
  int64_t page = 1;  // from 1
};

struct SearchPage {
  std::vector<ProductSummary> products;
  int64_t total = 0;
};
FIELDS(SearchPage, products, total)

struct PurchaseItem {
  ProductId product_id;
  SkuId sku_id;
  std::string order_key;  // Sku::order_key
  int64_t quantity = 0;
};
FIELDS(PurchaseItem, product_id, sku_id, order_key, quantity)

// One seller's part, sent to our warehouse. `purchase_id` goes along as our own key (1688's outOrderId).
struct PurchaseRequest {
  PurchaseId purchase_id;
  SellerId seller_id;
  std::vector<PurchaseItem> items;
};

struct PurchasePreview {
  Money goods;
  Money freight;
};

enum class UpstreamState { awaiting_payment, paid, shipped, received, closed, refunding, refunded };
WORDS(UpstreamState, awaiting_payment, paid, shipped, received, closed, refunding, refunded)

// Seller to warehouse. A waybill may be missing: some sellers say "no logistics needed".
struct UpstreamShipment {
  std::string carrier;
  TrackingNumber tracking_number;
};
FIELDS(UpstreamShipment, carrier, tracking_number)

struct UpstreamOrder {
  UpstreamOrderId upstream_order_id;
  UpstreamState state{};
  Money goods;
  Money freight;
  std::vector<PurchaseItem> items;
  std::vector<UpstreamShipment> shipments;
};
FIELDS(UpstreamOrder, upstream_order_id, state, goods, freight, items, shipments)

class Marketplace {
 public:
  virtual ~Marketplace() = default;

  virtual MarketplaceName name() const = 0;

  virtual Result<SearchPage> search(const ProductSearch& search) = 0;
  virtual Result<ProductReading> read_product(const ProductId& product_id) = 0;

  // What it would cost now; nothing is bought.
  virtual Result<PurchasePreview> preview_purchase(const PurchaseRequest& request) = 0;

  // One request may make several orders. outcome_unknown: it may have been bought; call find_purchase before
  // anything else. Not every marketplace refuses a repeat: repeat_is_safe() says so.
  virtual Result<std::vector<UpstreamOrder>> place_purchase(const PurchaseRequest& request) = 0;

  // The orders that carry our key; empty: none is seen. An order that was just made may be missing for a while:
  // "none" is only to be trusted listing_lag() after the last attempt.
  virtual Result<std::vector<UpstreamOrder>> find_purchase(const PurchaseId& purchase_id) = 0;
  virtual bool repeat_is_safe() const = 0;
  virtual Duration listing_lag() const = 0;

  // From the prepaid balance. Done too when it was paid already.
  virtual Result<void> pay_order(const UpstreamOrderId& id) = 0;
  virtual Result<UpstreamOrder> read_order(const UpstreamOrderId& id) = 0;

  // Before payment only; done too when it was closed already.
  virtual Result<void> cancel_order(const UpstreamOrderId& id) = 0;

  // After payment: asks the seller for the money of the whole order; done too when it was asked already.
  // Granted is seen by read_order: refunded.
  virtual Result<void> request_refund(const UpstreamOrderId& id) = 0;
};

}  // namespace sampan
