// What every adapter of the Marketplace port promises, as one suite. A new adapter's test makes a world and runs it:
//
//   TEST_CASE("the adapter of … keeps the promises of the Marketplace port") {
//     check_marketplace_contract([] { return std::make_unique<MyWorld>(); });
//   }
//
// Each promise runs in a fresh world.
#pragma once

#include <functional>
#include <memory>

#include "shared/marketplace/marketplace.hpp"

namespace sampan {

// Where the documented protocol of a platform differs. What is not said here, every adapter promises.
struct PlatformManners {
  // Some goods are sold from two pieces on.
  bool has_moq = true;
  // An order that was not sent is taken back at once: refunded, never refunding.
  bool refunds_at_once = false;
  // Goods that arrived are taken back by the API too. If not, the adapter refuses: a person asks at the platform.
  bool takes_back_what_arrived = true;
};

// The world behind the adapter: what the suite has to know and to do there, since the port does not let it.
class MarketplaceWorld {
 public:
  virtual ~MarketplaceWorld() = default;
  virtual Marketplace& marketplace() = 0;
  virtual void pass(Duration span) = 0;
  virtual PlatformManners manners() const { return {}; }

  // On sale, by number, in stock for twice the quantity given; the quantity is above one piece, and the MOQ where there is one,
  // a whole lot.
  virtual PurchaseItem item() = 0;
  virtual SellerId seller() = 0;
  // Buyable too, but from another seller.
  virtual PurchaseItem item_of_another_seller() = 0;
  // What the platform never sold, by whatever an order names its goods by there.
  virtual PurchaseItem unknown_item() {
    PurchaseItem unknown = item();
    unknown.product_id = {"1"};
    return unknown;
  }
  // A word of the title of item(), which no other title has.
  virtual std::string word_of_its_title() = 0;

  virtual void sell_out(const PurchaseItem& item) = 0;
  virtual void take_off_sale(const ProductId& product_id) = 0;
  // Leaves less in the prepaid balance than anything costs.
  virtual void empty_the_balance() = 0;

  // What the marketplace's own books say.
  virtual int64_t orders_made() = 0;
  virtual Money charged() = 0;  // from the prepaid balance
  virtual Money given_back() = 0;
};

using MakeMarketplaceWorld = std::function<std::unique_ptr<MarketplaceWorld>()>;

void check_marketplace_contract(const MakeMarketplaceWorld& make);

}  // namespace sampan
