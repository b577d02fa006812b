#include "shared/marketplace/alibaba1688/parse_reply.hpp"

#include <array>

#include "shared/marketplace/alibaba1688/errors.hpp"
#include "shared/marketplace/alibaba1688/logistics.hpp"
#include "shared/marketplace/alibaba1688/order.hpp"
#include "shared/marketplace/alibaba1688/product.hpp"
#include "shared/marketplace/alibaba1688/purchase.hpp"
#include "shared/marketplace/alibaba1688/push.hpp"
#include "shared/marketplace/alibaba1688/refund.hpp"
#include "shared/marketplace/alibaba1688/search.hpp"

namespace sampan::alibaba1688 {
namespace {

struct CreatedOrders {
  std::vector<UpstreamOrderId> upstream_order_ids;
};
FIELDS(CreatedOrders, upstream_order_ids)

struct PreviewValue {
  Money goods;
  Money freight;
  std::string trade_type;
};
FIELDS(PreviewValue, goods, freight, trade_type)

struct OrderValue {
  UpstreamOrder order;
  PurchaseId purchase_id;
  std::string status;
  Money refunded;
};
FIELDS(OrderValue, order, purchase_id, status, refunded)

struct ListedValue {
  UpstreamOrderId upstream_order_id;
  PurchaseId purchase_id;
};
FIELDS(ListedValue, upstream_order_id, purchase_id)

struct ListValue {
  std::vector<ListedValue> orders;
  int64_t total = 0;
};
FIELDS(ListValue, orders, total)

struct Shipments {
  std::vector<UpstreamShipment> shipments;
};
FIELDS(Shipments, shipments)

struct TraceStep {
  std::string at;  // China time, as it was written
  std::string what;
};
FIELDS(TraceStep, at, what)

struct Trace {
  TrackingNumber tracking_number;
  std::vector<TraceStep> steps;
};
FIELDS(Trace, tracking_number, steps)

struct Paid {
  bool paid = false;
};
FIELDS(Paid, paid)

struct PayPage {
  std::string pay_url;
  std::vector<UpstreamOrderId> refused;
};
FIELDS(PayPage, pay_url, refused)

struct StockValue {
  ProductId product_id;
  SkuId sku_id;
  StockLevel level;
};
FIELDS(StockValue, product_id, sku_id, level)

struct PushValue {
  std::string message_id;
  std::string type;
  std::vector<UpstreamOrderId> orders;
  std::vector<ProductId> products;
  std::vector<StockValue> stock_changes;
};
FIELDS(PushValue, message_id, type, orders, products, stock_changes)

struct PushPage {
  std::vector<PushValue> messages;
};
FIELDS(PushPage, messages)

struct TokenValue {
  std::string access_token;
  std::string refresh_token;
  int64_t expires_in_seconds = 0;
};
FIELDS(TokenValue, access_token, refresh_token, expires_in_seconds)

Result<std::string> product_value(const Json& json) {
  TRY(const ProductReading reading, parse_product(json, Instant{}));
  return to_json(reading);
}

Result<std::string> search_value(const Json& json) {
  TRY(const SearchPage page, parse_search(json));
  return to_json(page);
}

Result<std::string> preview_value(const Json& json) {
  TRY(const Preview preview, parse_preview(json));
  return to_json(PreviewValue{preview.sums.goods, preview.sums.freight, preview.trade_type});
}

Result<std::string> created_value(const Json& json) {
  TRY(std::vector<UpstreamOrderId> ids, parse_created(json));
  return to_json(CreatedOrders{std::move(ids)});
}

Result<std::string> order_value(const Json& json) {
  TRY(const BuyerOrder read, parse_order(json));
  return to_json(OrderValue{read.order, read.purchase_id, read.status, read.refunded});
}

Result<std::string> list_value(const Json& json) {
  TRY(const OrderList list, parse_order_list(json));
  ListValue value{{}, list.total};
  for (const ListedOrder& order : list.orders) value.orders.push_back({order.upstream_order_id, order.purchase_id});
  return to_json(value);
}

Result<std::string> shipments_value(const Json& json) {
  TRY(std::vector<UpstreamShipment> shipments, parse_logistics(json));
  return to_json(Shipments{std::move(shipments)});
}

Result<std::string> trace_value(const Json& json) {
  TRY(const Reply at, payload(Reply(json), {"logisticsTrace"}));
  std::vector<Trace> traces;
  for (const Reply& row : at["logisticsTrace"].items()) {
    Trace trace{{row["logisticsBillNo"].text()}, {}};
    for (const Reply& step : row["logisticsSteps"].items())
      trace.steps.push_back({step["acceptTime"].text(), step["remark"].text()});
    traces.push_back(std::move(trace));
  }
  return to_json(traces);
}

Result<std::string> paid_value(const Json& json) {
  TRY(const bool paid, parse_payment(json));
  return to_json(Paid{paid});
}

Result<std::string> pay_page_value(const Json& json) {
  TRY(const Reply at, payload(Reply(json), {"payUrl"}));
  PayPage page{at["payUrl"].text(), {}};
  for (const Reply& id : at["payFailureOrderList"].items()) page.refused.push_back({id.text()});
  return to_json(page);
}

PushValue value_of(const PushMessage& message) {
  PushValue value{message.message_id, message.type, message.orders, message.products, {}};
  for (const StockChange& change : message.stock_changes)
    value.stock_changes.push_back({change.product_id, change.sku_id, change.level});
  return value;
}

Result<std::string> push_value(const Json& json) {
  TRY(const PushMessage message, parse_push(json_text(json)));
  return to_json(value_of(message));
}

Result<std::string> push_page_value(const Json& json) {
  TRY(const Reply at, payload(Reply(json), {"pushMessagePage"}));
  PushPage page;
  const Json* const listed =
      json.find("pushMessagePage") == nullptr ? nullptr : json.find("pushMessagePage")->find("datas");
  if (listed == nullptr) return at["pushMessagePage"]["datas"].unreadable("the list of messages");
  for (const Json& each : listed->items) {
    TRY(const PushMessage message, parse_push(json_text(each)));
    page.messages.push_back(value_of(message));
  }
  return to_json(page);
}

Result<std::string> token_value(const Json& json) {
  const Reply at(json);
  TRY(std::string access_token, at["access_token"].required_text());
  return to_json(TokenValue{std::move(access_token), at["refresh_token"].text(), at["expires_in"].whole().value_or(0)});
}

Result<std::string> refund_value(const Json& json) {
  TRY_DO(parse_refund(json));
  return std::string("{}");
}

Result<std::string> accepted_value(const Json& json) {
  TRY_DO(accepted(Reply(json)));
  return std::string("{}");
}

struct Row {
  std::string_view api;
  Result<std::string> (*parse)(const Json& json);
};
constexpr std::array rows{
    Row{"product.search.queryProductDetail", product_value},
    Row{"product.search.keywordQuery", search_value},
    Row{"alibaba.createOrder.preview", preview_value},
    Row{"alibaba.trade.createCrossOrder", created_value},
    Row{"alibaba.trade.fastCreateOrder", created_value},
    Row{"alibaba.trade.get.buyerView", order_value},
    Row{"alibaba.trade.getBuyerOrderList", list_value},
    Row{"alibaba.trade.getLogisticsInfos.buyerView", shipments_value},
    Row{"alibaba.trade.getLogisticsTraceInfo.buyerView", trace_value},
    Row{"alibaba.trade.pay.protocolPay.preparePay", paid_value},
    Row{"alibaba.alipay.url.get", pay_page_value},
    Row{"alibaba.crossBorderPay.url.get", pay_page_value},
    Row{"alibaba.trade.cancel", accepted_value},
    Row{"alibaba.trade.createRefund", refund_value},
    Row{"push.query.messageList", push_page_value},
    Row{"getToken", token_value},
};

// What stands on the top level, or in `result` or `result.result`, tells what it is.
struct ShapeRow {
  std::string_view member;
  Result<std::string> (*parse)(const Json& json);
};
constexpr std::array shapes{
    ShapeRow{"access_token", token_value},
    ShapeRow{"msgId", push_value},
    ShapeRow{"pushMessagePage", push_page_value},
    ShapeRow{"offerId", product_value},
    ShapeRow{"totalRecords", search_value},
    ShapeRow{"orderPreviewResuslt", preview_value},
    ShapeRow{"baseInfo", order_value},
    ShapeRow{"logisticsTrace", trace_value},
    ShapeRow{"paySuccess", paid_value},
    ShapeRow{"payUrl", pay_page_value},
    ShapeRow{"failedOfferList", created_value},
    ShapeRow{"orderId", created_value},
    ShapeRow{"orderList", created_value},
};

bool has(const Json& json, std::string_view member) {
  const Json* level = &json;
  for (int depth = 0; depth < 3 && level != nullptr; ++depth, level = level->find("result"))
    if (level->find(member) != nullptr) return true;
  return false;
}

// A list of orders and a list of shipments are arrays: their first row tells.
Result<std::string> array_value(const Json& json) {
  const auto row = payload_array(Reply(json));
  if (!row) return tl::unexpected(row.error());
  const auto items = row->items();
  if (!items.empty() && items.front()["baseInfo"].has_value()) return list_value(json);
  return shipments_value(json);
}

// A relay puts what 1688 answered into an envelope of its own, under `data`.
Json without_envelope(const Json& reply) {
  const Json* const data = reply.find("data");
  if (data == nullptr || data->find("offerId") == nullptr) return reply;
  Json result;
  result.kind = JsonKind::object;
  result.members.push_back({"result", *data});
  return result;
}

}  // namespace

Result<std::string> parse_reply(std::string_view api, const Json& reply) {
  if (reply.find("msgId") != nullptr) return push_value(reply);
  TRY(const Json json, read_reply({200, {}, json_text(without_envelope(reply))}));
  const std::string_view name =
      api.substr(api.find_last_of(":/") == std::string_view::npos ? 0 : api.find_last_of(":/") + 1);
  for (const Row& row : rows)
    if (row.api == name) return row.parse(json);
  if (!name.empty())
    return fail(ErrorCode::bad_input, "This API of 1688 is not known here; leave it empty to go by the shape.",
                std::string(name.substr(0, 60)));
  for (const ShapeRow& row : shapes)
    if (has(json, row.member)) return row.parse(json);
  return array_value(json);
}

}  // namespace sampan::alibaba1688
