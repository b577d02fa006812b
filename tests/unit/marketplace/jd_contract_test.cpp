// The adapter of JD against the sandbox's wire, signatures, tokens and faults included.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/jd/jd.hpp"
#include "tests/contract/marketplace_contract.hpp"
#include "tests/unit/sandbox/jd_desk.hpp"

namespace sampan {
namespace {

const PurchaseItem white_flask{{jd_desk::white}, {jd_desk::white}, jd_desk::white, 2};
const PurchaseItem one_pillow{{jd_desk::pillow}, {jd_desk::pillow}, jd_desk::pillow, 1};

class JdWireWorld final : public MarketplaceWorld {
 public:
  Marketplace& marketplace() override { return adapter_; }
  void pass(Duration span) override { desk_.wait(span); }

  // It sells by the piece, and takes an order back by cancelling it until it is sent; after that, its after-sale service does.
  PlatformManners manners() const override {
    PlatformManners manners;
    manners.has_moq = false;
    manners.refunds_at_once = true;
    manners.takes_back_what_arrived = false;
    return manners;
  }

  PurchaseItem item() override { return white_flask; }
  SellerId seller() override { return {"1056"}; }
  PurchaseItem item_of_another_seller() override { return one_pillow; }
  PurchaseItem unknown_item() override { return {{"1"}, {"1"}, "1", 2}; }
  std::string word_of_its_title() override { return "Thermos"; }

  void sell_out(const PurchaseItem& item) override {
    act([&](Scene& scene) { return scene.markets.jd.set_stock(item.sku_id, {StockKnowledge::number, 0}, scene.now); });
  }
  void take_off_sale(const ProductId& id) override {
    act([&](Scene& scene) { return scene.markets.jd.take_off_sale(id, scene.now); });
  }
  void empty_the_balance() override {
    act([](Scene& scene) -> Result<void> {
      MarketState state = *from_json<MarketState>(scene.markets.jd.save());
      state.balance_fen = 1;
      scene.markets.jd = *SimulatedMarket::load(jd_desk::catalogue(), to_json(state));
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

  void plan(FaultSite site, const std::string& api) { desk_.plan(site, api); }
  void reprice(const std::string& sku, int64_t fen) {
    act([&](Scene& scene) { return scene.markets.jd.set_price(SkuId{sku}, price_of_fen(fen), scene.now); });
  }
  // As when another holder asked for a token.
  void end_the_token() {
    const std::string ours = desk_.token;
    desk_.new_token();
    desk_.token = ours;
  }
  int64_t renewals() const { return renewals_; }
  // Just before the next call of `api` arrives.
  void before(const std::string& api, std::function<void()> happen) {
    before_api_ = "/api/" + api;
    happen_ = std::move(happen);
  }

 private:
  template <class Act>
  void act(const Act& perform) {
    const auto outcome = desk_.world->act(perform);
    REQUIRE(outcome);
    REQUIRE(*outcome);
  }
  MarketBooks books() {
    return desk_.world->look([](const Scene& scene) { return scene.markets.jd.books(); });
  }

  Result<HttpReply> send(const HttpRequest& request) {
    desk_.monotonic_ms += 1000;  // no quota is in the way
    if (request.path == before_api_) std::exchange(happen_, [] {})();
    HttpReply reply = desk_.gateway->answer(request);
    if (reply.status == 0) return fail(ErrorCode::outcome_unknown, "It was closed without an answer.");
    return reply;
  }
  std::string signature(const std::vector<Parameter>& parameters) const {
    SignRequest request;
    request.secret = desk_.account.jos.app_secret;
    request.parameters = parameters;
    return sign(SignMethod::jd_md5, request).signature;
  }
  JdSettings settings() {
    desk_.new_token();
    JdSettings settings;
    settings.app_key = desk_.account.jos.app_key;
    settings.vop_token = [this] { return desk_.token; };
    settings.renew_token = [this]() -> Result<void> {
      ++renewals_;
      desk_.new_token();
      return done();
    };
    settings.terms.ship_to.name = "集运仓";
    settings.terms.ship_to.mobile = "13800000000";
    settings.terms.ship_to.email = "warehouse@example.com";
    settings.terms.ship_to.area = {19, 1607, 3639, 0};
    settings.terms.ship_to.address = "仓库路1号";
    settings.terms.invoice.company_name = "示例集运公司";
    return settings;
  }

  jd_desk::Desk desk_;
  int64_t renewals_ = 0;
  std::string before_api_;
  std::function<void()> happen_ = [] {};
  HttpSend send_ = [this](const HttpRequest& request) { return send(request); };
  Jd adapter_{settings(),
              {send_, send_},
              [this](const std::vector<Parameter>& parameters) { return signature(parameters); },
              [this] { return desk_.world->now(); }};
};

PurchaseRequest request_for(MarketplaceWorld& world) { return {{"pur_contract"}, world.seller(), {world.item()}}; }

UpstreamOrder placed(MarketplaceWorld& world) {
  const auto orders = world.marketplace().place_purchase(request_for(world));
  REQUIRE(orders);
  return orders->front();
}

template <class T>
std::string word_of(const Result<T>& result) {
  return result ? "done" : std::string(word(result.error().code));
}

}  // namespace

TEST_CASE("the adapter of JD keeps the promises of the Marketplace port on the wire", "[marketplace][contract]") {
  check_marketplace_contract([] { return std::make_unique<JdWireWorld>(); });
}

TEST_CASE("every SKU of JD is a product of its own, with the similar ones as its variants", "[marketplace][contract]") {
  JdWireWorld world;
  for (const std::string& asked : {jd_desk::white, jd_desk::black}) {
    const auto reading = world.marketplace().read_product({asked});
    REQUIRE(reading);
    CHECK(reading->product.key.product_id.value == asked);
    REQUIRE(reading->product.skus.size() == 2);
    CHECK(reading->product.skus.front().options == std::vector<OptionValue>{{"颜色", "白色"}, {"容量", "500ml"}});
    CHECK(reading->product.pictures.size() == 2);
    CHECK(reading->product.size == PackedSize{80, 80, 250});
    CHECK(stock_of(*reading, {jd_desk::black}).knowledge == StockKnowledge::plenty);
  }
  CHECK(world.marketplace().read_product({jd_desk::black})->product.weight_grams == 450);
}

TEST_CASE("what our contract with JD does not cover is shown by the union and cannot be bought",
          "[marketplace][contract]") {
  JdWireWorld world;
  const auto reading = world.marketplace().read_product({jd_desk::lamp});
  REQUIRE(reading);
  CHECK_FALSE(reading->product.is_buyable);
  CHECK(reading->product.title == "台灯");
  PurchaseRequest request = request_for(world);
  request.items = {{{jd_desk::lamp}, {jd_desk::lamp}, jd_desk::lamp, 1}};
  CHECK(word_of(world.marketplace().preview_purchase(request)) == "not_offered");
  CHECK(word_of(world.marketplace().place_purchase(request)) == "not_offered");
  CHECK(world.orders_made() == 0);
}

TEST_CASE("a price that changes between preview and order is told, and nothing is bought", "[marketplace][contract]") {
  JdWireWorld world;
  world.before("order/submitOrder", [&] { world.reprice(jd_desk::white, 6190); });
  CHECK(word_of(world.marketplace().place_purchase(request_for(world))) == "price_changed");
  CHECK(world.orders_made() == 0);
}

TEST_CASE("a token that another holder ended is renewed on the way, once", "[marketplace][contract]") {
  JdWireWorld world;
  world.end_the_token();
  const UpstreamOrder order = placed(world);
  CHECK(world.renewals() == 1);
  world.pass(days(2));
  CHECK(word_of(world.marketplace().read_order(order.upstream_order_id)) == "done");
  CHECK(world.renewals() == 2);
}

TEST_CASE("an order of JD whose answer was lost is found by our key, and a repeat makes no other",
          "[marketplace][contract]") {
  const FaultSite site = GENERATE(FaultSite::time_out_after, FaultSite::broken_json);
  CAPTURE(word(site));
  JdWireWorld world;
  world.plan(site, "order/submitOrder");
  CHECK(word_of(world.marketplace().place_purchase(request_for(world))) == "outcome_unknown");
  CHECK(world.marketplace().find_purchase({"pur_contract"})->size() == 1);
  CHECK(word_of(world.marketplace().place_purchase(request_for(world))) == "done");
  CHECK(world.orders_made() == 1);
}

TEST_CASE("an order of JD that was lost on its way is not found, and nothing was bought", "[marketplace][contract]") {
  const FaultSite site = GENERATE(FaultSite::time_out_before, FaultSite::error_500);
  CAPTURE(word(site));
  JdWireWorld world;
  world.plan(site, "order/submitOrder");
  CHECK(word_of(world.marketplace().place_purchase(request_for(world))) == "outcome_unknown");
  CHECK(world.marketplace().find_purchase({"pur_contract"})->empty());
  CHECK(world.orders_made() == 0);
}

TEST_CASE("a payment to JD whose answer was lost is paid once", "[marketplace][contract]") {
  const FaultSite site = GENERATE(FaultSite::time_out_after, FaultSite::broken_json);
  CAPTURE(word(site));
  JdWireWorld world;
  const UpstreamOrder order = placed(world);
  world.plan(site, "order/confirmOrder");
  CHECK(word_of(world.marketplace().pay_order(order.upstream_order_id)) == "done");
  CHECK(word_of(world.marketplace().pay_order(order.upstream_order_id)) == "done");
  CHECK(world.charged() == *add(order.goods, order.freight));
}

TEST_CASE("what JD has sent is not taken back by its API", "[marketplace][contract]") {
  JdWireWorld world;
  const UpstreamOrder order = placed(world);
  REQUIRE(world.marketplace().pay_order(order.upstream_order_id));
  world.pass(hours(10));
  REQUIRE(world.marketplace().read_order(order.upstream_order_id)->state == UpstreamState::shipped);
  CHECK(word_of(world.marketplace().request_refund(order.upstream_order_id)) == "rejected");
  CHECK(world.given_back().minor == 0);
}

TEST_CASE("JD's frequency limit is a quota, and nothing has happened", "[marketplace][contract]") {
  JdWireWorld world;
  world.plan(FaultSite::refuse, "order/submitOrder");
  CHECK(word_of(world.marketplace().place_purchase(request_for(world))) == "quota");
  world.plan(FaultSite::refuse, "jd.union.open.goods.query");
  CHECK(word_of(world.marketplace().search({"Thermos", 1})) == "quota");
  CHECK(world.orders_made() == 0);
}

}  // namespace sampan
