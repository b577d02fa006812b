#include "shared/protocol/endpoints.hpp"

#include "shared/database/cart_rows.hpp"
#include "shared/protocol/commands.hpp"
#include "shared/protocol/feed.hpp"
#include "shared/usecase/answer_price.hpp"
#include "shared/usecase/cancel_order.hpp"
#include "shared/usecase/capture_payment.hpp"
#include "shared/usecase/change_cart.hpp"
#include "shared/usecase/pack_parcel.hpp"
#include "shared/usecase/place_order.hpp"
#include "shared/usecase/quote_cart.hpp"
#include "shared/usecase/search_products.hpp"
#include "shared/usecase/show_ledger.hpp"
#include "shared/usecase/show_order.hpp"

namespace sampan {
namespace {

// An act as the table calls it: the caller and the command, typed.
template <class Command, class Reply>
using Act = Result<Reply> (*)(Ports& ports, const Principal& caller, const Command& command);

template <class Command, class Reply, Act<Command, Reply> act>
Result<std::string> call(Ports& ports, const Principal& caller, const Json& json) {
  TRY(const Command command, read(json, static_cast<Command*>(nullptr)));
  TRY(const Reply reply, act(ports, caller, command));
  return to_json(reply);
}

struct Row {
  std::string_view method;
  std::string_view path;
  Who who;
  Repeat repeat;
  std::string_view name;
  std::string_view sentence;
};

template <class Command, class Reply, Act<Command, Reply> act>
Endpoint endpoint(const Row& row) {
  return {row.method,         row.path,        row.who, row.repeat, row.name, row.sentence, call<Command, Reply, act>,
          schema_of<Command>, schema_of<Reply>};
}

template <class Command, class Reply, Act<Command, Reply> act, Act<Command, ChangePage> follow>
Endpoint stream(const Row& row) {
  Endpoint made = endpoint<Command, Reply, act>(row);
  made.follow = [](Ports& ports, const Principal& caller, const Json& json) -> Result<ChangePage> {
    TRY(const Command command, read(json, static_cast<Command*>(nullptr)));
    return follow(ports, caller, command);
  };
  return made;
}

Result<SearchPage> search(Ports& ports, const Principal&, const SearchProducts& command) {
  return search_products(ports, command.marketplace, {command.words, command.page.value_or(1)});
}

Result<ProductReading> product(Ports& ports, const Principal&, const ProductKey& key) {
  return read_product(ports, key);
}

Result<Cart> cart(Ports& ports, const Principal& caller, const Nothing&) {
  return transact<Cart>(ports.database, [&](Transaction& tx) { return load_cart_of(tx, caller.shopper_id); });
}

Result<Cart> add_line(Ports& ports, const Principal& caller, const AddToCart& command) {
  return add_to_cart(ports, caller.shopper_id, command);
}

Result<Cart> change_line(Ports& ports, const Principal& caller, const ChangeCartLine& command) {
  return change_cart_line(ports, caller.shopper_id, command);
}

Result<Quote> quote(Ports& ports, const Principal& caller, const QuoteCart& command) {
  return quote_cart(ports, caller.shopper_id, command);
}

Result<OfOrder> order(Ports& ports, const Principal& caller, const PlaceOrder& command) {
  TRY(const OrderId id, place_order(ports, caller.shopper_id, command));
  return OfOrder{id};
}

Result<OrderList> orders(Ports& ports, const Principal& caller, const Nothing&) {
  return show_orders(ports, caller.shopper_id);
}

Result<OrderView> order_view(Ports& ports, const Principal& caller, const OfOrder& command) {
  return show_order(ports, caller, command.order_id);
}

Result<Nothing> cancel(Ports& ports, const Principal& caller, const OfOrder& command) {
  TRY_DO(cancel_order(ports, caller.shopper_id, command.order_id));
  return Nothing{};
}

Result<Captured> capture(Ports& ports, const Principal& caller, const OfPayment& command) {
  TRY(const bool captured, capture_own_payment(ports, caller, command.payment_id));
  return Captured{captured};
}

Result<OfPayment> approve(Ports& ports, const Principal& caller, const OfPurchase& command) {
  TRY(const PaymentId id, approve_price(ports, caller.shopper_id, command.purchase_id));
  return OfPayment{id};
}

Result<Nothing> decline(Ports& ports, const Principal& caller, const OfPurchase& command) {
  TRY_DO(decline_price(ports, caller.shopper_id, command.purchase_id));
  return Nothing{};
}

Result<ChangePage> changes(Ports& ports, const Principal& caller, const FollowFeed& command) {
  return read_feed(ports, caller.shopper_id, command);
}

Result<FeedPage> feed(Ports& ports, const Principal& caller, const FollowFeed& command) {
  TRY(const ChangePage page, changes(ports, caller, command));
  return feed_page(page);
}

Result<OfPurchase> receive(Ports& ports, const Principal&, const OfWaybill& command) {
  TRY(const PurchaseId id, receive_shipment(ports, command.waybill));
  return OfPurchase{id};
}

Result<Nothing> inspect(Ports& ports, const Principal&, const InspectPurchase& command) {
  TRY_DO(inspect_purchase(ports, command.purchase_id, command.verdict));
  return Nothing{};
}

Result<OfParcel> pack(Ports& ports, const Principal&, const PackParcel& command) {
  TRY(const ParcelId id, pack_parcel(ports, command));
  return OfParcel{id};
}

Result<LedgerView> ledger(Ports& ports, const Principal&, const ShowLedger& command) {
  return show_ledger(ports, command);
}

Result<ParkedList> parked(Ports& ports, const Principal&, const Nothing&) { return show_parked_jobs(ports); }

}  // namespace

const std::vector<Endpoint>& endpoints() {
  using enum Who;
  using enum Repeat;
  // clang-format off
  static const std::vector<Endpoint> table = {
      endpoint<SearchProducts, SearchPage, search>({"GET", "/v1/search", anyone, plain, "search_products",
          "What a marketplace sells for these words."}),
      endpoint<ProductKey, ProductReading, product>({"GET", "/v1/products/{marketplace}/{product_id}", anyone, plain, "read_product",
          "A product and its stock, read now."}),
      endpoint<Nothing, Cart, cart>({"GET", "/v1/cart", shopper, plain, "show_cart",
          "The shopper's cart."}),
      endpoint<AddToCart, Cart, add_line>({"POST", "/v1/cart/lines", shopper_begins, idempotent, "add_to_cart",
          "Puts a product into the cart; a guest's session begins with it."}),
      endpoint<ChangeCartLine, Cart, change_line>({"PUT", "/v1/cart/lines/{cart_line_id}", shopper, idempotent, "change_cart_line",
          "Changes a line's quantity and policy; quantity 0 removes it."}),
      endpoint<QuoteCart, Quote, quote>({"POST", "/v1/quotes", shopper, plain, "quote_cart",
          "What the cart costs landed at home, held for a while."}),
      endpoint<PlaceOrder, OfOrder, order>({"POST", "/v1/orders", shopper, idempotent, "place_order",
          "Places the order of a quote."}),
      endpoint<Nothing, OrderList, orders>({"GET", "/v1/orders", shopper, plain, "show_orders",
          "The shopper's orders, the newest first."}),
      endpoint<OfOrder, OrderView, order_view>({"GET", "/v1/orders/{order_id}", shopper, plain, "show_order",
          "An order with its purchases, parcels, payments and refunds."}),
      endpoint<OfOrder, Nothing, cancel>({"POST", "/v1/orders/{order_id}/cancel", shopper, idempotent, "cancel_order",
          "Gives up what is not bought, asks back what is not sent."}),
      endpoint<OfPayment, Captured, capture>({"POST", "/v1/payments/{payment_id}/capture", shopper, plain, "capture_payment",
          "Asks the provider whether the shopper has paid, and settles it once."}),
      endpoint<OfPurchase, OfPayment, approve>({"POST", "/v1/purchases/{purchase_id}/approve", shopper, idempotent, "approve_price",
          "Agrees to a seller's new price: the payment of the difference."}),
      endpoint<OfPurchase, Nothing, decline>({"POST", "/v1/purchases/{purchase_id}/decline", shopper, idempotent, "decline_price",
          "Does without what became dearer."}),
      stream<FollowFeed, FeedPage, feed, changes>({"GET", "/v1/feed", shopper, plain, "follow_feed",
          "What changes of the shopper's things, as it changes."}),
      endpoint<OfWaybill, OfPurchase, receive>({"POST", "/v1/warehouse/shipments", the_operator, plain, "receive_shipment",
          "A seller's box has come in, by its waybill."}),
      endpoint<InspectPurchase, Nothing, inspect>({"POST", "/v1/warehouse/inspections", the_operator, plain, "inspect_purchase",
          "Accepts what came in, or sends it back to its seller."}),
      endpoint<PackParcel, OfParcel, pack>({"POST", "/v1/warehouse/parcels", the_operator, plain, "pack_parcel",
          "Packs the accepted goods of an order; the carrier is booked."}),
      endpoint<ShowLedger, LedgerView, ledger>({"GET", "/v1/ledger", the_operator, plain, "show_ledger",
          "All balances, what is not settled by order, and the entries of an order that is asked for."}),
      endpoint<Nothing, ParkedList, parked>({"GET", "/v1/jobs/parked", the_operator, plain, "show_parked_jobs",
          "The jobs that wait for a person, with why."}),
  };
  // clang-format on
  return table;
}

}  // namespace sampan
