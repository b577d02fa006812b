// 1688 behind the Marketplace port: each act as its calls of the AOP gateway.
//
// Shape   a call that reads fails with retry_later where nobody knows; one that changes something with outcome_unknown. No
//         state, no threads: as safe to share as `send`, `sign` and `now` are
// Errors  as the port says them; below_moq too · an order in a status that is not known here is bad_reply
// Limits  no price guard: 1688 sells at the price of the moment, so the shop compares an order's sums before it pays ·
//         repeat_is_safe is false: outOrderId is kept with the order and can be asked for, but refuses no second one
// Source  upstream.md 4 and 9
// Test    tests/unit/marketplace/alibaba1688_*_test.cpp, against replies in tests/fixtures/alibaba1688
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/http.hpp"
#include "shared/marketplace/alibaba1688/order.hpp"
#include "shared/marketplace/alibaba1688/purchase.hpp"
#include "shared/marketplace/marketplace.hpp"

namespace sampan {

struct Alibaba1688Settings {
  std::string app_key;
  // Asked at each call: it lives ten hours. `refused` is one that the gateway has just refused, else empty.
  std::function<Result<std::string>(const std::string& refused)> access_token;
  alibaba1688::ShipTo ship_to;
  std::string language = "en";
  Duration find_within = days(7);  // how far back find_purchase looks; 1688 closes an unpaid order after five days
};

class Alibaba1688 final : public Marketplace {
 public:
  // The signature of a call in upper hex. The secret stays with whoever made this.
  using SignCall = std::function<std::string(std::string_view path, const std::vector<Parameter>& parameters)>;

  Alibaba1688(Alibaba1688Settings settings, HttpSend send, SignCall sign, std::function<Instant()> now);

  MarketplaceName name() const override { return MarketplaceName::alibaba1688; }

  Result<SearchPage> search(const ProductSearch& search) override;
  Result<ProductReading> read_product(const ProductId& product_id) override;
  Result<PurchasePreview> preview_purchase(const PurchaseRequest& request) override;
  Result<std::vector<UpstreamOrder>> place_purchase(const PurchaseRequest& request) override;
  Result<std::vector<UpstreamOrder>> find_purchase(const PurchaseId& purchase_id) override;
  bool repeat_is_safe() const override { return false; }
  Duration listing_lag() const override { return seconds(30); }
  Result<void> pay_order(const UpstreamOrderId& id) override;
  Result<UpstreamOrder> read_order(const UpstreamOrderId& id) override;
  Result<void> cancel_order(const UpstreamOrderId& id) override;
  Result<void> request_refund(const UpstreamOrderId& id) override;

 private:
  Result<Json> ask(const alibaba1688::Call& call);
  Result<HttpReply> send_with(const std::string& token, const alibaba1688::Call& call);
  template <class Parse>
  auto read(const alibaba1688::Call& call, const Parse& parse);
  template <class Parse>
  auto change(const alibaba1688::Call& call, const Parse& parse);
  Result<alibaba1688::Preview> preview(const PurchaseRequest& request);
  Result<alibaba1688::BuyerOrder> read_buyer_order(const UpstreamOrderId& id);
  Result<std::vector<alibaba1688::ListedOrder>> list_orders(const PurchaseId& purchase_id);

  Alibaba1688Settings settings_;
  HttpSend send_;
  SignCall sign_;
  std::function<Instant()> now_;
};

}  // namespace sampan
