// A simulated marketplace behind the shop's port: its values said in the shop's words.
//
// Errors  as the port says them; below_moq and not_a_lot too
// Source  upstream.md 8 (reading a product) and 9 (states); like 1688 it gives no customs code
#pragma once

#include <functional>

#include "shared/marketplace/marketplace.hpp"
#include "shared/marketplace/simulator/market.hpp"

namespace sampan {

class SimulatedMarketplace final : public Marketplace {
 public:
  // `market` outlives this.
  SimulatedMarketplace(MarketplaceName name, SimulatedMarket& market, std::function<Instant()> now)
      : name_(name), market_(market), now_(std::move(now)) {}

  MarketplaceName name() const override { return name_; }

  Result<SearchPage> search(const ProductSearch& search) override;
  Result<ProductReading> read_product(const ProductId& product_id) override;
  Result<PurchasePreview> preview_purchase(const PurchaseRequest& request) override;
  Result<std::vector<UpstreamOrder>> place_purchase(const PurchaseRequest& request) override;
  Result<std::vector<UpstreamOrder>> find_purchase(const PurchaseId& purchase_id) override;
  bool repeat_is_safe() const override { return !market_.rules().repeat_makes_another; }
  Duration listing_lag() const override { return seconds(market_.rules().listing_lag_seconds); }
  Result<void> pay_order(const UpstreamOrderId& id) override { return market_.pay(id, now_()); }
  Result<UpstreamOrder> read_order(const UpstreamOrderId& id) override;
  Result<void> cancel_order(const UpstreamOrderId& id) override { return market_.cancel(id, now_()); }
  Result<void> request_refund(const UpstreamOrderId& id) override { return market_.request_refund(id, now_()); }

  static constexpr int64_t page_size = 24;

 private:
  MarketplaceName name_;
  SimulatedMarket& market_;
  std::function<Instant()> now_;
};

}  // namespace sampan
