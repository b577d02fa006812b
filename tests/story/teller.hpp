// What people do in a story, in their own words. Everything is done through the shop's acts.
#pragma once

#include "shared/usecase/change_cart.hpp"
#include "shared/usecase/quote_cart.hpp"
#include "tests/story/world.hpp"

namespace sampan::story {

inline const ShopperId anna{"sho_anna"};

// Two sellers on one marketplace.
inline const ProductKey dress{MarketplaceName::alibaba1688, ProductId{"721956040318"}};
inline const ProductKey shoes{MarketplaceName::alibaba1688, ProductId{"941829837627"}};

// What Anna puts into her cart.
struct Wish {
  ProductKey product;
  int64_t quantity = 1;
};

struct Teller {
  explicit Teller(Fault fault = {}) : world(fault) {}

  World world;
  Quote quote;
  OrderId order_id;
  std::vector<Wish> wishes{{dress, 2}, {shoes, 1}};

  void finds_and_quotes();
  void orders();
  void pays(PaymentPurpose purpose = PaymentPurpose::order);
  void agrees_to_the_new_price(const ProductKey& product);
  // The payment whose page is open.
  Payment opened(PaymentPurpose purpose);
  // The seller's goods come in as the market says; the warehouse looks at them.
  void warehouse_receives();
  void warehouse_packs();
  void is_followed_to_the_end();

  Purchase purchase_of(const ProductKey& product);
  SkuId sku(const ProductKey& product, size_t index = 0);
  Money charged();
  Money refunded();
  OrderState order_state();
};

}  // namespace sampan::story
