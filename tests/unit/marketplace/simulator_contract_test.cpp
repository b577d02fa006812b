#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/marketplace/simulator/simulated_marketplace.hpp"
#include "tests/contract/marketplace_contract.hpp"
#include "tests/unit/marketplace/small_market.hpp"

namespace sampan {
namespace {

class SimulatedWorld final : public MarketplaceWorld {
 public:
  explicit SimulatedWorld(MarketplaceName name) : name_(name) {}

  Marketplace& marketplace() override { return marketplace_; }
  void pass(Duration span) override { now_ = now_ + span; }

  PurchaseItem item() override { return small_market::white_cup; }
  SellerId seller() override { return {"tea"}; }
  PurchaseItem item_of_another_seller() override { return small_market::tee_m; }
  std::string word_of_its_title() override { return "Porcelain"; }

  void sell_out(const PurchaseItem& item) override {
    REQUIRE(market_.set_stock(item.sku_id, {StockKnowledge::number, 0}, now_));
  }
  void take_off_sale(const ProductId& product_id) override { REQUIRE(market_.take_off_sale(product_id, now_)); }
  void empty_the_balance() override {
    MarketState state = *from_json<MarketState>(market_.save());
    state.balance_fen = 1;
    market_ = *SimulatedMarket::load(small_market::catalogue(), to_json(state));
  }

  int64_t orders_made() override {
    int64_t count = 0;
    for (const auto& [key, orders] : market_.books().orders) count += static_cast<int64_t>(orders.size());
    return count;
  }
  Money charged() override { return market_.books().paid; }
  Money given_back() override { return market_.books().refunded; }

 private:
  static MarketRules quiet_rules_of(MarketplaceName name) {
    MarketRules rules = rules_of(name);
    rules.others_trade = false;
    rules.opening_balance_fen = small_market::quiet_rules().opening_balance_fen;
    return rules;
  }

  MarketplaceName name_;
  Instant now_ = small_market::opening;
  SimulatedMarket market_ = small_market::market(quiet_rules_of(name_));
  SimulatedMarketplace marketplace_{name_, market_, [this] { return now_; }};
};

TEST_CASE("the simulated marketplaces keep the promises of the Marketplace port", "[marketplace][contract]") {
  const MarketplaceName name = GENERATE(MarketplaceName::taobao, MarketplaceName::alibaba1688, MarketplaceName::jd);
  CAPTURE(word(name));
  check_marketplace_contract([name] { return std::make_unique<SimulatedWorld>(name); });
}

}  // namespace
}  // namespace sampan
