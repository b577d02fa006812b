// Taobao and Tmall behind the Marketplace port: bought through Taobao Global, each act as its calls of the IOP gateway.
//
// Shape   a call that reads fails with retry_later where nobody knows; one that changes something with outcome_unknown. No
//         state, no threads: as safe to share as `settings`, `send`, `sign` and `now` are
// Errors  as the port says them; below_moq too · an order in a status that is not known here is bad_reply
// Rule    repeat_is_safe: outer_purchase_id, our purchase's id, makes no second order · purchase_amount guards the price: what
//         the preview said just before, so price_changed is told before anything is bought · a token that is refused is
//         renewed once a call
// Limits  an order's lines name what was ordered (mp_id, mp_skuId), not Taobao's item_id; only place_purchase knows both ·
//         an unpaid order that is paid while it is called off becomes a refund · request_refund calls off the whole order; a
//         seller who has shipped may refuse, then somebody asks at Taobao · each product is read anew before a preview and
//         before a purchase, which it must be, and which costs one call a product
// Unsure  whether Taobao Global lists a new order at once: listing_lag is a guess · what upstream.md 11 says · the "Unsure" of
//         each file here
// Source  upstream.md 3, 8 and 9
// Test    tests/unit/marketplace/taobao_*_test.cpp, against replies in tests/fixtures/taobao
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/http.hpp"
#include "shared/marketplace/marketplace.hpp"
#include "shared/marketplace/taobao/order.hpp"
#include "shared/marketplace/taobao/purchase.hpp"

namespace sampan {

struct TaobaoSettings {
  std::string app_key;
  std::function<std::string()> access_token;  // asked at each call
  std::function<Result<void>()> renew_token;  // when the token is refused, once a call; empty: nobody renews it
  taobao::ShipTo ship_to;
  std::string language = "en";
  std::string channel_order_type = "PANAMA";
  Duration find_within = days(7);  // how far back find_purchase looks
};

class Taobao final : public Marketplace {
 public:
  // The signature of a call, HMAC-SHA256 in upper hex. The secret stays with whoever made this.
  using SignCall = std::function<std::string(std::string_view path, const std::vector<Parameter>& parameters)>;

  Taobao(TaobaoSettings settings, HttpSend send, SignCall sign, std::function<Instant()> now);

  MarketplaceName name() const override { return MarketplaceName::taobao; }

  Result<SearchPage> search(const ProductSearch& search) override;
  Result<ProductReading> read_product(const ProductId& product_id) override;
  Result<PurchasePreview> preview_purchase(const PurchaseRequest& request) override;
  Result<std::vector<UpstreamOrder>> place_purchase(const PurchaseRequest& request) override;
  Result<std::vector<UpstreamOrder>> find_purchase(const PurchaseId& purchase_id) override;
  bool repeat_is_safe() const override { return true; }
  Duration listing_lag() const override { return seconds(30); }
  Result<void> pay_order(const UpstreamOrderId& id) override;
  Result<UpstreamOrder> read_order(const UpstreamOrderId& id) override;
  Result<void> cancel_order(const UpstreamOrderId& id) override;
  Result<void> request_refund(const UpstreamOrderId& id) override;

 private:
  struct Previewed {
    PurchasePreview sums;
    std::vector<taobao::BasketLine> basket;
  };

  Result<HttpReply> sent(const taobao::IopCall& call);
  Result<Json> ask(const taobao::IopCall& call);
  template <class Parse>
  auto read(const taobao::IopCall& call, const Parse& parse);
  template <class Parse>
  auto change(const taobao::IopCall& call, const Parse& parse);
  Result<Previewed> preview(const PurchaseRequest& request);
  Result<std::vector<UpstreamOrder>> read_created(const PurchaseRequest& request,
                                                  const std::vector<UpstreamOrderId>& created);
  Result<taobao::BuyerOrder> read_buyer_order(const UpstreamOrderId& id);
  Result<void> call_off(const UpstreamOrderId& id);

  TaobaoSettings settings_;
  HttpSend send_;
  SignCall sign_;
  std::function<Instant()> now_;
};

}  // namespace sampan
