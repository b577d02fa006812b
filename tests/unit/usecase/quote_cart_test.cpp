// A seller whose prices move while they are read gets no quote made of two prices.
#include "shared/usecase/quote_cart.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/story/teller.hpp"

namespace sampan {
namespace {

// The simulated one, but dearer by a fen in the preview than where the product is read.
class MovingMarketplace final : public Marketplace {
 public:
  explicit MovingMarketplace(Marketplace& inner) : inner_(inner) {}
  MarketplaceName name() const override { return inner_.name(); }
  Result<SearchPage> search(const ProductSearch& search) override { return inner_.search(search); }
  Result<ProductReading> read_product(const ProductId& id) override { return inner_.read_product(id); }
  Result<PurchasePreview> preview_purchase(const PurchaseRequest& request) override {
    auto preview = inner_.preview_purchase(request);
    if (preview) ++preview->goods.minor;
    return preview;
  }
  Result<std::vector<UpstreamOrder>> place_purchase(const PurchaseRequest&) override { return never(); }
  Result<std::vector<UpstreamOrder>> find_purchase(const PurchaseId&) override { return never(); }
  bool repeat_is_safe() const override { return inner_.repeat_is_safe(); }
  Duration listing_lag() const override { return inner_.listing_lag(); }
  Result<void> pay_order(const UpstreamOrderId&) override { return never(); }
  Result<UpstreamOrder> read_order(const UpstreamOrderId&) override { return never(); }
  Result<void> cancel_order(const UpstreamOrderId&) override { return never(); }
  Result<void> request_refund(const UpstreamOrderId&) override { return never(); }

 private:
  static tl::unexpected<Error> never() { return fail(ErrorCode::rejected, "A quote buys nothing."); }
  Marketplace& inner_;
};

}  // namespace

TEST_CASE("a preview that disagrees with the prices that were read is no quote", "[quote_cart]") {
  story::Teller teller;
  teller.finds_and_quotes();
  Ports moving = teller.world.shop();
  MovingMarketplace marketplace(*moving.marketplace(MarketplaceName::alibaba1688));
  moving.marketplace = [&](MarketplaceName) { return &marketplace; };
  const auto quote = quote_cart(moving, story::anna, {teller.quote.cart_id, "DE", "10969", currency("EUR")});
  REQUIRE(!quote);
  CHECK(quote.error().code == ErrorCode::price_changed);
}

TEST_CASE("two lines of one SKU are quoted only while their sum is in stock", "[quote_cart]") {
  story::Teller teller;
  teller.finds_and_quotes();
  LinePolicy another;
  another.may_take_fewer = true;
  REQUIRE(add_to_cart(teller.world.shop(), story::anna,
                      {teller.quote.cart_id, story::dress, teller.sku(story::dress), 2, another}));
  const auto quoted = [&](int64_t stock) {
    REQUIRE(
        teller.world.market().set_stock(teller.sku(story::dress), {StockKnowledge::number, stock}, teller.world.now()));
    return quote_cart(teller.world.shop(), story::anna, {teller.quote.cart_id, "DE", "10969", currency("EUR")});
  };
  CHECK(quoted(3).error().code == ErrorCode::sold_out);
  CHECK(quoted(4));
}

}  // namespace sampan
