// Buying on the simulated VOP: what the freight is, an order reserved, confirmed and cancelled.
//
// Trap    one thirdOrder is one order: a repeat is refused with the order that is there, whatever it asks for now · cancelling
//         gives the money of a confirmed order back, until the goods are sent
// Limits  submitState 1, an order at once, is not taken · one order is of one seller's goods, which JD does not ask for
// Source  upstream.md 5.3
#include <algorithm>

#include "proxy/sandbox/vop_order.hpp"
#include "proxy/sandbox/wire_json.hpp"
#include "shared/core/decimal.hpp"

namespace sampan {
namespace {

constexpr size_t most_lines = 50;
constexpr size_t longest_key = 100;
constexpr size_t longest_name = 20;
constexpr size_t longest_address = 100;

// Bytes that begin a character of UTF-8.
size_t characters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool fits(const std::string& text, size_t longest) { return !text.empty() && characters(text) <= longest; }

VopResult<void> check_recipient(const JdParameters& parameters) {
  TRY_DO(vop_check_area(parameters));
  if (!fits(parameters.text("name"), longest_name)) return vop_malformed("name");
  if (!fits(parameters.text("address"), longest_address)) return vop_malformed("address");
  const std::string mobile = parameters.text("mobile");
  if (json_id(mobile).kind != JsonKind::number) return vop_malformed("mobile");
  return {};
}

VopResult<void> check_terms(const JdParameters& parameters) {
  if (!fits(parameters.text("thirdOrder"), longest_key)) return vop_malformed("thirdOrder");
  if (parameters.text("submitState") != "0") return vop_malformed("submitState");
  const std::string payment = parameters.text("paymentType");
  if (payment != "4" && payment != "5" && payment != "101") return vop_malformed("paymentType");
  if (payment == "4" && parameters.text("isUseBalance") != "1") return vop_malformed("isUseBalance");
  for (const std::string_view each : {"invoiceState", "invoiceType", "selectedInvoiceTitle", "invoiceContent"})
    if (!parameters.integer(each, 0).value_or(0)) return vop_malformed(each);
  return {};
}

std::vector<PurchaseItem> items_of(const std::vector<VopLine>& lines) {
  std::vector<PurchaseItem> items;
  for (const VopLine& line : lines) items.push_back(line.goods.as_item(line.quantity));
  return items;
}

// With doOrderPriceMode 1, each SKU must cost what orderPriceSnap says that it did.
VopResult<void> check_prices(const JdParameters& parameters, const std::vector<VopLine>& lines) {
  if (parameters.text("doOrderPriceMode") != "1") return {};
  const auto snapshot = parameters.json("orderPriceSnap");
  if (!snapshot || snapshot->kind != JsonKind::array) return vop_malformed("orderPriceSnap");
  for (const VopLine& line : lines) {
    const std::string& id = line.goods.sku_id().value;
    const auto is_of_it = [&](const Json& row) { return member_text(row, "skuId") == id; };
    const auto row = std::find_if(snapshot->items.begin(), snapshot->items.end(), is_of_it);
    if (row == snapshot->items.end()) return vop_malformed("orderPriceSnap");
    const auto price = scaled(member_text(*row, "price"), 4);
    if (!price) return vop_malformed("orderPriceSnap");
    if (*price != line.goods.price().ten_thousandths) return vop_refuse("3999", "[" + id + "]商品价格已变化");
  }
  return {};
}

VopResult<VopReply> freight(const VopScene& call) {
  TRY_DO(vop_check_area(call.parameters));
  TRY(const std::vector<VopLine> lines, vop_lines(call, "sku", most_lines));
  TRY(const Basket basket, vop_said(call.market().preview(items_of(lines), call.scene.now)));
  return VopReply{json_object({{"freight", json_decimal(basket.freight_fen, 2)},
                               {"baseFreight", json_decimal(basket.freight_fen, 2)},
                               {"remoteRegionFreight", json_integer(0)},
                               {"remoteSku", json_string("[]")}})};
}

VopResult<VopReply> submit(const VopScene& call) {
  TRY_DO(check_terms(call.parameters));
  TRY_DO(check_recipient(call.parameters));
  const PurchaseId key{call.parameters.text("thirdOrder")};
  if (const auto there = call.market().list_orders(key, call.scene.now); !there.empty())
    return tl::unexpected(VopRefusal{"0008", "重复下单", json_object(vop_order_sums(call, there.front()))});
  TRY(const std::vector<VopLine> lines, vop_lines(call, "sku", most_lines));
  TRY_DO(check_prices(call.parameters, lines));
  TRY(const MarketOrder order, vop_said(call.market().create(key, items_of(lines), call.scene.now)));
  return VopReply{json_object(vop_order_sums(call, order)), "0001", "下单成功！"};
}

tl::unexpected<VopRefusal> refuse_false(std::string_view code, std::string_view message) {
  return tl::unexpected(VopRefusal{std::string(code), std::string(message), json_boolean(false)});
}

VopResult<VopReply> confirm(const VopScene& call) {
  TRY(const MarketOrder order, vop_order(call));
  if (order.state == UpstreamState::closed) return refuse_false("3102", "该订单已经被取消，不能确认");
  if (order.state != UpstreamState::awaiting_payment) return refuse_false("3103", "该订单已经被确认");
  TRY_DO(vop_said(call.market().pay(order.upstream_order_id, call.scene.now)));
  return VopReply{json_boolean(true)};
}

VopResult<VopReply> cancel(const VopScene& call) {
  TRY(const MarketOrder order, vop_order(call));
  const UpstreamOrderId& id = order.upstream_order_id;
  if (order.state == UpstreamState::closed || order.state == UpstreamState::refunded)
    return refuse_false("3203", "该订单已经被取消");
  if (order.state == UpstreamState::awaiting_payment)
    TRY_DO(vop_said(call.market().cancel(id, call.scene.now)));
  else if (order.state == UpstreamState::paid)
    TRY_DO(vop_said(call.market().seller_closes(id, call.scene.now)));
  else
    return refuse_false("3204", "该订单已经生产，不能取消订单！");
  return VopReply{json_boolean(true), "0002", "取消订单成功"};
}

}  // namespace

std::vector<VopApi> vop_order_apis() {
  return {
      {"order/getFreight", false, {"sku", "paymentType"}, freight},
      {"order/submitOrder", true, {"thirdOrder", "sku", "name", "address", "mobile", "paymentType"}, submit},
      {"order/confirmOrder", true, {"jdOrderId"}, confirm},
      {"order/cancel", true, {"jdOrderId"}, cancel},
  };
}

}  // namespace sampan
