// What all nouns' rows promise: a value comes back as it was stored, a stale version is a conflict, another's is not
// found.
#include <catch2/catch_test_macros.hpp>

#include "shared/database/cart_rows.hpp"
#include "shared/database/order_rows.hpp"
#include "shared/database/parcel_rows.hpp"
#include "shared/database/payment_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/database/refund_rows.hpp"
#include "tests/unit/database/open.hpp"
#include "tests/unit/usecase/lp1.hpp"

namespace sampan {
namespace {

const ShopperId anna{"sho_anna"};
const ShopperId ben{"sho_ben"};

Parcel parcel() {
  Parcel parcel;
  parcel.parcel_id = {"par_1"};
  parcel.order_id = {"ord_1"};
  parcel.items = {{{"pur_1"}, {"oln_shirts"}, 1}};
  parcel.carrier_price = in("CNY", "91.20");
  return parcel;
}

Payment payment() {
  Payment payment;
  payment.payment_id = {"pay_1"};
  payment.order_id = {"ord_1"};
  payment.amount = in("EUR", "69.94");
  payment.charge = {in("EUR", "38.16"), in("EUR", "1.91"), in("EUR", "12.70"), in("EUR", "6.00"), in("EUR", "11.17")};
  return payment;
}

Refund refund() {
  Refund refund;
  refund.refund_id = {"ref_1"};
  refund.order_id = {"ord_1"};
  refund.payment_id = {"pay_1"};
  refund.amount = in("EUR", "16.68");
  return refund;
}

// With the order of the examples in it, which every other noun hangs on.
struct Rows {
  std::unique_ptr<SqliteDatabase> database = open_database();

  Rows() {
    change([](Transaction& tx) { return insert_order(tx, lp1::order()); });
  }
  template <class F>
  auto read(F&& work) {
    return in_transaction(*database, work);
  }
  void change(const Work& work) { in_transaction(*database, work); }
  ErrorCode refused(const Work& work) {
    const auto outcome = database->transact(work);
    REQUIRE(!outcome.has_value());
    return outcome.error().code;
  }
};

// Inserted, loaded, updated twice: once from the stored version, once from one that is stale by then.
template <class T, class Insert, class Update, class Load>
void check_versions(Rows& rows, const T& first, Insert insert, Update update, Load load) {
  rows.change([&](Transaction& tx) { return insert(tx, first); });
  CHECK(to_json(rows.read(load)) == to_json(first));
  CHECK(rows.refused([&](Transaction& tx) { return insert(tx, first); }) == ErrorCode::conflict);

  const T second = rows.read([&](Transaction& tx) { return update(tx, first); });
  CHECK(second.version == first.version + 1);
  CHECK(to_json(rows.read(load)) == to_json(second));

  const auto stale = [&](Transaction& tx) -> Result<void> {
    TRY_DO(update(tx, first));
    return done();
  };
  CHECK(rows.refused(stale) == ErrorCode::conflict);
  CHECK(to_json(rows.read(load)) == to_json(second));
}

}  // namespace

TEST_CASE("an order comes back whole, and its version grows", "[rows]") {
  Rows rows;
  Order other = lp1::order();
  other.order_id = {"ord_2"};
  other.number = "ANOTHER";
  other.quote.quote_id = {"quo_2"};
  check_versions(rows, other, insert_order, update_order,
                 [](Transaction& tx) { return load_order(tx, the_shop(), {"ord_2"}); });
}

TEST_CASE("a purchase comes back whole, and its version grows", "[rows]") {
  Rows rows;
  Purchase purchase = lp1::purchase();
  purchase.waybills = {"SF1", "SF2"};
  purchase.proposed = purchase.lines;
  purchase.proposed_freight = in("CNY", "15.00");
  purchase.waiting_since = Instant{1};
  check_versions(rows, purchase, insert_purchase, update_purchase,
                 [](Transaction& tx) { return load_purchase(tx, {"pur_1"}); });
}

TEST_CASE("a parcel comes back whole, and its version grows", "[rows]") {
  Rows rows;
  check_versions(rows, parcel(), insert_parcel, update_parcel,
                 [](Transaction& tx) { return load_parcel(tx, {"par_1"}); });
}

TEST_CASE("a payment and its refund come back whole, and their versions grow", "[rows]") {
  Rows rows;
  check_versions(rows, payment(), insert_payment, update_payment,
                 [](Transaction& tx) { return load_payment(tx, {"pay_1"}); });
  check_versions(rows, refund(), insert_refund, update_refund,
                 [](Transaction& tx) { return load_refund(tx, {"ref_1"}); });
}

TEST_CASE("what was never stored is not found", "[rows]") {
  Rows rows;
  const auto code = [&](const auto& load) {
    return rows.refused([&](Transaction& tx) -> Result<void> {
      TRY_DO(load(tx));
      return done();
    });
  };
  CHECK(code([](Transaction& tx) { return load_cart(tx, the_shop(), {"none"}); }) == ErrorCode::not_found);
  CHECK(code([](Transaction& tx) { return load_quote(tx, the_shop(), {"none"}); }) == ErrorCode::not_found);
  CHECK(code([](Transaction& tx) { return load_order(tx, the_shop(), {"none"}); }) == ErrorCode::not_found);
  CHECK(code([](Transaction& tx) { return load_purchase(tx, {"none"}); }) == ErrorCode::not_found);
  CHECK(code([](Transaction& tx) { return load_purchase_of_waybill(tx, "none"); }) == ErrorCode::not_found);
  CHECK(code([](Transaction& tx) { return load_parcel(tx, {"none"}); }) == ErrorCode::not_found);
  CHECK(code([](Transaction& tx) { return load_payment(tx, {"none"}); }) == ErrorCode::not_found);
  CHECK(code([](Transaction& tx) { return load_refund(tx, {"none"}); }) == ErrorCode::not_found);
  CHECK(code([](Transaction& tx) { return load_latest_rates(tx); }) == ErrorCode::not_found);
}

TEST_CASE("another shopper's cart, quote and order are not found, the shop finds all", "[rows]") {
  Rows rows;
  Cart cart;
  cart.cart_id = {"car_1"};
  cart.shopper_id = anna;
  rows.change([&](Transaction& tx) -> Result<void> {
    TRY_DO(insert_cart(tx, cart));
    return insert_quote(tx, lp1::order().quote);
  });
  struct Case {
    const char* who;
    Principal principal;
    bool may;
  };
  for (const Case& c : {Case{"the owner", shopper(anna), true}, Case{"another", shopper(ben), false},
                        Case{"nobody in particular", shopper({}), false}, Case{"the shop", the_shop(), true}}) {
    CAPTURE(c.who);
    rows.change([&](Transaction& tx) -> Result<void> {
      const auto found_cart = load_cart(tx, c.principal, {"car_1"});
      const auto found_quote = load_quote(tx, c.principal, {"quo_1"});
      const auto found_order = load_order(tx, c.principal, {"ord_1"});
      CHECK(found_cart.has_value() == c.may);
      CHECK(found_quote.has_value() == c.may);
      CHECK(found_order.has_value() == c.may);
      if (!found_cart) CHECK(found_cart.error().code == ErrorCode::not_found);
      if (!found_quote) CHECK(found_quote.error().code == ErrorCode::not_found);
      if (!found_order) CHECK(found_order.error().code == ErrorCode::not_found);
      TRY(const auto of_quote, find_order_of_quote(tx, c.principal, {"quo_1"}));
      CHECK(of_quote.has_value() == c.may);
      return done();
    });
  }
  CHECK(rows.read([](Transaction& tx) { return list_orders(tx, anna); }).size() == 1);
  CHECK(rows.read([](Transaction& tx) { return list_orders(tx, ben); }).empty());
}

TEST_CASE("a quote is ordered once, and a number names one order", "[rows]") {
  Rows rows;
  Order again = lp1::order();
  again.order_id = {"ord_2"};
  CHECK(rows.refused([&](Transaction& tx) { return insert_order(tx, again); }) == ErrorCode::conflict);
  again.number = "ANOTHER";
  CHECK(rows.refused([&](Transaction& tx) { return insert_order(tx, again); }) == ErrorCode::conflict);
  again.quote.quote_id = {"quo_2"};
  again.number = lp1::order().number;
  CHECK(rows.refused([&](Transaction& tx) { return insert_order(tx, again); }) == ErrorCode::conflict);
}

TEST_CASE("a cart's edit names the version that it began from", "[rows]") {
  Rows rows;
  Cart cart;
  cart.cart_id = {"car_1"};
  cart.shopper_id = anna;
  rows.change([&](Transaction& tx) { return insert_cart(tx, cart); });
  cart.lines = {{{"cln_1"}, {MarketplaceName::jd, {"1"}}, {"2"}, 3, {}}};
  cart.version = 1;
  rows.change([&](Transaction& tx) { return update_cart(tx, cart, 0); });
  CHECK(to_json(rows.read([](Transaction& tx) { return load_cart(tx, shopper(anna), {"car_1"}); })) == to_json(cart));
  cart.version = 2;
  CHECK(rows.refused([&](Transaction& tx) { return update_cart(tx, cart, 0); }) == ErrorCode::conflict);
}

TEST_CASE("a box is known by each of its purchase's waybills once the seller has sent it", "[rows]") {
  Rows rows;
  rows.change([](Transaction& tx) { return insert_purchase(tx, lp1::purchase()); });
  rows.change([](Transaction& tx) -> Result<void> {
    TRY(Purchase purchase, load_purchase(tx, {"pur_1"}));
    purchase.waybills = {"SF1", "SF2"};
    TRY_DO(update_purchase(tx, purchase));
    return done();
  });
  for (const char* const waybill : {"SF1", "SF2"})
    CHECK(rows.read([&](Transaction& tx) { return load_purchase_of_waybill(tx, waybill); }).purchase_id ==
          PurchaseId{"pur_1"});
}

TEST_CASE("a marketplace's order is known as its purchase's once it is placed, and on that marketplace only",
          "[rows]") {
  Rows rows;
  rows.change([](Transaction& tx) { return insert_purchase(tx, lp1::purchase()); });
  const auto find = [&](MarketplaceName marketplace, const char* id) {
    return rows.read([&](Transaction& tx) { return find_purchase_of_upstream_order(tx, marketplace, {id}); });
  };
  const MarketplaceName where = lp1::purchase().seller.marketplace;
  CHECK(!find(where, "up_2"));
  rows.change([](Transaction& tx) -> Result<void> {
    TRY(Purchase purchase, load_purchase(tx, {"pur_1"}));
    purchase.bought.push_back({{"up_2"}, in("CNY", "1.00")});
    TRY(purchase, update_purchase(tx, purchase));
    TRY_DO(update_purchase(tx, purchase));
    return done();
  });
  CHECK(find(where, "up_1") == PurchaseId{"pur_1"});
  CHECK(find(where, "up_2") == PurchaseId{"pur_1"});
  CHECK(!find(where, "up_3"));
  CHECK(!find(MarketplaceName::jd, "up_1"));
}

TEST_CASE("what hangs on an order is listed with it, and nothing hangs on an order that is not there", "[rows]") {
  Rows rows;
  rows.change([](Transaction& tx) -> Result<void> {
    TRY_DO(insert_purchase(tx, lp1::purchase()));
    TRY_DO(insert_parcel(tx, parcel()));
    TRY_DO(insert_payment(tx, payment()));
    return insert_refund(tx, refund());
  });
  const OrderId order{"ord_1"};
  const OrderId other{"ord_2"};
  CHECK(rows.read([&](Transaction& tx) { return list_purchases(tx, order); }).size() == 1);
  CHECK(rows.read([&](Transaction& tx) { return list_parcels(tx, order); }).size() == 1);
  CHECK(rows.read([&](Transaction& tx) { return list_payments(tx, order); }).size() == 1);
  CHECK(rows.read([&](Transaction& tx) { return list_refunds(tx, order); }).size() == 1);
  CHECK(rows.read([&](Transaction& tx) { return list_purchases(tx, other); }).empty());
  CHECK(rows.read([&](Transaction& tx) { return list_parcels(tx, other); }).empty());
  CHECK(rows.read([&](Transaction& tx) { return list_payments(tx, other); }).empty());
  CHECK(rows.read([&](Transaction& tx) { return list_refunds(tx, other); }).empty());
  Payment stray = payment();
  stray.payment_id = {"pay_2"};
  stray.order_id = other;
  CHECK(!rows.database->transact([&](Transaction& tx) { return insert_payment(tx, stray); }));
}

TEST_CASE("the newest reading of a product is kept, an older one that comes late is not", "[rows]") {
  Rows rows;
  ProductReading reading;
  reading.product.key = {MarketplaceName::taobao, {"600"}};
  const auto store = [&](const char* title, int64_t at) {
    reading.product.title = title;
    reading.freshness.as_of = {at};
    rows.change([&](Transaction& tx) { return store_reading(tx, reading); });
    return rows.read([&](Transaction& tx) { return find_reading(tx, reading.product.key); })->product.title;
  };
  CHECK(store("first", 10) == "first");
  CHECK(store("newer", 20) == "newer");
  CHECK(store("late", 15) == "newer");
  CHECK(!rows.read([](Transaction& tx) { return find_reading(tx, {MarketplaceName::jd, {"600"}}); }));
}

TEST_CASE("the newest table of rates is the one to sell by", "[rows]") {
  Rows rows;
  RateTable table;
  table.base = currency("EUR");
  for (const int64_t at : {20, 30, 10}) {
    table.fetched_at = {at};
    rows.change([&](Transaction& tx) { return insert_rate_table(tx, table); });
  }
  CHECK(rows.read(load_latest_rates).fetched_at == Instant{30});
}

TEST_CASE("a stored row that cannot be read is a defect of ours, said so", "[rows]") {
  Rows rows;
  rows.change([](Transaction& tx) -> Result<void> {
    TRY_DO(tx.run("update orders set document = '{}'", {}));
    return done();
  });
  CHECK(rows.refused([](Transaction& tx) -> Result<void> {
    TRY_DO(load_order(tx, the_shop(), {"ord_1"}));
    return done();
  }) == ErrorCode::bad_data);
}

}  // namespace sampan
