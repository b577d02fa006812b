// JD behind the Marketplace port: found by its union, bought by VOP, the enterprise contract.
//
// Shape   two gateways: JOS (routerjson, signed) finds, VOP (a token) reads, buys and follows. A call that reads fails with
//         retry_later where nobody knows; one that changes something with outcome_unknown. No state, no threads: as safe to
//         share as `settings`, the senders and `sign` are
// Errors  as the port says them · not_offered: a product outside our contract's pool, which read_product shows with is_buyable
//         false, cannot be bought · an order in a state that is not known here is bad_reply
// Limits  one purchase is one order upstream, JD's parent order, however often JD splits it (order.hpp) · request_refund takes
//         the order back while JD has not begun to work on it; after that JD wants its after-sale service, which no document of
//         ours describes: rejected, so that a person asks for it at JD · JD knows no sellers when it sells: who mixes
//         them is not refused · a variant is bought by its own number, whatever product it was found under
// Rule    repeat_is_safe: thirdOrder, our purchase's id, is refused a second time with the order that is there (0008)
// Unsure  whether JD lists a new order at once: listing_lag is a guess · the region's ids and the invoice are the operator's
// Source  upstream.md 5, 8 and 9
// Test    tests/unit/marketplace/jd_*_test.cpp, against replies in tests/fixtures/jd
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/marketplace/jd/product.hpp"
#include "shared/marketplace/jd/purchase.hpp"

namespace sampan {

struct JdSettings {
  std::string app_key;  // of the union
  std::function<Result<std::string>()>
      vop_token;                              // asked at each call; its error is the call's, which was not sent then
  std::function<Result<void>()> renew_token;  // when VOP refuses the token, once a call; empty: nobody renews it
  std::string vop_prefix = "/api/";
  jd::BuyerTerms terms;
};

struct JdGateways {
  HttpSend jos;
  HttpSend vop;
};

class Jd final : public Marketplace {
 public:
  // The signature of a JOS call in upper hex. The secret stays with whoever made this.
  using SignCall = std::function<std::string(const std::vector<Parameter>& parameters)>;

  Jd(JdSettings settings, JdGateways gateways, SignCall sign, std::function<Instant()> now);

  MarketplaceName name() const override { return MarketplaceName::jd; }

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
    std::vector<jd::PricedLine> lines;
  };

  Result<Json> ask(const jd::JosCall& call);
  Result<Json> ask(const jd::VopCall& call);
  template <class Call, class Parse>
  auto read(const Call& call, const Parse& parse);
  template <class Parse>
  auto change(const jd::VopCall& call, const Parse& parse);
  template <class MakeCall, class Parse>
  auto read_of_pool(std::vector<SkuId>& skus, const MakeCall& make_call, const Parse& parse);
  Result<ProductReading> read_in_pool(const SkuId& sku_id);
  Result<ProductReading> read_outside_pool(const ProductId& product_id);
  Result<Previewed> preview(const PurchaseRequest& request);
  Result<jd::SplitOrder> read_split_order(const UpstreamOrderId& id);

  JdSettings settings_;
  JdGateways gateways_;
  SignCall sign_;
  std::function<Instant()> now_;
};

}  // namespace sampan
