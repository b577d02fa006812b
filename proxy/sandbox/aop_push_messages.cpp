// What each event of the market is told as. An event that 1688 does not tell makes no message.
#include <algorithm>
#include <array>

#include "proxy/sandbox/aop_order.hpp"
#include "proxy/sandbox/aop_push.hpp"
#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

// The spelling of COMFIRM is the platform's.
struct OrderTopic {
  MarketEvent event;
  std::string_view type;
  std::string_view status;
  std::string_view refund_action;
};
constexpr std::array order_topics{
    OrderTopic{MarketEvent::placed, "ORDER_BUYER_VIEW_BUYER_MAKE", "waitbuyerpay", ""},
    OrderTopic{MarketEvent::paid, "ORDER_BUYER_VIEW_ORDER_PAY", "waitsellersend", ""},
    OrderTopic{MarketEvent::payment_timed_out, "ORDER_BUYER_VIEW_ORDER_BOPS_CLOSE", "cancel", ""},
    OrderTopic{MarketEvent::buyer_cancelled, "ORDER_BUYER_VIEW_ORDER_BUYER_CLOSE", "cancel", ""},
    OrderTopic{MarketEvent::seller_closed, "ORDER_BUYER_VIEW_ORDER_SELLER_CLOSE", "cancel", ""},
    OrderTopic{MarketEvent::dispatched, "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS", "waitbuyerreceive", ""},
    OrderTopic{MarketEvent::arrived, "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS", "confirm_goods", ""},
    OrderTopic{MarketEvent::refund_asked, "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES", "waitselleragree",
               "BUYER_APPLY_REFUND"},
    OrderTopic{MarketEvent::refund_granted, "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES", "refundsuccess",
               "SELLER_AGREE_REFUND"},
};

struct ProductTopic {
  MarketEvent event;
  std::string_view type;
  std::string_view status;
};
constexpr std::array product_topics{
    ProductTopic{MarketEvent::price_set, "PRODUCT_RELATION_VIEW_PRODUCT_NEW_OR_MODIFY",
                 "RELATION_VIEW_PRODUCT_NEW_OR_MODIFY"},
    ProductTopic{MarketEvent::taken_off_sale, "PRODUCT_RELATION_VIEW_PRODUCT_EXPIRE", "RELATION_VIEW_PRODUCT_EXPIRE"},
    ProductTopic{MarketEvent::put_on_sale, "PRODUCT_RELATION_VIEW_PRODUCT_REPOST", "RELATION_VIEW_PRODUCT_REPOST"},
};

struct Telling {
  std::string_view type;
  std::string biz_key;
  Json data;
};

// A log entry makes at most this many messages; their ids follow from its number, so that they are the same after a crash.
constexpr int64_t messages_an_entry = 4;
constexpr int64_t first_msg_id = 7'565'000'000;

Json order_data(const OrderTopic& topic, const MarketOrder& order, const MarketLogEntry& entry,
                const AopAccount& account) {
  Json data = json_object({{"buyerMemberId", json_string(account.member_id)},
                           {"currentStatus", json_string(topic.status)},
                           {"orderId", json_id(order.upstream_order_id.value)},
                           {"sellerMemberId", json_string(seller_member_id(order.seller_id))},
                           {"msgSendTime", json_string(china_time(entry.at))}});
  if (!topic.refund_action.empty()) data.members.push_back({"refundAction", json_string(topic.refund_action)});
  return data;
}

Json trace_data(std::string_view status, const MarketOrder& order, const MarketLogEntry& entry) {
  std::vector<Json> items;
  for (size_t i = 0; i < order.lines.size(); ++i)
    items.push_back(json_object(
        {{"orderId", json_id(order.upstream_order_id.value)}, {"orderEntryId", json_id(sub_item_id(order, i))}}));
  const std::string number = order.shipments.empty() ? "" : order.shipments.front().tracking_number.value;
  return json_object({{"OrderLogisticsTracingModel", json_object({
                                                         {"logisticsId", json_string(logistics_id(order))},
                                                         {"cpCode", json_string("8")},
                                                         {"mailNo", json_string(number)},
                                                         {"statusChanged", json_string(status)},
                                                         {"changeTime", json_string(china_time(entry.at))},
                                                         {"orderLogsItems", json_array(std::move(items))},
                                                     })}});
}

void tell_order(std::vector<Telling>& told, Scene& scene, const MarketLogEntry& entry, const AopAccount& account) {
  const auto order = scene.alibaba1688.read_order(entry.upstream_order_id, scene.now);
  if (!order) return;
  const std::string& id = entry.upstream_order_id.value;
  for (const OrderTopic& topic : order_topics)
    if (topic.event == entry.event) told.push_back({topic.type, id, order_data(topic, *order, entry, account)});
  if (entry.event == MarketEvent::dispatched)
    told.push_back({"LOGISTICS_BUYER_VIEW_TRACE", id, trace_data("CONSIGN", *order, entry)});
  if (entry.event == MarketEvent::arrived)
    told.push_back({"LOGISTICS_BUYER_VIEW_TRACE", id, trace_data("SIGN", *order, entry)});
}

// Absolute figures, of the SKUs whose stock is a number; the log does not keep by how much it moved.
Json inventory_data(const OfferView& view, const MarketLogEntry& entry) {
  int64_t offer_on_sale = 0;
  for (const SkuOffer& sku : view.offer.skus)
    if (sku.level.knowledge == StockKnowledge::number) offer_on_sale += sku.level.quantity;
  std::vector<Json> rows;
  for (const SkuOffer& sku : view.offer.skus) {
    if (sku.level.knowledge != StockKnowledge::number) continue;
    Json row = json_object(
        {{"offerId", json_id(view.product.product_id.value)}, {"offerOnSale", json_integer(offer_on_sale)}});
    if (has_variants(view.product)) {
      row.members.push_back({"skuId", json_id(sku.sku_id.value)});
      row.members.push_back({"skuOnSale", json_integer(sku.level.quantity)});
    }
    row.members.push_back({"quantity", json_integer(0)});
    row.members.push_back({"bizTime", json_string(std::to_string(entry.at.ms))});
    rows.push_back(std::move(row));
  }
  return json_object({{"OfferInventoryChangeList", json_array(std::move(rows))}});
}

void tell_product(std::vector<Telling>& told, Scene& scene, const MarketLogEntry& entry, const AopAccount& account) {
  const auto view = scene.alibaba1688.read_offer(entry.product_id, scene.now);
  if (!view) return;
  const std::string& id = entry.product_id.value;
  if (entry.event == MarketEvent::stock_set)
    told.push_back({"PRODUCT_PRODUCT_INVENTORY_CHANGE", id, inventory_data(*view, entry)});
  for (const ProductTopic& topic : product_topics)
    if (topic.event == entry.event)
      told.push_back({topic.type, id,
                      json_object({{"productIds", json_string(id)},
                                   {"memberId", json_string(account.member_id)},
                                   {"status", json_string(topic.status)},
                                   {"msgSendTime", json_string(china_time(entry.at))}})});
}

PushMessage message_of(Telling telling, int64_t msg_id, const MarketLogEntry& entry, const AopAccount& account,
                       Instant now) {
  const std::string text = json_text(json_object({{"bizKey", json_string(telling.biz_key)},
                                                  {"data", std::move(telling.data)},
                                                  {"gmtBorn", json_integer(entry.at.ms)},
                                                  {"msgId", json_integer(msg_id)},
                                                  {"type", json_string(telling.type)},
                                                  {"userInfo", json_string(account.member_id)}}));
  return {msg_id, std::string(telling.type), entry.at, text, 0, now};
}

}  // namespace

void take_in_log(Scene& scene, const AopAccount& account) {
  // A copy: reading an order or an offer may move the market, and its log with it.
  const std::vector<MarketLogEntry> log = scene.alibaba1688.log();
  for (auto n = scene.pushes.log_entries_seen; n < static_cast<int64_t>(log.size()); ++n) {
    const MarketLogEntry& entry = log[static_cast<size_t>(n)];
    std::vector<Telling> told;
    if (!entry.upstream_order_id.is_empty()) tell_order(told, scene, entry, account);
    if (!entry.product_id.is_empty()) tell_product(told, scene, entry, account);
    int64_t msg_id = first_msg_id + n * messages_an_entry;
    for (Telling& telling : told)
      scene.pushes.waiting.push_back(message_of(std::move(telling), msg_id++, entry, account, scene.now));
  }
  scene.pushes.log_entries_seen = static_cast<int64_t>(log.size());
}

}  // namespace sampan
