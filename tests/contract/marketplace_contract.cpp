#include "tests/contract/marketplace_contract.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <string_view>

namespace sampan {
namespace {

// Long enough for any seller to send, any courier to arrive, any refund to be granted.
constexpr Duration a_month = days(30);
constexpr Duration a_minute = minutes(1);

const PurchaseId our_key{"pur_contract"};

PurchaseRequest request_for(MarketplaceWorld& world, const PurchaseItem& item) {
  return {our_key, world.seller(), {item}};
}

UpstreamOrder placed(MarketplaceWorld& world) {
  const auto orders = world.marketplace().place_purchase(request_for(world, world.item()));
  REQUIRE(orders);
  REQUIRE(orders->size() == 1);
  return orders->front();
}

UpstreamOrder paid(MarketplaceWorld& world) {
  const UpstreamOrder order = placed(world);
  REQUIRE(world.marketplace().pay_order(order.upstream_order_id));
  return order;
}

UpstreamState state_of(MarketplaceWorld& world, const UpstreamOrder& order) {
  const auto read = world.marketplace().read_order(order.upstream_order_id);
  REQUIRE(read);
  return read->state;
}

template <class T>
void check_refused(const Result<T>& result, ErrorCode code) {
  REQUIRE_FALSE(result);
  CAPTURE(result.error().sentence, result.error().context);
  CHECK(word(result.error().code) == word(code));
}

// Reading

void a_product_has_what_a_purchase_needs(MarketplaceWorld& world) {
  const PurchaseItem item = world.item();
  const auto reading = world.marketplace().read_product(item.product_id);
  REQUIRE(reading);
  const Product& product = reading->product;
  CHECK(product.key.marketplace == world.marketplace().name());
  CHECK(product.key.product_id == item.product_id);
  CHECK(product.seller_id == world.seller());
  CHECK(product.is_on_sale);
  CHECK_FALSE(product.title.empty());
  CHECK(check_quantity(product, item.quantity));
  const auto sku = sku_of(product, item.sku_id);
  REQUIRE(sku);
  CHECK(sku->order_key == item.order_key);
  CHECK(unit_price_at(product, *sku, item.quantity)->ten_thousandths > 0);
  CHECK(reading->stock.size() == product.skus.size());
  CHECK(stock_of(*reading, item.sku_id).knowledge == StockKnowledge::number);
  CHECK(stock_of(*reading, item.sku_id).quantity >= 2 * item.quantity);
}

void an_unknown_product_is_not_found(MarketplaceWorld& world) {
  check_refused(world.marketplace().read_product({"1"}), ErrorCode::not_found);
}

void a_product_off_sale_is_not_offered(MarketplaceWorld& world) {
  world.take_off_sale(world.item().product_id);
  const auto reading = world.marketplace().read_product(world.item().product_id);
  if (reading)
    CHECK_FALSE(reading->product.is_on_sale);
  else
    check_refused(reading, ErrorCode::not_found);
  check_refused(world.marketplace().preview_purchase(request_for(world, world.item())), ErrorCode::not_found);
}

void a_word_of_the_title_finds_it(MarketplaceWorld& world) {
  const auto page = world.marketplace().search({world.word_of_its_title(), 1});
  REQUIRE(page);
  REQUIRE(page->products.size() == 1);
  CHECK(page->total == 1);
  CHECK(page->products.front().key.product_id == world.item().product_id);
  CHECK(page->products.front().price_from.ten_thousandths > 0);
  CHECK(world.marketplace().search({world.word_of_its_title(), 2})->products.empty());
}

void words_that_no_title_has_find_nothing(MarketplaceWorld& world) {
  const auto page = world.marketplace().search({"qqxzqqxz", 1});
  REQUIRE(page);
  CHECK(page->products.empty());
  CHECK(page->total == 0);
}

// Buying

void a_preview_tells_the_price_and_buys_nothing(MarketplaceWorld& world) {
  const PurchaseItem item = world.item();
  const auto preview = world.marketplace().preview_purchase(request_for(world, item));
  REQUIRE(preview);
  const auto reading = world.marketplace().read_product(item.product_id);
  const auto unit_price = unit_price_at(reading->product, *sku_of(reading->product, item.sku_id), item.quantity);
  CHECK(preview->goods == *line_total(*unit_price, item.quantity));
  CHECK(preview->freight.currency == cny());
  CHECK(preview->freight.minor >= 0);
  CHECK(world.orders_made() == 0);
}

void an_order_costs_what_the_preview_said(MarketplaceWorld& world) {
  const auto preview = world.marketplace().preview_purchase(request_for(world, world.item()));
  const UpstreamOrder order = placed(world);
  CHECK(order.goods == preview->goods);
  CHECK(order.freight == preview->freight);
  CHECK(order.state == UpstreamState::awaiting_payment);
  REQUIRE(order.items.size() == 1);
  CHECK(order.items.front().order_key == world.item().order_key);
  CHECK(order.items.front().quantity == world.item().quantity);
  CHECK(world.orders_made() == 1);
}

void a_new_order_is_read_by_its_id_at_once(MarketplaceWorld& world) {
  const UpstreamOrder order = placed(world);
  CHECK(state_of(world, order) == UpstreamState::awaiting_payment);
}

void our_key_finds_it_after_the_listing_lag(MarketplaceWorld& world) {
  const UpstreamOrder order = placed(world);
  world.pass(world.marketplace().listing_lag());
  const auto found = world.marketplace().find_purchase(our_key);
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  CHECK(found->front().upstream_order_id == order.upstream_order_id);
  CHECK(world.marketplace().find_purchase({"pur_another"})->empty());
}

void a_repeat_does_what_repeat_is_safe_says(MarketplaceWorld& world) {
  (void)placed(world);
  (void)world.marketplace().place_purchase(request_for(world, world.item()));
  const int64_t expected = world.marketplace().repeat_is_safe() ? 1 : 2;
  CHECK(world.orders_made() == expected);
  world.pass(world.marketplace().listing_lag());
  CHECK(static_cast<int64_t>(world.marketplace().find_purchase(our_key)->size()) == expected);
}

void what_cannot_be_sold_is_refused_before_anything_is_bought(MarketplaceWorld& world) {
  Marketplace& marketplace = world.marketplace();
  const auto check_both = [&](std::string_view why, const PurchaseRequest& request, ErrorCode code) {
    CAPTURE(why);
    check_refused(marketplace.preview_purchase(request), code);
    check_refused(marketplace.place_purchase(request), code);
  };
  PurchaseItem item = world.item();
  item.order_key = "00000000000000000000000000000000";
  check_both("no such variant", request_for(world, item), ErrorCode::bad_request);
  check_both("no such product", request_for(world, world.unknown_item()), ErrorCode::not_found);
  item = world.item();
  item.quantity = 1;
  if (world.manners().has_moq) check_both("below the MOQ", request_for(world, item), ErrorCode::below_moq);
  item.quantity = 0;
  check_both("none of it", request_for(world, item), ErrorCode::bad_request);
  PurchaseRequest request = request_for(world, world.item());
  request.items.push_back(world.item_of_another_seller());
  check_both("two sellers", request, ErrorCode::bad_request);
  request.items.assign(51, world.item());
  check_both("more than 50 SKUs", request, ErrorCode::bad_request);
  world.sell_out(world.item());
  check_both("sold out", request_for(world, world.item()), ErrorCode::sold_out);
  CHECK(world.orders_made() == 0);
}

// Paying and after

void a_payment_is_taken_once(MarketplaceWorld& world) {
  const UpstreamOrder order = paid(world);
  CHECK(state_of(world, order) == UpstreamState::paid);
  CHECK(world.marketplace().pay_order(order.upstream_order_id));
  CHECK(world.charged() == *add(order.goods, order.freight));
}

void too_low_a_balance_pays_nothing(MarketplaceWorld& world) {
  const UpstreamOrder order = placed(world);
  world.empty_the_balance();
  check_refused(world.marketplace().pay_order(order.upstream_order_id), ErrorCode::rejected);
  CHECK(state_of(world, order) == UpstreamState::awaiting_payment);
  CHECK(world.charged().minor == 0);
}

void an_unpaid_order_can_be_cancelled(MarketplaceWorld& world) {
  const UpstreamOrder order = placed(world);
  const auto at_once = world.marketplace().cancel_order(order.upstream_order_id);
  if (!at_once) check_refused(at_once, ErrorCode::retry_later);
  world.pass(a_minute);
  CHECK(world.marketplace().cancel_order(order.upstream_order_id));
  CHECK(state_of(world, order) == UpstreamState::closed);
  CHECK(world.marketplace().cancel_order(order.upstream_order_id));
  check_refused(world.marketplace().pay_order(order.upstream_order_id), ErrorCode::rejected);
}

void a_paid_order_cannot_be_cancelled(MarketplaceWorld& world) {
  const UpstreamOrder order = paid(world);
  world.pass(a_minute);
  check_refused(world.marketplace().cancel_order(order.upstream_order_id), ErrorCode::rejected);
  CHECK(state_of(world, order) == UpstreamState::paid);
}

void an_order_that_nobody_pays_closes(MarketplaceWorld& world) {
  const UpstreamOrder order = placed(world);
  world.pass(a_month);
  CHECK(state_of(world, order) == UpstreamState::closed);
  CHECK(world.charged().minor == 0);
}

void a_paid_order_arrives_with_a_waybill(MarketplaceWorld& world) {
  const UpstreamOrder order = paid(world);
  world.pass(a_month);
  const auto read = world.marketplace().read_order(order.upstream_order_id);
  REQUIRE(read);
  CHECK(read->state == UpstreamState::received);
  REQUIRE(read->shipments.size() == 1);
  CHECK_FALSE(read->shipments.front().tracking_number.is_empty());
}

void a_refund_gives_all_the_money_back_once(MarketplaceWorld& world) {
  const UpstreamOrder order = paid(world);
  CHECK(world.marketplace().request_refund(order.upstream_order_id));
  CHECK(state_of(world, order) ==
        (world.manners().refunds_at_once ? UpstreamState::refunded : UpstreamState::refunding));
  CHECK(world.marketplace().request_refund(order.upstream_order_id));
  world.pass(a_month);
  CHECK(state_of(world, order) == UpstreamState::refunded);
  CHECK(world.marketplace().request_refund(order.upstream_order_id));
  CHECK(world.given_back() == *add(order.goods, order.freight));
}

void what_was_received_can_be_refunded_too(MarketplaceWorld& world) {
  const UpstreamOrder order = paid(world);
  world.pass(a_month);
  if (!world.manners().takes_back_what_arrived) {
    check_refused(world.marketplace().request_refund(order.upstream_order_id), ErrorCode::rejected);
    CHECK(state_of(world, order) == UpstreamState::received);
    CHECK(world.given_back().minor == 0);
    return;
  }
  CHECK(world.marketplace().request_refund(order.upstream_order_id));
  CHECK(state_of(world, order) == UpstreamState::refunding);
  world.pass(a_month);
  CHECK(state_of(world, order) == UpstreamState::refunded);
}

void nothing_is_refunded_before_it_is_paid(MarketplaceWorld& world) {
  const UpstreamOrder order = placed(world);
  check_refused(world.marketplace().request_refund(order.upstream_order_id), ErrorCode::rejected);
  CHECK(state_of(world, order) == UpstreamState::awaiting_payment);
}

void an_unknown_order_is_not_found(MarketplaceWorld& world) {
  const UpstreamOrderId unknown{"1000000000000000001"};
  Marketplace& marketplace = world.marketplace();
  check_refused(marketplace.read_order(unknown), ErrorCode::not_found);
  check_refused(marketplace.pay_order(unknown), ErrorCode::not_found);
  check_refused(marketplace.cancel_order(unknown), ErrorCode::not_found);
  check_refused(marketplace.request_refund(unknown), ErrorCode::not_found);
}

struct Promise {
  std::string_view sentence;
  void (*holds)(MarketplaceWorld&);
};

constexpr std::array promises = {
    Promise{"a product has what a purchase needs", a_product_has_what_a_purchase_needs},
    Promise{"an unknown product is not found", an_unknown_product_is_not_found},
    Promise{"a product off sale is not offered", a_product_off_sale_is_not_offered},
    Promise{"a word of its title finds a product", a_word_of_the_title_finds_it},
    Promise{"words that no title has find nothing", words_that_no_title_has_find_nothing},
    Promise{"a preview tells the price and buys nothing", a_preview_tells_the_price_and_buys_nothing},
    Promise{"an order costs what the preview said", an_order_costs_what_the_preview_said},
    Promise{"a new order is read by its id at once", a_new_order_is_read_by_its_id_at_once},
    Promise{"our key finds an order after the listing lag", our_key_finds_it_after_the_listing_lag},
    Promise{"a repeat does what repeat_is_safe says", a_repeat_does_what_repeat_is_safe_says},
    Promise{"what cannot be sold is refused and not bought", what_cannot_be_sold_is_refused_before_anything_is_bought},
    Promise{"a payment is taken once", a_payment_is_taken_once},
    Promise{"too low a balance pays nothing", too_low_a_balance_pays_nothing},
    Promise{"an unpaid order can be cancelled", an_unpaid_order_can_be_cancelled},
    Promise{"a paid order cannot be cancelled", a_paid_order_cannot_be_cancelled},
    Promise{"an order that nobody pays closes", an_order_that_nobody_pays_closes},
    Promise{"a paid order arrives with a waybill", a_paid_order_arrives_with_a_waybill},
    Promise{"a refund gives all the money back once", a_refund_gives_all_the_money_back_once},
    Promise{"what was received can be refunded, or says why not", what_was_received_can_be_refunded_too},
    Promise{"nothing is refunded before it is paid", nothing_is_refunded_before_it_is_paid},
    Promise{"an unknown order is not found", an_unknown_order_is_not_found},
};

}  // namespace

void check_marketplace_contract(const MakeMarketplaceWorld& make) {
  for (const Promise& promise : promises) {
    DYNAMIC_SECTION(promise.sentence) {
      const std::unique_ptr<MarketplaceWorld> world = make();
      promise.holds(*world);
    }
  }
}

}  // namespace sampan
