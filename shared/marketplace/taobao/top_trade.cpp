#include "shared/marketplace/taobao/top_trade.hpp"

#include "shared/marketplace/taobao/logistics.hpp"

namespace sampan::taobao {
namespace {

Result<PurchaseItem> parse_item(const Reply& line) {
  PurchaseItem item;
  TRY(item.product_id.value, line["num_iid"].required_id());
  const std::string sku = line["sku_id"].text();
  item.sku_id.value = sku.empty() || sku == "0" ? item.product_id.value : sku;
  TRY(item.quantity, line["num"].required_whole());
  return item;
}

Result<Money> yuan_or_none(const Reply& amount) {
  if (amount.text().empty()) return Money{0, cny()};
  return amount.required_yuan();
}

}  // namespace

Result<BuyerOrder> parse_trade(const Json& reply) {
  TRY(const Reply answer, top_answer(reply));
  const Reply trade = answer["trade"];
  BuyerOrder read;
  TRY(read.order.upstream_order_id.value, trade["tid"].required_id());
  TRY(read.status, trade["status"].required_text());
  TRY(const Money whole, trade["payment"].required_yuan());
  TRY(read.order.freight, yuan_or_none(trade["post_fee"]));
  TRY(read.order.goods, subtract(whole, read.order.freight));
  if (read.order.goods.minor < 0) return trade["payment"].unreadable("a sum above the freight");

  StatusWords words{read.status, {}, !trade["pay_time"].text().empty()};
  for (const Reply& line : trade["orders"]["order"].items()) {
    TRY(PurchaseItem item, parse_item(line));
    read.order.items.push_back(std::move(item));
    read.line_ids.push_back(line["oid"].text());
    words.refund_statuses.push_back(line["refund_status"].text());
    add_shipment(read.order.shipments, line["logistics_company"].text(), line["invoice_no"].text());
  }
  if (read.order.items.empty()) return trade["orders"]["order"].unreadable("a line");
  TRY(read.order.state, upstream_state(words));
  return read;
}

}  // namespace sampan::taobao
