#include "tests/story/teller.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "shared/database/order_rows.hpp"
#include "shared/database/parcel_rows.hpp"
#include "shared/database/payment_rows.hpp"
#include "shared/database/refund_rows.hpp"
#include "shared/usecase/answer_price.hpp"
#include "shared/usecase/capture_payment.hpp"
#include "shared/usecase/pack_parcel.hpp"
#include "shared/usecase/place_order.hpp"
#include "shared/usecase/receive_shipment.hpp"
#include "shared/usecase/refresh_rates.hpp"
#include "shared/usecase/search_products.hpp"

namespace sampan::story {
namespace {

const Recipient home{
    "Anna Schmidt", "anna@example.com", "+4930123456", "Lindenstr. 5", "", "Berlin", "", "10969", "DE"};

}  // namespace

SkuId Teller::sku(const ProductKey& product, size_t index) {
  return world.market(product.marketplace).read_offer(product.product_id, world.now())->product.skus[index].sku_id;
}

void Teller::finds_and_quotes() {
  world.act("the shop fetches the rates", [&] { return refresh_rates(world.shop()); });
  world.act("Anna searches", [&]() -> Result<void> {
    TRY(const SearchPage page, search_products(world.shop(), MarketplaceName::alibaba1688, {"汉服", 1}));
    const bool found =
        std::any_of(page.products.begin(), page.products.end(), [](const ProductSummary& p) { return p.key == dress; });
    CHECK(found);
    return done();
  });
  Cart cart;
  world.act("Anna fills a cart", [&]() -> Result<void> {
    cart = {};  // who has to begin again begins with an empty cart
    for (const Wish& wish : wishes) {
      TRY(cart, add_to_cart(world.shop(), anna, {cart.cart_id, wish.product, sku(wish.product), wish.quantity, {}}));
    }
    return done();
  });
  world.act("Anna asks what it costs at her door", [&]() -> Result<void> {
    TRY(quote, quote_cart(world.shop(), anna, {cart.cart_id, home.country, home.postcode, currency("EUR")}));
    return done();
  });
}

void Teller::orders() {
  world.act("Anna orders", [&]() -> Result<void> {
    TRY(order_id, place_order(world.shop(), anna, {quote.quote_id, home}));
    return done();
  });
  CHECK(world.journey_of(order_id).stage == JourneyStage::waiting_for_payment);
}

void Teller::agrees_to_the_new_price(const ProductKey& product) {
  world.act("Anna agrees to the new price", [&]() -> Result<void> {
    TRY_DO(approve_price(world.shop(), anna, purchase_of(product).purchase_id));
    return done();
  });
}

Payment Teller::opened(PaymentPurpose purpose) {
  Payment payment;
  world.until("the provider's page is open", [&] {
    const auto payments =
        world.stored<std::vector<Payment>>([&](Transaction& tx) { return list_payments(tx, order_id); });
    for (const Payment& each : payments)
      if (each.purpose == purpose && each.state == PaymentState::pending) payment = each;
    return !payment.provider_id.is_empty();
  });
  return payment;
}

void Teller::pays(PaymentPurpose purpose) {
  const Payment payment = opened(purpose);
  REQUIRE(world.provider().pay(payment.provider_id, world.now()));
  world.act("Anna comes back from the provider", [&]() -> Result<void> {
    TRY(const bool captured, capture_payment(world.shop(), payment.payment_id));
    CHECK(captured);
    return done();
  });
}

Purchase Teller::purchase_of(const ProductKey& product) {
  for (const Purchase& purchase : world.purchases(order_id))
    for (const PurchaseLine& line : purchase.lines)
      if (line.product == product) return purchase;
  FAIL("no purchase of " << product.product_id.value);
  return {};
}

void Teller::warehouse_receives() {
  const auto arrived = [&](const Purchase& purchase) {
    return std::all_of(purchase.bought.begin(), purchase.bought.end(), [&](const BoughtOrder& bought) {
      return world.market(purchase.seller.marketplace).read_order(bought.upstream_order_id, world.now())->state ==
             UpstreamState::received;
    });
  };
  world.until("all that was bought has arrived", [&] {
    const auto purchases = world.purchases(order_id);
    return std::all_of(purchases.begin(), purchases.end(), [&](const Purchase& p) {
      return is_final(purchase_transitions, p.state) || (p.state == PurchaseState::shipped && arrived(p));
    });
  });
  for (const Purchase& purchase : world.purchases(order_id)) {
    if (purchase.state != PurchaseState::shipped) continue;
    REQUIRE(!purchase.waybills.empty());
    for (const std::string& waybill : purchase.waybills)
      world.act("the warehouse scans a box", [&]() -> Result<void> {
        TRY(const PurchaseId received, receive_shipment(world.shop(), waybill));
        CHECK(received == purchase.purchase_id);
        return done();
      });
  }
}

void Teller::warehouse_packs() {
  for (const Purchase& received : world.purchases(order_id)) {
    if (received.state != PurchaseState::received) continue;
    world.act("the warehouse looks at the goods", [&]() -> Result<void> {
      // After a fault they look whether it was done already.
      const auto purchases = world.purchases(order_id);
      const bool seen = std::any_of(purchases.begin(), purchases.end(), [&](const Purchase& p) {
        return p.purchase_id == received.purchase_id && p.state == PurchaseState::accepted;
      });
      return seen ? done() : inspect_purchase(world.shop(), received.purchase_id, Verdict::accept);
    });
  }
  world.act("the warehouse packs", [&]() -> Result<void> {
    TRY_DO(pack_parcel(world.shop(), {order_id, 1830}));
    return done();
  });
}

void Teller::is_followed_to_the_end() {
  world.until("the order is closed", [&] { return order_state() == OrderState::closed; });
  world.until_idle();
}

Money Teller::charged() {
  Money sum{0, currency("EUR")};
  for (const Payment& payment :
       world.stored<std::vector<Payment>>([&](Transaction& tx) { return list_payments(tx, order_id); }))
    if (payment.state == PaymentState::captured) sum = *add(sum, payment.amount);
  return sum;
}

Money Teller::refunded() {
  Money sum{0, currency("EUR")};
  for (const Refund& refund :
       world.stored<std::vector<Refund>>([&](Transaction& tx) { return list_refunds(tx, order_id); }))
    if (refund.state == RefundState::succeeded) sum = *add(sum, refund.amount);
  return sum;
}

OrderState Teller::order_state() {
  return world.stored<Order>([&](Transaction& tx) { return load_order(tx, the_shop(), order_id); }).state;
}

}  // namespace sampan::story
