// Orders of the simulated 1688 as its buyer reads them, one or a page of them.
//
// Unit    baseInfo and productItems are yuan numbers, but refundPayment, discount and entryDiscount are fen
// Source  upstream.md 4.5 and 9; open.1688.com com.alibaba.trade:alibaba.trade.get.buyerView-1,
//         alibaba.trade.getBuyerOrderList-1 (which takes outOrderId, too)
#include <algorithm>
#include <array>

#include "proxy/sandbox/aop_api.hpp"
#include "proxy/sandbox/aop_order.hpp"
#include "proxy/sandbox/wire_json.hpp"
#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {
namespace {

constexpr std::string_view space = "com.alibaba.trade";
constexpr int64_t page_size_default = 20;
constexpr int64_t largest_page = 50;

Json yuan(int64_t fen) { return json_decimal(fen, 2); }

void put_time(std::vector<JsonMember>& members, std::string name, std::optional<Instant> at) {
  if (at) members.push_back({std::move(name), json_string(aop_time(*at))});
}

// Who closed it; nothing for an order that is not closed.
std::string_view close_reason(const MarketOrder& order, const SimulatedMarket& market) {
  const UpstreamOrderId& id = order.upstream_order_id;
  if (time_of(market, id, MarketEvent::buyer_cancelled)) return "buyerCancel";
  if (time_of(market, id, MarketEvent::seller_closed)) return "sellerGoodsLack";
  if (time_of(market, id, MarketEvent::payment_timed_out)) return "other";
  return {};
}

Json base_info(const MarketOrder& order, const AopScene& call) {
  const SimulatedMarket& market = call.scene.alibaba1688;
  const UpstreamOrderId& id = order.upstream_order_id;
  std::vector<JsonMember> base{
      {"id", json_id(id.value)},
      {"idOfStr", json_string(id.value)},
      {"status", json_string(aop_order_status(order, market))},
      {"businessType", json_string("cn")},
      {"tradeType", json_string("50060")},
      {"buyerID", json_string(call.account.member_id)},
      {"sellerID", json_string(seller_member_id(order.seller_id))},
      {"totalAmount", yuan(total_fen(order))},
      {"sumProductPayment", yuan(order.goods_fen)},
      {"shippingFee", yuan(order.freight_fen)},
      {"discount", json_integer(0)},
      {"refund", yuan(order.refunded_fen)},
      {"refundPayment", json_integer(order.refunded_fen)},
      {"stepPayAll", json_boolean(false)},
      {"payTimeout", json_integer(market.rules().pay_within_hours * 3600)},
      {"createTime", json_string(aop_time(order.created_at))},
  };
  put_time(base, "modifyTime", last_change(market, id));
  put_time(base, "payTime", time_of(market, id, MarketEvent::paid));
  put_time(base, "allDeliveredTime", time_of(market, id, MarketEvent::dispatched));
  put_time(base, "receivingTime", time_of(market, id, MarketEvent::arrived));
  if (!order.purchase_id.is_empty()) base.push_back({"outOrderId", json_string(order.purchase_id.value)});
  if (const auto status = aop_refund_status(order); !status.empty())
    base.push_back({"refundStatus", json_string(status)});
  if (const auto reason = close_reason(order, market); !reason.empty())
    base.push_back({"closeReason", json_string(reason)});
  return json_object(std::move(base));
}

// 1 not shipped, 2 shipped, 3 received, 4 returned.
int64_t logistics_status(const MarketOrder& order, std::string_view status) {
  if (order.state == UpstreamState::refunded && !order.shipments.empty()) return 4;
  if (status == "confirm_goods") return 3;
  return order.shipments.empty() ? 1 : 2;
}

// An item says it in upper case, its order in lower case.
std::string_view item_refund_status(const MarketOrder& order) {
  if (order.state == UpstreamState::refunding) return "WAIT_SELLER_AGREE";
  if (order.state == UpstreamState::refunded) return "REFUND_SUCCESS";
  return {};
}

std::string_view in_chinese(std::string_view status) {
  struct Row {
    std::string_view status;
    std::string_view text;
  };
  constexpr std::array rows{Row{"waitbuyerpay", "等待买家付款"},
                            Row{"waitsellersend", "等待卖家发货"},
                            Row{"waitbuyerreceive", "等待买家收货"},
                            Row{"confirm_goods", "已收货"},
                            Row{"cancel", "交易取消"},
                            Row{"terminated", "交易终止"}};
  for (const Row& row : rows)
    if (row.status == status) return row.text;
  return status;
}

// The options of the SKU that a line names; none where the catalogue has it no more.
Json sku_options(const OfferView& view, const MarketOrderLine& line) {
  std::vector<Json> options;
  for (const CatalogueSku& sku : view.product.skus) {
    if (!(listed_sku_id(view.product, sku) == line.sku_id)) continue;
    for (size_t i = 0; i < sku.values.size(); ++i) {
      const CatalogueOption& option = view.product.options[i];
      options.push_back(json_object({{"name", json_string(option.zh)},
                                     {"value", json_string(option.values[static_cast<size_t>(sku.values[i])].zh)}}));
    }
  }
  return json_array(std::move(options));
}

Json product_item(const MarketOrder& order, size_t index, const AopScene& call) {
  const MarketOrderLine& line = order.lines[index];
  const std::string_view status = aop_order_status(order, call.scene.alibaba1688);
  const auto view = call.scene.alibaba1688.read_offer(line.product_id, call.scene.now);
  // The market took these prices when it made the order, and they did not overflow then.
  const int64_t amount_fen = line_total(line.unit_price, line.quantity)->minor;
  std::vector<JsonMember> item{
      {"itemAmount", yuan(amount_fen)},
      {"name", json_string(view ? view->product.title_zh : "")},
      {"price", json_decimal(line.unit_price.ten_thousandths, 4)},
      {"productID", json_id(line.product_id.value)},
      {"productImgUrl", json_array({})},
      {"quantity", json_integer(line.quantity)},
      {"refund", yuan(order.state == UpstreamState::refunded ? amount_fen : 0)},
      {"status", json_string(status)},
      {"statusStr", json_string(in_chinese(status))},
      {"subItemID", json_id(sub_item_id(order, index))},
      {"subItemIDString", json_string(sub_item_id(order, index))},
      {"type", json_string("common")},
      {"unit", json_string("件")},
      {"quantityFactor", json_integer(1)},
      {"entryDiscount", json_integer(0)},
      {"logisticsStatus", json_integer(logistics_status(order, status))},
      {"gmtCreate", json_string(aop_time(order.created_at))},
  };
  if (!line.order_key.empty()) {
    item.push_back({"skuID", json_id(line.sku_id.value)});
    item.push_back({"specId", json_string(line.order_key)});
  }
  if (view && has_variants(view->product)) item.push_back({"skuInfos", sku_options(*view, line)});
  if (const auto refund = item_refund_status(order); !refund.empty())
    item.push_back({"refundStatus", json_string(refund)});
  return json_object(std::move(item));
}

Json product_items(const MarketOrder& order, const AopScene& call) {
  std::vector<Json> items;
  for (size_t i = 0; i < order.lines.size(); ++i) items.push_back(product_item(order, i, call));
  return json_array(std::move(items));
}

Json native_logistics(const MarketOrder& order, const AopScene& call) {
  const auto sent = time_of(call.scene.alibaba1688, order.upstream_order_id, MarketEvent::dispatched);
  std::vector<Json> shipments;
  for (const UpstreamShipment& shipment : order.shipments) {
    std::vector<JsonMember> row{
        {"logisticsCode", json_string(logistics_id(order))},
        {"type", json_string("0")},
        {"id", json_id(logistics_id(order).substr(2))},
        {"status", json_string("alreadysend")},
        {"logisticsCompanyName", json_string(shipment.carrier)},
        {"logisticsBillNo", json_string(shipment.tracking_number.value)},
        {"subItemIds", json_string(all_sub_item_ids(order))},
    };
    put_time(row, "deliveredTime", sent);
    put_time(row, "gmtCreate", sent);
    shipments.push_back(json_object(std::move(row)));
  }
  return json_object({{"logisticsItems", json_array(std::move(shipments))}});
}

Json trade_terms(const MarketOrder& order, const AopScene& call) {
  std::vector<JsonMember> term{{"payStatus", json_string(order.paid_fen > 0 ? "2" : "1")},
                               {"payWay", json_string("1")},
                               {"phasAmount", yuan(total_fen(order))},
                               {"phase", json_id(order.upstream_order_id.value)}};
  put_time(term, "payTime", time_of(call.scene.alibaba1688, order.upstream_order_id, MarketEvent::paid));
  return json_array({json_object(std::move(term))});
}

Result<Json> buyer_view(const AopScene& call) {
  TRY_DO(check_web_site(call.parameters));
  TRY(const MarketOrder order, call.scene.alibaba1688.read_order({call.parameters.text("orderId")}, call.scene.now));
  return json_object({{"result", json_object({{"baseInfo", base_info(order, call)},
                                              {"nativeLogistics", native_logistics(order, call)},
                                              {"productItems", product_items(order, call)},
                                              {"tradeTerms", trade_terms(order, call)},
                                              {"extAttributes", json_array({})}})},
                      {"success", json_boolean(true)}});
}

// The list

struct ListQuery {
  int64_t page = 1;
  int64_t page_size = page_size_default;
  bool is_history = false;  // orders older than what the market keeps: it has none
  std::string status;
  std::string out_order_id;
  std::optional<Instant> created_from;
  std::optional<Instant> created_to;
};

Result<ListQuery> list_query(const AopParameters& parameters) {
  ListQuery query;
  TRY(query.page, parameters.integer("page", query.page));
  TRY(query.page_size, parameters.integer("pageSize", query.page_size));
  if (query.page < 1) return malformed("page");
  if (query.page_size < 1 || query.page_size > largest_page) return malformed("pageSize");
  query.is_history = parameters.text("isHis") == "true";
  query.status = parameters.text("orderStatus");
  query.out_order_id = parameters.text("outOrderId");
  TRY(query.created_from, parameters.time("createStartTime"));
  TRY(query.created_to, parameters.time("createEndTime"));
  return query;
}

bool matches(const ListQuery& query, const MarketOrder& order, const AopScene& call) {
  const MarketRules& rules = call.scene.alibaba1688.rules();
  if (query.is_history || call.scene.now < order.created_at + seconds(rules.listing_lag_seconds)) return false;
  if (query.created_from && order.created_at < *query.created_from) return false;
  if (query.created_to && *query.created_to < order.created_at) return false;
  if (!query.out_order_id.empty() && order.purchase_id.value != query.out_order_id) return false;
  return query.status.empty() || query.status == aop_order_status(order, call.scene.alibaba1688);
}

// The newest first.
std::vector<MarketOrder> orders_matching(const ListQuery& query, const AopScene& call) {
  std::vector<MarketOrder> found;
  const MarketBooks books = call.scene.alibaba1688.books();
  for (const auto& each : books.orders)
    for (const MarketOrder& order : each.second)
      if (matches(query, order, call)) found.push_back(order);
  std::sort(found.begin(), found.end(), [](const MarketOrder& a, const MarketOrder& b) {
    if (!(a.created_at == b.created_at)) return b.created_at < a.created_at;
    return b.upstream_order_id < a.upstream_order_id;
  });
  return found;
}

Result<Json> buyer_order_list(const AopScene& call) {
  TRY(const ListQuery query, list_query(call.parameters));
  const std::vector<MarketOrder> found = orders_matching(query, call);
  std::vector<Json> rows;
  const auto total = static_cast<int64_t>(found.size());
  const int64_t pages_before = std::min(query.page - 1, total);
  for (int64_t i = pages_before * query.page_size; i < std::min(total, (pages_before + 1) * query.page_size); ++i) {
    const MarketOrder& order = found[static_cast<size_t>(i)];
    rows.push_back(json_object({{"baseInfo", base_info(order, call)},
                                {"productItems", product_items(order, call)},
                                {"tradeTerms", trade_terms(order, call)}}));
  }
  return json_object({{"result", json_array(std::move(rows))}, {"totalRecord", json_integer(total)}});
}

}  // namespace

std::vector<AopApi> aop_order_reading_apis() {
  const AopRefusalShape shape = AopRefusalShape::top_error_message;
  return {
      {space, "alibaba.trade.get.buyerView", false, true, shape, {"webSite", "orderId"}, buyer_view},
      {space, "alibaba.trade.getBuyerOrderList", false, true, shape, {}, buyer_order_list},
  };
}

}  // namespace sampan
