#include "shared/protocol/endpoints.hpp"

#include "shared/database/cart_rows.hpp"
#include "shared/protocol/calls.hpp"
#include "shared/usecase/answer_price.hpp"
#include "shared/usecase/cancel_order.hpp"
#include "shared/usecase/capture_payment.hpp"

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

template <auto act, class Command, class Reply>
Endpoint endpoint(const Call<Command, Reply>& row) {
  return {row.method,         row.path,        row.who, row.repeat, row.name, row.sentence, call<Command, Reply, act>,
          schema_of<Command>, schema_of<Reply>};
}

template <auto act, auto follow, class Command, class Reply>
Endpoint stream(const Call<Command, Reply>& row) {
  Endpoint made = endpoint<act>(row);
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
  static const std::vector<Endpoint> table = {
      endpoint<search>(calls::search_products),
      endpoint<product>(calls::read_product),
      endpoint<cart>(calls::show_cart),
      endpoint<add_line>(calls::add_to_cart),
      endpoint<change_line>(calls::change_cart_line),
      endpoint<quote>(calls::quote_cart),
      endpoint<order>(calls::place_order),
      endpoint<orders>(calls::show_orders),
      endpoint<order_view>(calls::show_order),
      endpoint<cancel>(calls::cancel_order),
      endpoint<capture>(calls::capture_payment),
      endpoint<approve>(calls::approve_price),
      endpoint<decline>(calls::decline_price),
      stream<feed, changes>(calls::follow_feed),
      endpoint<receive>(calls::receive_shipment),
      endpoint<inspect>(calls::inspect_purchase),
      endpoint<pack>(calls::pack_parcel),
      endpoint<ledger>(calls::show_ledger),
      endpoint<parked>(calls::show_parked_jobs),
  };
  return table;
}

}  // namespace sampan
