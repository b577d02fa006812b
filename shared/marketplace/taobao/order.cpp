#include "shared/marketplace/taobao/order.hpp"

#include <algorithm>

#include "shared/marketplace/alibaba1688/call.hpp"
#include "shared/marketplace/taobao/iop_words.hpp"
#include "shared/marketplace/taobao/logistics.hpp"
#include "shared/marketplace/taobao/product.hpp"

namespace sampan::taobao {
namespace {

using alibaba1688::json_array;
using alibaba1688::json_id;

constexpr std::string_view why = "不想要了";  // "no longer wanted"

// "WAIT_BUYER_PAY" is "waitbuyerpay".
std::string bare(std::string_view written) {
  std::string word;
  for (const char c : written)
    if (c != '_') word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return word;
}

std::optional<UpstreamState> state_of(std::string_view written) {
  const std::string word = bare(written);
  for (const StatusRow& row : status_rows)
    if (row.word == word) return row.state;
  return std::nullopt;
}

std::optional<Refund> refund_of(std::string_view written) {
  const std::string word = bare(written);
  for (const RefundRow& row : refund_rows)
    if (row.word == word) return row.refund;
  return std::nullopt;
}

tl::unexpected<Error> unknown_status(std::string_view name, std::string_view status) {
  return fail(ErrorCode::bad_reply, "Taobao tells a status that is not known here; look at the order there.",
              std::string(name) + ": " + std::string(status.substr(0, 60)));
}

Result<PurchaseItem> parse_item(const Reply& line) {
  PurchaseItem item;
  OrderKey key;
  TRY(key.mp_id, line["item_id"].required_id());
  const std::string sku = line["sku_id"].text();
  if (!sku.empty() && sku != "0") {
    TRY(key.mp_sku_id, line["sku_id"].required_id());
  }
  item.product_id.value = key.mp_id;
  item.sku_id.value = key.mp_sku_id.empty() ? key.mp_id : key.mp_sku_id;
  item.order_key = order_key_text(key);
  TRY(item.quantity, line["quantity"].required_whole());
  return item;
}

Result<Money> fen_or_none(const Reply& amount) {
  if (!amount.has_value() || amount.text().empty()) return Money{0, cny()};
  return amount.required_fen();
}

// A line's own fields for one parcel are outdated, but may be all there is.
void add_shipments(std::vector<UpstreamShipment>& shipments, const Reply& line) {
  const size_t before = shipments.size();
  for (const Reply& row : line["logistic_orders"].items())
    add_shipment(shipments, row["logistic_company_name"].text(), row["logistic_number"].text());
  if (shipments.size() == before)
    add_shipment(shipments, line["logistic_company_name"].text(), line["logistic_number"].text());
}

Result<BuyerOrder> parse_order(const Reply& row) {
  BuyerOrder read;
  TRY(read.order.upstream_order_id.value, row["purchase_id"].required_id());
  TRY(read.status, row["status"].required_text());
  TRY(const Money whole, row["purchase_amount"].required_fen());
  TRY(read.order.freight, fen_or_none(row["domestic_post_fee"]));
  TRY(read.order.goods, subtract(whole, read.order.freight));
  if (read.order.goods.minor < 0 || read.order.freight.minor < 0)
    return row["purchase_amount"].unreadable("a sum above the freight");
  read.purchase_id.value = row["outer_purchase_id"].text();

  const std::string pay_time = row["pay_time"].text();
  StatusWords words{read.status, {}, !pay_time.empty() && pay_time != "0"};
  for (const Reply& line : row["sub_purchase_orders"].items()) {
    TRY(PurchaseItem item, parse_item(line));
    read.order.items.push_back(std::move(item));
    read.line_ids.push_back(line["sub_purchase_order_id"].text());
    words.refund_statuses.push_back(line["refund_status"].text());
    add_shipments(read.order.shipments, line);
  }
  if (read.order.items.empty()) return row["sub_purchase_orders"].unreadable("a line");
  TRY(read.order.state, upstream_state(words));
  return read;
}

std::string id_list(const std::vector<UpstreamOrderId>& ids) {
  std::vector<std::string> texts;
  for (const UpstreamOrderId& id : ids) texts.push_back(json_id(id.value));
  return json_array(texts);
}

}  // namespace

Result<UpstreamState> upstream_state(const StatusWords& words) {
  const auto state = state_of(words.status);
  if (!state) return unknown_status("status", words.status);
  size_t granted = 0;
  for (const std::string& written : words.refund_statuses) {
    const auto refund = refund_of(written);
    if (!refund) return unknown_status("refund_status", written);
    if (*refund == Refund::open) return UpstreamState::refunding;
    granted += *refund == Refund::granted ? 1 : 0;
  }
  // Money back for a part of it leaves the rest where it was.
  const bool is_whole = granted > 0 && granted == words.refund_statuses.size();
  if (is_whole || (*state == UpstreamState::closed && words.was_paid)) return UpstreamState::refunded;
  return *state;
}

IopCall orders_call(const std::vector<UpstreamOrderId>& ids) {
  return {"/purchase/orders/query",
          {{"purchase_ids", id_list(ids)},
           {"page_no", "1"},
           {"page_size", std::to_string(std::max<size_t>(1, ids.size()))}}};
}

IopCall find_call(const OrderSearch& search) {
  return {"/purchase/orders/query",
          {{"outer_purchase_id", search.purchase_id.value},
           {"modify_time_start", std::to_string(search.modified_from.ms)},
           {"modify_time_end", std::to_string(search.modified_to.ms)},
           {"page_no", std::to_string(search.page)},
           {"page_size", std::to_string(order_page_size)}}};
}

Result<OrderPage> parse_orders(const Json& reply) {
  TRY(const Reply found, payload(Reply(reply), {"purchase_orders", "results_total"}));
  OrderPage page;
  page.total = found["results_total"].whole().value_or(-1);
  for (const Reply& row : found["purchase_orders"].items()) {
    TRY(BuyerOrder order, parse_order(row));
    page.orders.push_back(std::move(order));
  }
  return page;
}

IopCall pay_call(const UpstreamOrderId& id) {
  return {"/purchase/order/batch/pay", {{"purchaseOrderIdList", id_list({id})}}};
}

Result<void> parse_payment(const Json& reply) {
  const Reply root(reply);
  TRY(const Reply found,
      payload(root, {"will_pay_purchase_order_ids", "pay_failure_purchase_order_ids", "pay_failed_results"}));
  for (const Reply& row : found["pay_failed_results"].items()) {
    const std::string code = row["errorCode"].text();
    const std::string message = row["errorMessage"].text();
    return refusal(code.empty() ? row["error_code"].text() : code, message.empty() ? row["reason"].text() : message);
  }
  if (!found["pay_failure_purchase_order_ids"].items().empty()) return refusal({}, {});
  if (found["will_pay_purchase_order_ids"].items().empty()) return business_error(root);
  return done();
}

IopCall cancel_call(const UpstreamOrderId& id) {
  return {"/purchase/order/asyn/cancel", {{"purchase_id", id.value}, {"cancel_reason", std::string(why)}}};
}

}  // namespace sampan::taobao
