// The adapter of 1688 against the sandbox's wire, signatures and faults included.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "proxy/marketplace/sign.hpp"
#include "shared/marketplace/alibaba1688/alibaba1688.hpp"
#include "tests/contract/marketplace_contract.hpp"
#include "tests/unit/sandbox/aop_desk.hpp"

namespace sampan {
namespace {

class WireWorld final : public MarketplaceWorld {
 public:
  Marketplace& marketplace() override { return adapter_; }
  void pass(Duration span) override { desk_.wait(span); }

  PurchaseItem item() override { return small_market::white_cup; }
  SellerId seller() override { return {"tea"}; }
  PurchaseItem item_of_another_seller() override { return small_market::tee_m; }
  std::string word_of_its_title() override { return "Porcelain"; }

  void sell_out(const PurchaseItem& item) override {
    act([&](Scene& scene) { return scene.alibaba1688.set_stock(item.sku_id, {StockKnowledge::number, 0}, scene.now); });
  }
  void take_off_sale(const ProductId& id) override {
    act([&](Scene& scene) { return scene.alibaba1688.take_off_sale(id, scene.now); });
  }
  void empty_the_balance() override {
    act([](Scene& scene) -> Result<void> {
      MarketState state = *from_json<MarketState>(scene.alibaba1688.save());
      state.balance_fen = 1;
      scene.alibaba1688 = *SimulatedMarket::load(small_market::catalogue(), to_json(state));
      return done();
    });
  }

  int64_t orders_made() override {
    int64_t count = 0;
    for (const auto& [key, orders] : books().orders) count += static_cast<int64_t>(orders.size());
    return count;
  }
  Money charged() override { return books().paid; }
  Money given_back() override { return books().refunded; }

  // The next call of `api` goes wrong so; of any call when it is empty.
  void plan(FaultSite site, const std::string& api) {
    act([&](Scene& scene) -> Result<void> {
      scene.faults.faults.push_back({site, 1, api.empty() ? std::nullopt : std::optional(api)});
      return done();
    });
  }

 private:
  template <class Act>
  void act(const Act& perform) {
    const auto outcome = desk_.world->act(perform);
    REQUIRE(outcome);
    REQUIRE(*outcome);
  }
  MarketBooks books() {
    return desk_.world->look([](const Scene& scene) { return scene.alibaba1688.books(); });
  }

  Result<HttpReply> send(const HttpRequest& request) {
    desk_.monotonic_ms += 1000;  // no quota is in the way
    HttpReply reply = desk_.gateway->answer(request);
    if (reply.status == 0) return fail(ErrorCode::outcome_unknown, "It was closed without an answer.");
    return reply;
  }
  std::string signature(std::string_view path, const std::vector<Parameter>& parameters) const {
    SignRequest request;
    request.secret = desk_.account.app_secret;
    request.path = std::string(path);
    request.parameters = parameters;
    return sign(SignMethod::aop_sha1, request).signature;
  }
  Alibaba1688Settings settings() const {
    Alibaba1688Settings settings;
    settings.app_key = desk_.account.app_key;
    settings.access_token = [this](const std::string&) { return desk_.account.access_token; };
    settings.ship_to.full_name = "集运仓";
    settings.ship_to.mobile = "13800000000";
    settings.ship_to.province = "广东省";
    settings.ship_to.city = "广州市";
    settings.ship_to.address = "仓库路1号";
    return settings;
  }

  aop_desk::Desk desk_;
  Alibaba1688 adapter_{
      settings(), [this](const HttpRequest& request) { return send(request); },
      [this](std::string_view path, const std::vector<Parameter>& parameters) { return signature(path, parameters); },
      [this] { return desk_.world->now(); }};
};

PurchaseRequest request_for(MarketplaceWorld& world) { return {{"pur_contract"}, world.seller(), {world.item()}}; }

UpstreamOrder placed(MarketplaceWorld& world) {
  const auto orders = world.marketplace().place_purchase(request_for(world));
  REQUIRE(orders);
  return orders->front();
}

std::string word_of(const Result<void>& result) { return result ? "done" : std::string(word(result.error().code)); }

}  // namespace

TEST_CASE("the adapter of 1688 keeps the promises of the Marketplace port on the wire", "[marketplace][contract]") {
  check_marketplace_contract([] { return std::make_unique<WireWorld>(); });
}

TEST_CASE("an order whose answer was lost is found by our key, once", "[marketplace][contract]") {
  const FaultSite site = GENERATE(FaultSite::time_out_after, FaultSite::broken_json);
  CAPTURE(word(site));
  WireWorld world;
  world.plan(site, "alibaba.trade.createCrossOrder");
  const auto placed = world.marketplace().place_purchase(request_for(world));
  REQUIRE_FALSE(placed);
  CHECK(word(placed.error().code) == word(ErrorCode::outcome_unknown));
  world.pass(world.marketplace().listing_lag());
  const auto found = world.marketplace().find_purchase({"pur_contract"});
  REQUIRE(found);
  CHECK(found->size() == 1);
  CHECK(world.orders_made() == 1);
}

TEST_CASE("an order that was lost on its way is not found, and nothing was bought", "[marketplace][contract]") {
  const FaultSite site = GENERATE(FaultSite::time_out_before, FaultSite::error_500);
  CAPTURE(word(site));
  WireWorld world;
  world.plan(site, "alibaba.trade.createCrossOrder");
  const auto placed = world.marketplace().place_purchase(request_for(world));
  REQUIRE_FALSE(placed);
  CHECK(word(placed.error().code) == word(ErrorCode::outcome_unknown));
  world.pass(world.marketplace().listing_lag());
  CHECK(world.marketplace().find_purchase({"pur_contract"})->empty());
  CHECK(world.orders_made() == 0);
}

TEST_CASE("a payment whose answer was lost is seen as paid, and paid once", "[marketplace][contract]") {
  const FaultSite site = GENERATE(FaultSite::time_out_after, FaultSite::broken_json);
  CAPTURE(word(site));
  WireWorld world;
  const UpstreamOrder order = placed(world);
  world.plan(site, "alibaba.trade.pay.protocolPay.preparePay");
  CHECK(word_of(world.marketplace().pay_order(order.upstream_order_id)) == "done");
  CHECK(word_of(world.marketplace().pay_order(order.upstream_order_id)) == "done");
  CHECK(world.charged() == *add(order.goods, order.freight));
}

TEST_CASE("a payment that was lost on its way is unknown, and may be asked again", "[marketplace][contract]") {
  WireWorld world;
  const UpstreamOrder order = placed(world);
  world.plan(FaultSite::time_out_before, "alibaba.trade.pay.protocolPay.preparePay");
  CHECK(word_of(world.marketplace().pay_order(order.upstream_order_id)) == "outcome_unknown");
  CHECK(world.charged().minor == 0);
  CHECK(word_of(world.marketplace().pay_order(order.upstream_order_id)) == "done");
  CHECK(world.charged() == *add(order.goods, order.freight));
}

TEST_CASE("a cancellation whose answer was lost is seen as closed", "[marketplace][contract]") {
  WireWorld world;
  const UpstreamOrder order = placed(world);
  world.pass(minutes(1));
  world.plan(FaultSite::time_out_after, "alibaba.trade.cancel");
  CHECK(word_of(world.marketplace().cancel_order(order.upstream_order_id)) == "done");
}

TEST_CASE("the frequency limit is a quota, and nothing has happened", "[marketplace][contract]") {
  WireWorld world;
  world.plan(FaultSite::refuse, "alibaba.trade.createCrossOrder");
  const auto placed = world.marketplace().place_purchase(request_for(world));
  REQUIRE_FALSE(placed);
  CHECK(word(placed.error().code) == word(ErrorCode::quota));
  CHECK(world.orders_made() == 0);
}

}  // namespace sampan
