#include "shared/marketplace/alibaba1688/alibaba1688.hpp"

#include <algorithm>
#include <utility>

#include "shared/marketplace/alibaba1688/errors.hpp"
#include "shared/marketplace/alibaba1688/logistics.hpp"
#include "shared/marketplace/alibaba1688/product.hpp"
#include "shared/marketplace/alibaba1688/refund.hpp"
#include "shared/marketplace/alibaba1688/search.hpp"

namespace sampan {
namespace {

using alibaba1688::BuyerOrder;
using alibaba1688::Call;
using alibaba1688::ListedOrder;

constexpr int64_t most_list_pages = 200;

template <class T>
Result<T> with_code(Result<T> result, ErrorCode from, ErrorCode to) {
  if (!result && result.error().code == from) result.error().code = to;
  return result;
}

bool is_paid(UpstreamState state) { return state != UpstreamState::awaiting_payment && state != UpstreamState::closed; }

bool is_refunded(UpstreamState state) { return state == UpstreamState::refunding || state == UpstreamState::refunded; }

bool was_shipped(UpstreamState state) { return state == UpstreamState::shipped || state == UpstreamState::received; }

bool has_waybill(const std::vector<UpstreamShipment>& shipments) {
  return std::any_of(shipments.begin(), shipments.end(),
                     [](const UpstreamShipment& s) { return !s.tracking_number.is_empty(); });
}

// The gateway's answer leaves open whether the call was understood; the order itself knows.
bool is_settled_by_the_order(ErrorCode code) {
  return code == ErrorCode::rejected || code == ErrorCode::outcome_unknown || code == ErrorCode::bad_request;
}

}  // namespace

Alibaba1688::Alibaba1688(Alibaba1688Settings settings, HttpSend send, SignCall sign, std::function<Instant()> now)
    : settings_(std::move(settings)), send_(std::move(send)), sign_(std::move(sign)), now_(std::move(now)) {}

// A call that is refused for its token has done nothing, one that buys neither: it goes out once more with another.
Result<Json> Alibaba1688::ask(const Call& call) {
  TRY(std::string token, settings_.access_token({}));
  TRY(HttpReply reply, send_with(token, call));
  if (alibaba1688::is_token_answer(reply)) {
    TRY(token, settings_.access_token(token));
    TRY(reply, send_with(token, call));
  }
  return alibaba1688::read_reply(reply);
}

Result<HttpReply> Alibaba1688::send_with(const std::string& token, const Call& call) {
  std::vector<Parameter> parameters = call.parameters;
  parameters.push_back({"access_token", token});
  parameters.push_back({"_aop_timestamp", std::to_string(now_().ms)});
  const std::string path = signed_path(call, settings_.app_key);
  parameters.push_back({"_aop_signature", sign_(path, parameters)});
  return send_(alibaba1688::request_of(path, parameters));
}

template <class Parse>
auto Alibaba1688::read(const Call& call, const Parse& parse) {
  auto result = ask(call).and_then(parse).map_error([&](Error error) { return within(std::move(error), call.api); });
  return with_code(std::move(result), ErrorCode::outcome_unknown, ErrorCode::retry_later);
}

template <class Parse>
auto Alibaba1688::change(const Call& call, const Parse& parse) {
  auto result = ask(call).and_then(parse).map_error([&](Error error) { return within(std::move(error), call.api); });
  return with_code(std::move(result), ErrorCode::bad_reply, ErrorCode::outcome_unknown);
}

Result<SearchPage> Alibaba1688::search(const ProductSearch& search) {
  return read(alibaba1688::search_call(search, settings_.language), alibaba1688::parse_search);
}

Result<ProductReading> Alibaba1688::read_product(const ProductId& product_id) {
  const Instant now = now_();
  return read(alibaba1688::product_call(product_id, settings_.language),
              [&](const Json& reply) { return alibaba1688::parse_product(reply, now); });
}

Result<alibaba1688::Preview> Alibaba1688::preview(const PurchaseRequest& request) {
  TRY_DO(alibaba1688::check_lines(request));
  return read(alibaba1688::preview_call(request, settings_.ship_to), alibaba1688::parse_preview);
}

Result<PurchasePreview> Alibaba1688::preview_purchase(const PurchaseRequest& request) {
  TRY(const alibaba1688::Preview previewed, preview(request));
  return previewed.sums;
}

// The preview tells how the seller trades and refuses what cannot be sold, before anything is bought.
Result<std::vector<UpstreamOrder>> Alibaba1688::place_purchase(const PurchaseRequest& request) {
  TRY(const alibaba1688::Preview previewed, preview(request));
  TRY(const std::vector<UpstreamOrderId> created,
      change(alibaba1688::create_call(request, settings_.ship_to, previewed.trade_type), alibaba1688::parse_created));
  std::vector<UpstreamOrder> orders;
  for (const UpstreamOrderId& id : created) {
    auto order = read_order(id);
    // It is bought, whatever this says: find_purchase tells the rest.
    if (!order)
      return fail(ErrorCode::outcome_unknown, "The order was made but cannot be read yet.",
                  id.value + ", " + order.error().context);
    orders.push_back(*std::move(order));
  }
  return orders;
}

Result<std::vector<ListedOrder>> Alibaba1688::list_orders(const PurchaseId& purchase_id) {
  const Instant since = now_() - settings_.find_within;
  std::vector<ListedOrder> all;
  for (int64_t page = 1; page <= most_list_pages; ++page) {
    TRY(const alibaba1688::OrderList list,
        read(alibaba1688::order_list_call(purchase_id, since, page), alibaba1688::parse_order_list));
    for (const ListedOrder& order : list.orders) {
      // A new order on top moves the others down: one may be seen on two pages.
      const bool is_known = std::any_of(all.begin(), all.end(), [&](const ListedOrder& known) {
        return known.upstream_order_id == order.upstream_order_id;
      });
      if (!is_known) all.push_back(order);
    }
    const bool is_last = list.total >= 0 && page * alibaba1688::order_list_page_size >= list.total;
    if (list.orders.empty() || is_last) return all;
  }
  return fail(ErrorCode::bad_reply, "1688's list of orders does not end.", purchase_id.value);
}

Result<std::vector<UpstreamOrder>> Alibaba1688::find_purchase(const PurchaseId& purchase_id) {
  TRY(const std::vector<ListedOrder> listed, list_orders(purchase_id));
  std::vector<UpstreamOrder> orders;
  for (const ListedOrder& each : listed) {
    if (!each.purchase_id.is_empty() && !(each.purchase_id == purchase_id)) continue;
    TRY(BuyerOrder order, read_buyer_order(each.upstream_order_id));
    if (order.purchase_id == purchase_id || each.purchase_id == purchase_id) orders.push_back(std::move(order.order));
  }
  return orders;
}

Result<BuyerOrder> Alibaba1688::read_buyer_order(const UpstreamOrderId& id) {
  TRY(BuyerOrder order, read(alibaba1688::order_call(id), alibaba1688::parse_order));
  order.order.upstream_order_id = id;
  return order;
}

Result<UpstreamOrder> Alibaba1688::read_order(const UpstreamOrderId& id) {
  TRY(BuyerOrder read_order, read_buyer_order(id));
  UpstreamOrder& order = read_order.order;
  if (!was_shipped(order.state) || has_waybill(order.shipments)) return std::move(order);
  auto shipments = read(alibaba1688::logistics_call(id), alibaba1688::parse_logistics);
  if (!shipments && shipments.error().code != ErrorCode::not_found) return tl::unexpected(shipments.error());
  if (shipments && !shipments->empty()) order.shipments = *std::move(shipments);
  return std::move(order);
}

Result<void> Alibaba1688::pay_order(const UpstreamOrderId& id) {
  const Result<bool> paid = change(alibaba1688::pay_call(id), alibaba1688::parse_payment);
  if (paid && *paid) return done();
  if (!paid && !is_settled_by_the_order(paid.error().code)) return tl::unexpected(paid.error());

  const auto order = read_buyer_order(id);
  if (order && is_paid(order->order.state)) return done();
  if (!order && order.error().code == ErrorCode::not_found) return tl::unexpected(order.error());
  if (!paid) return tl::unexpected(paid.error());
  return fail(ErrorCode::outcome_unknown, "1688 has not paid yet, and may still do so.", id.value);
}

Result<void> Alibaba1688::cancel_order(const UpstreamOrderId& id) {
  const Result<void> cancelled = change(
      alibaba1688::cancel_call(id), [](const Json& reply) { return alibaba1688::accepted(alibaba1688::Reply(reply)); });
  if (cancelled || !is_settled_by_the_order(cancelled.error().code)) return cancelled;

  const auto order = read_buyer_order(id);
  if (order && order->order.state == UpstreamState::closed) return done();
  if (!order && order.error().code == ErrorCode::not_found) return tl::unexpected(order.error());
  return cancelled;
}

Result<void> Alibaba1688::request_refund(const UpstreamOrderId& id) {
  TRY(const BuyerOrder order, read_buyer_order(id));
  if (is_refunded(order.order.state)) return done();
  TRY(const std::string goods, alibaba1688::goods_status(order));
  const auto ask_back = [&]() -> Result<void> {
    TRY(const alibaba1688::RefundReason reason,
        read(alibaba1688::refund_reasons_call(order, goods), alibaba1688::parse_refund_reason));
    return change(alibaba1688::refund_call(order, goods, reason), alibaba1688::parse_refund);
  };
  const Result<void> asked = ask_back();
  if (asked || !is_settled_by_the_order(asked.error().code)) return asked;

  // Somebody was faster: an attempt of ours whose answer was lost, or the seller.
  const auto now = read_buyer_order(id);
  if (now && is_refunded(now->order.state)) return done();
  return asked;
}

}  // namespace sampan
