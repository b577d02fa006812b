// The adapter of Taobao against the sandbox's wire, signatures and faults included.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/taobao/taobao.hpp"
#include "shared/marketplace/taobao/top_reader.hpp"
#include "tests/contract/marketplace_contract.hpp"
#include "tests/unit/sandbox/iop_desk.hpp"

namespace sampan {
namespace {

PurchaseItem known_to_taobao(PurchaseItem item, const iop_desk::Line& line) {
  item.order_key = line.mp_id + ":" + line.mp_sku_id;
  return item;
}

class WireWorld final : public MarketplaceWorld {
 public:
  Marketplace& marketplace() override { return adapter_; }
  TaobaoReader& reader() { return reader_; }
  void pass(Duration span) override { desk_.wait(span); }

  PurchaseItem item() override { return known_to_taobao(small_market::white_cup, iop_desk::white_cup); }
  SellerId seller() override { return {"tea"}; }
  PurchaseItem item_of_another_seller() override {
    return known_to_taobao(small_market::tee_m, {"2048600000000002", "3381", 5});
  }
  std::string word_of_its_title() override { return "Porcelain"; }

  void sell_out(const PurchaseItem& item) override {
    act([&](Scene& scene) {
      return scene.markets.taobao.set_stock(item.sku_id, {StockKnowledge::number, 0}, scene.now);
    });
  }
  void take_off_sale(const ProductId& id) override {
    act([&](Scene& scene) { return scene.markets.taobao.take_off_sale(id, scene.now); });
  }
  void raise_price(const SkuId& id) {
    act([&](Scene& scene) { return scene.markets.taobao.set_price(id, price_of_fen(99'900), scene.now); });
  }
  void empty_the_balance() override {
    act([](Scene& scene) -> Result<void> {
      MarketState state = *from_json<MarketState>(scene.markets.taobao.save());
      state.balance_fen = 1;
      scene.markets.taobao = *SimulatedMarket::load(small_market::catalogue(), to_json(state));
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

  // The next call of `path` goes wrong so.
  void plan(FaultSite site, const std::string& path) {
    act([&](Scene& scene) -> Result<void> {
      scene.faults.faults.push_back({site, 1, path});
      return done();
    });
  }
  void before_each_call(std::function<void(const HttpRequest&)> act) { before_call_ = std::move(act); }

 private:
  template <class Act>
  void act(const Act& perform) {
    const auto outcome = desk_.world->act(perform);
    REQUIRE(outcome);
    REQUIRE(*outcome);
  }
  MarketBooks books() {
    return desk_.world->look([](const Scene& scene) { return scene.markets.taobao.books(); });
  }

  template <class Gateway>
  Result<HttpReply> send(Gateway& gateway, const HttpRequest& request) {
    desk_.monotonic_ms += 1000;  // no quota is in the way
    if (before_call_) before_call_(request);
    HttpReply reply = gateway.answer(request);
    if (reply.status == 0) return fail(ErrorCode::outcome_unknown, "It was closed without an answer.");
    return reply;
  }
  TaobaoSettings settings() const {
    TaobaoSettings settings;
    settings.app_key = desk_.iop_account.app_key;
    settings.access_token = [this] { return desk_.iop_account.access_token; };
    settings.ship_to.name = "集运仓";
    settings.ship_to.mobile_phone = "13800000000";
    settings.ship_to.state = "广东省";
    settings.ship_to.city = "广州市";
    settings.ship_to.address = "仓库路1号";
    return settings;
  }
  std::string top_signature(const std::vector<Parameter>& parameters) const {
    SignRequest request;
    request.secret = desk_.top_account.app_secret;
    request.parameters = parameters;
    return sign(SignMethod::top_hmac_sha256, request).signature;
  }

  iop_desk::Desk desk_;
  std::function<void(const HttpRequest&)> before_call_;
  Taobao adapter_{settings(), [this](const HttpRequest& request) { return send(*desk_.iop, request); },
                  [this](std::string_view path, const std::vector<Parameter>& parameters) {
                    return desk_.iop_signature(path, parameters);
                  },
                  [this] { return desk_.world->now(); }};
  TaobaoReader reader_{{desk_.top_account.app_key, desk_.top_account.adzone_id},
                       [this](const HttpRequest& request) { return send(*desk_.top, request); },
                       [this](const std::vector<Parameter>& parameters) { return top_signature(parameters); },
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

constexpr const char* create = "/purchase/order/create";
constexpr const char* pay = "/purchase/order/batch/pay";

}  // namespace

TEST_CASE("the adapter of Taobao keeps the promises of the Marketplace port on the wire", "[marketplace][contract]") {
  check_marketplace_contract([] { return std::make_unique<WireWorld>(); });
}

TEST_CASE("an order at Taobao whose answer was lost is found by our key, and a repeat makes no other",
          "[marketplace][contract]") {
  const FaultSite site = GENERATE(FaultSite::time_out_after, FaultSite::broken_json);
  CAPTURE(word(site));
  WireWorld world;
  world.plan(site, create);
  CHECK(word_of(world.marketplace().place_purchase(request_for(world))) == "outcome_unknown");
  const auto found = world.marketplace().find_purchase({"pur_contract"});
  REQUIRE(found);
  CHECK(found->size() == 1);
  const auto again = world.marketplace().place_purchase(request_for(world));
  REQUIRE(again);
  CHECK(again->front().upstream_order_id == found->front().upstream_order_id);
  CHECK(world.orders_made() == 1);
}

TEST_CASE("an order at Taobao that was lost on its way is not found, and nothing was bought",
          "[marketplace][contract]") {
  const FaultSite site = GENERATE(FaultSite::time_out_before, FaultSite::error_500);
  CAPTURE(word(site));
  WireWorld world;
  world.plan(site, create);
  CHECK(word_of(world.marketplace().place_purchase(request_for(world))) == "outcome_unknown");
  CHECK(world.marketplace().find_purchase({"pur_contract"})->empty());
  CHECK(world.orders_made() == 0);
}

TEST_CASE("a payment at Taobao whose answer was lost is seen as paid, and paid once", "[marketplace][contract]") {
  const FaultSite site = GENERATE(FaultSite::time_out_after, FaultSite::broken_json);
  CAPTURE(word(site));
  WireWorld world;
  const UpstreamOrder order = placed(world);
  world.plan(site, pay);
  CHECK(word_of(world.marketplace().pay_order(order.upstream_order_id)) == "done");
  CHECK(word_of(world.marketplace().pay_order(order.upstream_order_id)) == "done");
  CHECK(world.charged() == *add(order.goods, order.freight));
}

TEST_CASE("a payment at Taobao that was lost on its way is unknown, and may be asked again",
          "[marketplace][contract]") {
  WireWorld world;
  const UpstreamOrder order = placed(world);
  world.plan(FaultSite::time_out_before, pay);
  CHECK(word_of(world.marketplace().pay_order(order.upstream_order_id)) == "outcome_unknown");
  CHECK(world.charged().minor == 0);
  CHECK(word_of(world.marketplace().pay_order(order.upstream_order_id)) == "done");
}

TEST_CASE("a cancellation at Taobao whose answer was lost is seen as closed", "[marketplace][contract]") {
  WireWorld world;
  const UpstreamOrder order = placed(world);
  world.plan(FaultSite::time_out_after, "/purchase/order/asyn/cancel");
  CHECK(word_of(world.marketplace().cancel_order(order.upstream_order_id)) == "done");
}

TEST_CASE("Taobao Global's limit of calls is a quota, and nothing has happened", "[marketplace][contract]") {
  WireWorld world;
  world.plan(FaultSite::refuse, create);
  CHECK(word_of(world.marketplace().place_purchase(request_for(world))) == "quota");
  CHECK(world.orders_made() == 0);
}

TEST_CASE("a price that rises between the preview and the order buys nothing at Taobao", "[marketplace][contract]") {
  WireWorld world;
  world.before_each_call([&](const HttpRequest& request) {
    if (request.path == std::string("/rest") + create) world.raise_price(world.item().sku_id);
  });
  CHECK(word_of(world.marketplace().place_purchase(request_for(world))) == "price_changed");
  CHECK(world.orders_made() == 0);
}

TEST_CASE("a key of another order at Taobao buys nothing", "[marketplace][contract]") {
  WireWorld world;
  (void)placed(world);
  PurchaseRequest other = request_for(world);
  other.items.front().quantity += 1;
  CHECK(word_of(world.marketplace().place_purchase(other)) == "rejected");
  CHECK(world.orders_made() == 1);
}

TEST_CASE("an item without SKUs is bought at Taobao by its own number", "[marketplace][contract]") {
  WireWorld world;
  PurchaseRequest request{{"pur_whole"}, {"tea"}, {small_market::hourglass}};
  const auto reading = world.marketplace().read_product(small_market::hourglass.product_id);
  REQUIRE(reading);
  request.items.front().order_key = reading->product.skus.front().order_key;
  CHECK(request.items.front().order_key == iop_desk::hourglass.mp_id);
  const auto orders = world.marketplace().place_purchase(request);
  REQUIRE(orders);
  REQUIRE(orders->front().items.size() == 1);
  CHECK(orders->front().items.front().sku_id == small_market::hourglass.sku_id);
  CHECK(orders->front().items.front().order_key == iop_desk::hourglass.mp_id);
  CHECK(orders->front().goods == Money{11'520, cny()});
}

TEST_CASE("a part of a lot is refused at Taobao as below its least amount", "[marketplace][contract]") {
  WireWorld world;
  PurchaseRequest request{{"pur_lot"}, {"tea"}, {small_market::so_many(small_market::hourglass, 13)}};
  request.items.front().order_key = iop_desk::hourglass.mp_id;
  CHECK(word_of(world.marketplace().preview_purchase(request)) == "below_moq");
}

TEST_CASE("TOP's reader finds and reads what the sandbox sells, and none of it can be ordered",
          "[marketplace][contract]") {
  WireWorld world;
  const auto page = world.reader().search({"Porcelain", 1});
  REQUIRE(page);
  REQUIRE(page->products.size() == 1);
  CHECK(page->total == 1);
  CHECK(page->products.front().price_from == price_of_fen(990));
  CHECK(world.reader().search({"qqxzqqxz", 1})->products.empty());
  const auto reading = world.reader().read_product(small_market::white_cup.product_id);
  REQUIRE(reading);
  CHECK(reading->product.title == "景德镇陶瓷茶杯家用");
  CHECK(reading->product.seller_id == world.seller());
  CHECK(reading->product.skus.front().unit_price == price_of_fen(990));
  CHECK_FALSE(reading->product.is_buyable);
  CHECK(word_of(world.reader().read_product({"1"})) == "not_found");
  world.take_off_sale(small_market::white_cup.product_id);
  CHECK(word_of(world.reader().read_product(small_market::white_cup.product_id)) == "not_found");
  world.plan(FaultSite::refuse, "taobao.tbk.item.info.get");
  CHECK(word_of(world.reader().read_product(small_market::white_cup.product_id)) == "quota");
}

}  // namespace sampan
