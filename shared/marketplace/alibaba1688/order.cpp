#include "shared/marketplace/alibaba1688/order.hpp"

#include <algorithm>
#include <array>

#include "shared/marketplace/alibaba1688/errors.hpp"
#include "shared/marketplace/alibaba1688/logistics.hpp"

namespace sampan::alibaba1688 {
namespace {

struct StatusRow {
  std::string_view status;
  UpstreamState state;
};

constexpr std::array status_rows = {
    StatusRow{"waitbuyerpay", UpstreamState::awaiting_payment},
    StatusRow{"waitsellersend", UpstreamState::paid},
    StatusRow{"waitlogisticstakein", UpstreamState::paid},
    StatusRow{"waitbuyerreceive", UpstreamState::shipped},
    StatusRow{"waitbuyersign", UpstreamState::shipped},
    StatusRow{"signinsuccess", UpstreamState::received},
    StatusRow{"confirm_goods", UpstreamState::received},
    StatusRow{"success", UpstreamState::received},
    StatusRow{"cancel", UpstreamState::closed},
    StatusRow{"terminated", UpstreamState::closed},
};

enum class Refund { none, open, granted };

struct RefundRow {
  std::string_view status;
  Refund refund;
};

constexpr std::array refund_rows = {
    RefundRow{"", Refund::none},
    RefundRow{"refundclose", Refund::none},   // back to the state before
    RefundRow{"refundclosed", Refund::none},  // of an item
    RefundRow{"waitselleragree", Refund::open},
    RefundRow{"waitbuyermodify", Refund::open},
    RefundRow{"waitbuyersend", Refund::open},
    RefundRow{"waitsellerreceive", Refund::open},
    RefundRow{"refundsuccess", Refund::granted},
};

// "WAIT_SELLER_AGREE" of an item is "waitselleragree" of an order.
std::string order_word(std::string_view item_word) {
  std::string word;
  for (const char c : item_word)
    if (c != '_') word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return word;
}

std::optional<Refund> refund_of(std::string_view written) {
  const std::string word = order_word(written);
  for (const RefundRow& row : refund_rows)
    if (row.status == word) return row.refund;
  return std::nullopt;
}

std::optional<UpstreamState> state_of(std::string_view status) {
  for (const StatusRow& row : status_rows)
    if (row.status == status) return row.state;
  return std::nullopt;
}

tl::unexpected<Error> unknown_status(std::string_view name, std::string_view status) {
  return fail(ErrorCode::bad_reply, "1688 tells a status that is not known here; look at the order there.",
              "/result/baseInfo/" + std::string(name) + ": " + std::string(status.substr(0, 60)));
}

bool all_items(const std::vector<std::string>& refund_statuses, Refund refund) {
  return !refund_statuses.empty() && std::all_of(refund_statuses.begin(), refund_statuses.end(),
                                                 [&](const std::string& s) { return refund_of(s) == refund; });
}

bool any_item(const std::vector<std::string>& refund_statuses, Refund refund) {
  return std::any_of(refund_statuses.begin(), refund_statuses.end(),
                     [&](const std::string& s) { return refund_of(s) == refund; });
}

Result<PurchaseItem> parse_item(const Reply& row) {
  PurchaseItem item;
  TRY(item.product_id.value, row["productID"].required_id());
  const Reply sku = row["skuID"];
  item.sku_id.value = item.product_id.value;
  if (!sku.text().empty() && sku.text() != "0") {
    TRY(item.sku_id.value, sku.required_id());
  }
  item.order_key = row["specId"].text();
  TRY(item.quantity, row["quantity"].required_whole());
  return item;
}

Result<std::string> twin_id(const Reply& as_text, const Reply& as_number) {
  return as_text.text().empty() ? as_number.required_id() : as_text.required_id();
}

StatusWords status_words(const Reply& order) {
  const Reply base = order["baseInfo"];
  StatusWords words{base["status"].text(), base["refundStatus"].text(), base["refundStatusForAs"].text(), {}, false};
  for (const Reply& item : order["productItems"].items())
    words.item_refund_statuses.push_back(item["refundStatus"].text());
  return words;
}

Result<Money> yuan_or_none(const Reply& amount) {
  if (!amount.has_value()) return Money{0, cny()};
  return amount.required_yuan();
}

}  // namespace

Call order_call(const UpstreamOrderId& id) {
  return {trade_space,
          "alibaba.trade.get.buyerView",
          {{"orderId", id.value}, {"webSite", "1688"}, {"includeFields", "NativeLogistics"}}};
}

Result<UpstreamState> upstream_state(const StatusWords& words) {
  const auto state = state_of(words.status);
  if (!state) return unknown_status("status", words.status);
  const auto during = refund_of(words.refund_status);
  if (!during) return unknown_status("refundStatus", words.refund_status);
  const auto after = refund_of(words.refund_status_after_sale);
  if (!after) return unknown_status("refundStatusForAs", words.refund_status_after_sale);

  if (*during == Refund::open || *after == Refund::open || any_item(words.item_refund_statuses, Refund::open))
    return UpstreamState::refunding;
  const bool is_granted = *during == Refund::granted || *after == Refund::granted;
  const bool is_whole = *state == UpstreamState::closed || words.is_all_refunded ||
                        all_items(words.item_refund_statuses, Refund::granted);
  // Money back for a part of it leaves the rest where it was.
  return is_granted && is_whole ? UpstreamState::refunded : *state;
}

Result<BuyerOrder> parse_order(const Json& reply) {
  TRY(const Reply found, payload(Reply(reply), {"baseInfo"}));
  const Reply base = found["baseInfo"];
  BuyerOrder read;
  TRY(read.order.upstream_order_id.value, twin_id(base["idOfStr"], base["id"]));
  TRY(const Money whole, base["totalAmount"].required_yuan());
  TRY(read.order.freight, yuan_or_none(base["shippingFee"]));
  TRY(read.order.goods, subtract(whole, read.order.freight));
  if (read.order.goods.minor < 0) return base["totalAmount"].unreadable("a sum above the freight");
  TRY(read.refunded, yuan_or_none(base["refund"]));
  read.purchase_id.value = base["outOrderId"].text();
  read.status = base["status"].text();

  for (const Reply& row : found["productItems"].items()) {
    TRY(PurchaseItem item, parse_item(row));
    const std::string sub_order = row["subItemIDString"].text();
    read.sub_orders.push_back({sub_order.empty() ? row["subItemID"].text() : sub_order, item.quantity});
    read.order.items.push_back(std::move(item));
  }
  if (read.order.items.empty()) return found["productItems"].unreadable("a line");

  StatusWords words = status_words(found);
  words.is_all_refunded = whole.minor > 0 && read.refunded.minor >= whole.minor;
  TRY(read.order.state, upstream_state(words));
  read.order.shipments = shipments_of(found["nativeLogistics"]["logisticsItems"].items());
  return read;
}

Call order_list_call(const PurchaseId& purchase_id, Instant since, int64_t page) {
  return {trade_space,
          "alibaba.trade.getBuyerOrderList",
          {{"outOrderId", purchase_id.value},
           {"createStartTime", china_time(since)},
           {"page", std::to_string(page)},
           {"pageSize", std::to_string(order_list_page_size)}}};
}

Result<OrderList> parse_order_list(const Json& reply) {
  const Reply root(reply);
  TRY(const Reply rows, payload_array(root));
  OrderList list;
  list.total = root["totalRecord"].whole().value_or(root["result"]["totalRecord"].whole().value_or(-1));
  for (const Reply& row : rows.items()) {
    const Reply base = row["baseInfo"];
    ListedOrder listed;
    TRY(listed.upstream_order_id.value, twin_id(base["idOfStr"], base["id"]));
    listed.purchase_id.value = base["outOrderId"].text();
    list.orders.push_back(std::move(listed));
  }
  return list;
}

Call cancel_call(const UpstreamOrderId& id) {
  return {trade_space,
          "alibaba.trade.cancel",
          {{"webSite", "1688"}, {"tradeID", id.value}, {"cancelReason", "buyerCancel"}}};
}

Call pay_call(const UpstreamOrderId& id) {
  JsonObject payment;
  payment.id("orderId", id.value);
  return {
      trade_space, "alibaba.trade.pay.protocolPay.preparePay", {{"tradeWithholdPreparePayParam", payment.written()}}};
}

Result<bool> parse_payment(const Json& reply) {
  TRY(const Reply found, payload(Reply(reply), {"paySuccess"}));
  return found["paySuccess"].is_true();
}

}  // namespace sampan::alibaba1688
