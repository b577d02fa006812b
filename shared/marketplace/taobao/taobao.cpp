#include "shared/marketplace/taobao/taobao.hpp"

#include <algorithm>
#include <utility>

#include "shared/marketplace/taobao/errors.hpp"
#include "shared/marketplace/taobao/logistics.hpp"
#include "shared/marketplace/taobao/search.hpp"

namespace sampan {
namespace {

using taobao::BuyerOrder;
using taobao::IopCall;

constexpr int64_t most_list_pages = 200;
constexpr Duration clocks_apart = minutes(10);  // theirs may be ahead of ours

template <class T>
Result<T> with_code(Result<T> result, ErrorCode from, ErrorCode to) {
  if (!result && result.error().code == from) result.error().code = to;
  return result;
}

bool is_over(UpstreamState state) { return state == UpstreamState::closed || state == UpstreamState::refunded; }

bool is_paid(UpstreamState state) { return state != UpstreamState::awaiting_payment && state != UpstreamState::closed; }

bool was_shipped(UpstreamState state) { return state == UpstreamState::shipped || state == UpstreamState::received; }

bool has_waybill(const std::vector<UpstreamShipment>& shipments) {
  return std::any_of(shipments.begin(), shipments.end(),
                     [](const UpstreamShipment& s) { return !s.tracking_number.is_empty(); });
}

// The gateway's answer leaves open whether the call was understood; the order itself knows.
bool is_settled_by_the_order(ErrorCode code) {
  return code == ErrorCode::rejected || code == ErrorCode::outcome_unknown || code == ErrorCode::bad_request;
}

tl::unexpected<Error> not_now(const BuyerOrder& order) {
  return fail(ErrorCode::rejected, "The order is past that, or not there yet.", order.status);
}

// What the shop knows a line by, where the request says it.
void name_as_requested(UpstreamOrder& order, const PurchaseRequest& request) {
  for (PurchaseItem& item : order.items)
    for (const PurchaseItem& asked : request.items)
      if (asked.order_key == item.order_key) {
        item.product_id = asked.product_id;
        item.sku_id = asked.sku_id;
      }
}

}  // namespace

Taobao::Taobao(TaobaoSettings settings, HttpSend send, SignCall sign, std::function<Instant()> now)
    : settings_(std::move(settings)), send_(std::move(send)), sign_(std::move(sign)), now_(std::move(now)) {}

Result<HttpReply> Taobao::sent(const IopCall& call) {
  const std::vector<Parameter> gateway = taobao::iop_parameters(settings_.app_key, settings_.access_token(), now_());
  return send_(taobao::iop_request(call, gateway, sign_(call.path, taobao::signed_parameters(call, gateway))));
}

Result<Json> Taobao::ask(const IopCall& call) {
  TRY(HttpReply reply, sent(call));
  // Refused for its token, the call had no effect: it may be made again, whatever it is.
  if (settings_.renew_token && taobao::is_token_answer(reply) && settings_.renew_token()) {
    TRY(reply, sent(call));
  }
  return taobao::read_reply(reply);
}

template <class Parse>
auto Taobao::read(const IopCall& call, const Parse& parse) {
  auto result = ask(call).and_then(parse).map_error([&](Error error) { return within(std::move(error), call.path); });
  return with_code(std::move(result), ErrorCode::outcome_unknown, ErrorCode::retry_later);
}

template <class Parse>
auto Taobao::change(const IopCall& call, const Parse& parse) {
  auto result = ask(call).and_then(parse).map_error([&](Error error) { return within(std::move(error), call.path); });
  return with_code(std::move(result), ErrorCode::bad_reply, ErrorCode::outcome_unknown);
}

Result<SearchPage> Taobao::search(const ProductSearch& search) {
  return read(taobao::search_call(search, settings_.language), taobao::parse_search);
}

Result<ProductReading> Taobao::read_product(const ProductId& product_id) {
  const Instant now = now_();
  return read(taobao::product_call(product_id), [&](const Json& reply) { return taobao::parse_product(reply, now); });
}

Result<Taobao::Previewed> Taobao::preview(const PurchaseRequest& request) {
  TRY_DO(taobao::check_lines(request));
  std::vector<ProductReading> readings;
  for (const PurchaseItem& item : request.items) {
    TRY_DO(taobao::parse_order_key(item.order_key));
    const bool is_read = std::any_of(readings.begin(), readings.end(), [&](const ProductReading& each) {
      return each.product.key.product_id == item.product_id;
    });
    if (is_read) continue;
    TRY(ProductReading reading, read_product(item.product_id));
    reading.product.key.product_id = item.product_id;
    readings.push_back(std::move(reading));
  }
  Previewed previewed;
  TRY(previewed.basket, taobao::basket_of(request, readings));
  TRY(previewed.sums, read(taobao::render_call(previewed.basket, settings_.ship_to), taobao::parse_render));
  return previewed;
}

Result<PurchasePreview> Taobao::preview_purchase(const PurchaseRequest& request) {
  TRY(const Previewed previewed, preview(request));
  return previewed.sums;
}

Result<std::vector<UpstreamOrder>> Taobao::place_purchase(const PurchaseRequest& request) {
  TRY(const Previewed previewed, preview(request));
  const taobao::Purchasing purchasing{request.purchase_id, previewed.sums, settings_.channel_order_type};
  TRY(const std::vector<UpstreamOrderId> created,
      change(taobao::create_call(purchasing, previewed.basket, settings_.ship_to), taobao::parse_created));
  return read_created(request, created);
}

// It is bought, whatever goes wrong here: find_purchase tells the rest.
Result<std::vector<UpstreamOrder>> Taobao::read_created(const PurchaseRequest& request,
                                                        const std::vector<UpstreamOrderId>& created) {
  const auto unread = [&](const std::string& why) {
    return fail(ErrorCode::outcome_unknown, "The order was made but cannot be read yet.",
                created.front().value + ", " + why);
  };
  auto page = read(taobao::orders_call(created), taobao::parse_orders);
  if (!page) return unread(page.error().context);
  std::vector<UpstreamOrder> orders;
  for (const UpstreamOrderId& id : created)
    for (BuyerOrder& each : page->orders)
      if (each.order.upstream_order_id == id) {
        name_as_requested(each.order, request);
        orders.push_back(std::move(each.order));
        break;
      }
  if (orders.size() != created.size()) return unread("not listed");
  return orders;
}

Result<std::vector<UpstreamOrder>> Taobao::find_purchase(const PurchaseId& purchase_id) {
  taobao::OrderSearch search{purchase_id, now_() - settings_.find_within, now_() + clocks_apart, 1};
  std::vector<UpstreamOrder> found;
  for (; search.page <= most_list_pages; ++search.page) {
    TRY(taobao::OrderPage page, read(taobao::find_call(search), taobao::parse_orders));
    for (BuyerOrder& each : page.orders) {
      // Whoever ignores outer_purchase_id lists all; a new order on top moves the others down to the next page.
      const bool is_known = std::any_of(found.begin(), found.end(), [&](const UpstreamOrder& known) {
        return known.upstream_order_id == each.order.upstream_order_id;
      });
      if (each.purchase_id == purchase_id && !is_known) found.push_back(std::move(each.order));
    }
    const bool is_last = page.total >= 0 && search.page * taobao::order_page_size >= page.total;
    if (page.orders.empty() || is_last) return found;
  }
  return fail(ErrorCode::bad_reply, "Taobao's list of orders does not end.", purchase_id.value);
}

Result<BuyerOrder> Taobao::read_buyer_order(const UpstreamOrderId& id) {
  TRY(taobao::OrderPage page, read(taobao::orders_call({id}), taobao::parse_orders));
  for (BuyerOrder& each : page.orders)
    if (each.order.upstream_order_id == id) return std::move(each);
  return fail(ErrorCode::not_found, "Taobao has no such order.", id.value);
}

Result<UpstreamOrder> Taobao::read_order(const UpstreamOrderId& id) {
  TRY(BuyerOrder read_order, read_buyer_order(id));
  UpstreamOrder& order = read_order.order;
  if (!was_shipped(order.state) || has_waybill(order.shipments)) return std::move(order);
  std::vector<UpstreamShipment> shipments;
  for (const std::string& line_id : read_order.line_ids) {
    if (line_id.empty()) continue;
    const auto of_line = read(taobao::logistics_call(line_id), taobao::parse_logistics);
    if (!of_line && of_line.error().code == ErrorCode::not_found) continue;
    if (!of_line) return tl::unexpected(of_line.error());
    for (const UpstreamShipment& each : *of_line)
      taobao::add_shipment(shipments, each.carrier, each.tracking_number.value);
  }
  if (!shipments.empty()) order.shipments = std::move(shipments);
  return std::move(order);
}

Result<void> Taobao::pay_order(const UpstreamOrderId& id) {
  const Result<void> asked = change(taobao::pay_call(id), taobao::parse_payment);
  if (!asked && !is_settled_by_the_order(asked.error().code)) return asked;

  // Asked is not paid.
  const auto order = read_buyer_order(id);
  if (order && is_paid(order->order.state)) return done();
  if (!order && order.error().code == ErrorCode::not_found) return tl::unexpected(order.error());
  if (!asked) return asked;
  if (order && is_over(order->order.state)) return not_now(*order);
  return fail(ErrorCode::outcome_unknown, "Taobao has not paid yet, and may still do so.", id.value);
}

Result<void> Taobao::call_off(const UpstreamOrderId& id) {
  return change(taobao::cancel_call(id), [](const Json& reply) { return taobao::accepted(taobao::Reply(reply)); });
}

// The same call would ask for the money of a paid order, so what the order is comes first.
Result<void> Taobao::cancel_order(const UpstreamOrderId& id) {
  TRY(const BuyerOrder before, read_buyer_order(id));
  if (before.order.state == UpstreamState::closed) return done();
  if (before.order.state != UpstreamState::awaiting_payment) return not_now(before);
  const Result<void> asked = call_off(id);
  if (!asked && !is_settled_by_the_order(asked.error().code)) return asked;

  const auto after = read_buyer_order(id);
  if (after && after->order.state == UpstreamState::closed) return done();
  if (!asked) return asked;
  return fail(ErrorCode::retry_later, "Taobao has not closed the order yet; it is looked at again.", id.value);
}

Result<void> Taobao::request_refund(const UpstreamOrderId& id) {
  TRY(const BuyerOrder order, read_buyer_order(id));
  if (order.order.state == UpstreamState::refunding || order.order.state == UpstreamState::refunded) return done();
  if (!is_paid(order.order.state)) return not_now(order);
  return call_off(id);
}

}  // namespace sampan
