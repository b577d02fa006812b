// Buying on the simulated Taobao Global: /purchase/order/render and /purchase/order/create.
//
// Unit    fen
// Limits  one order is of one seller: the real one splits a basket into an order a seller
// Rule    a purchase_amount below what it costs is refused; an outer_purchase_id that was used answers the order that there is
// Source  upstream.md 3.4; the recorded replies of /purchase/order/create
#include <algorithm>
#include <array>

#include "proxy/sandbox/iop_api.hpp"
#include "proxy/sandbox/iop_item.hpp"
#include "proxy/sandbox/iop_order.hpp"
#include "proxy/sandbox/wire_json.hpp"
#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {
namespace {

// The real page belongs to the distributor's console; this host does not exist.
constexpr std::string_view payment_page = "https://distributor.sampan.invalid/apps/order/pay?purchaseId=";

Json yuan_in_fen(int64_t fen) { return json_object({{"amount", json_integer(fen)}, {"currency", json_string("CNY")}}); }

Result<void> check_address(const IopParameters& parameters, std::string_view name) {
  TRY(const Json address, parameters.json(name));
  for (const std::string_view needed : {"country", "state", "city", "address", "name"})
    if (member_text(address, needed).empty()) return malformed(std::string(name) + "." + std::string(needed));
  if (member_text(address, "mobile_phone").empty() && member_text(address, "phone").empty())
    return malformed(std::string(name) + ".mobile_phone");
  return done();
}

struct LineNames {
  std::string_view list;
  std::string_view item;
  std::string_view sku;
};
constexpr LineNames render_names{"render_item_List", "item_id", "sku_id"};
constexpr LineNames create_names{"order_line_list", "itemId", "skuId"};

Result<std::vector<MpLine>> lines_asked(const IopParameters& parameters, const LineNames& names) {
  TRY(const Json list, parameters.json(names.list));
  if (list.kind != JsonKind::array) return malformed(names.list);
  std::vector<MpLine> lines;
  for (const Json& row : list.items) {
    MpLine line{member_text(row, names.item), member_text(row, names.sku), 0};
    if (line.mp_id.empty()) return malformed(names.item);
    TRY(line.quantity, member_integer(row, "quantity"));
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::vector<PurchaseItem>> items_of(const IopScene& call, const std::vector<MpLine>& lines) {
  std::vector<PurchaseItem> items;
  for (const MpLine& line : lines) {
    TRY(PurchaseItem item, ordered_item(call.market(), line, call.scene.now));
    items.push_back(std::move(item));
  }
  return items;
}

// Render

constexpr std::array of_a_line{Refusal::no_such_product, Refusal::not_for_sale,     Refusal::no_such_spec,
                               Refusal::below_moq,       Refusal::stock_not_enough, Refusal::below_mixed_batch,
                               Refusal::not_a_lot};

bool is_of_a_line(const Error& error) {
  const auto refusal = refusal_of(error);
  return refusal && std::find(of_a_line.begin(), of_a_line.end(), *refusal) != of_a_line.end();
}

// The line that the refusal is about, "600000000001 71": by item and SKU, else by item.
const MpLine& refused_line(const std::vector<MpLine>& lines, const std::string& about) {
  const size_t end = std::min(about.find_first_of(" :"), about.size());
  const std::string item = mp_id_of({about.substr(0, end)});
  const std::string sku = mp_sku_id_of({about.substr(std::min(end + 1, about.size()))});
  const MpLine* of_item = nullptr;
  for (const MpLine& line : lines) {
    if (line.mp_id != item) continue;
    if (line.mp_sku_id == sku) return line;
    if (of_item == nullptr) of_item = &line;
  }
  return of_item == nullptr ? lines.front() : *of_item;
}

Json rendered(std::vector<Json> items, std::vector<Json> unavailable, int64_t fen) {
  return json_object({{"render_item_list", json_array(std::move(items))},
                      {"unavailable_sku_list", json_array(std::move(unavailable))},
                      {"total_real_pay_price", yuan_in_fen(fen)}});
}

Json unavailable(const std::vector<MpLine>& lines, const Error& error) {
  const IopRefused no = iop_refused(error);
  const MpLine& line = refused_line(lines, no.about);
  return rendered({},
                  {json_object({{"item_id", json_id(line.mp_id)},
                                {"sku_id", json_id(line.mp_sku_id.empty() ? "0" : line.mp_sku_id)},
                                {"reason", json_string(no.message)},
                                {"error_code", json_string(no.code)},
                                {"error_msg", json_string(no.message)}})},
                  0);
}

// A basket's lines are what was asked, in its order, a SKU that was asked twice being one line.
Result<Json> price_infos(const std::vector<PurchaseItem>& items, const Basket& basket) {
  std::vector<PurchaseItem> once;
  for (const PurchaseItem& item : items)
    if (std::none_of(once.begin(), once.end(), [&](const PurchaseItem& each) { return each.sku_id == item.sku_id; }))
      once.push_back(item);
  std::vector<Json> rows;
  for (size_t i = 0; i < basket.lines.size(); ++i) {
    TRY(const Money total, line_total(basket.lines[i].unit_price, basket.lines[i].quantity));
    const bool is_whole = once[i].sku_id.value == once[i].product_id.value;
    rows.push_back(json_object({{"item_id", json_id(mp_id_of(once[i].product_id))},
                                {"sku_id", json_id(is_whole ? std::string("0") : mp_sku_id_of(once[i].sku_id))},
                                {"quantity", json_integer(basket.lines[i].quantity)},
                                {"origin_price", yuan_in_fen(total.minor)},
                                {"discount_price", yuan_in_fen(total.minor)}}));
  }
  return json_array(std::move(rows));
}

struct PricedBasket {
  std::vector<PurchaseItem> items;
  Basket basket;
};

Result<PricedBasket> priced_basket(const IopScene& call, const std::vector<MpLine>& lines) {
  PricedBasket priced;
  TRY(priced.items, items_of(call, lines));
  TRY(priced.basket, call.market().preview(priced.items, call.scene.now));
  return priced;
}

Result<Json> render(const IopScene& call) {
  for (const std::string_view address : {"receiver_address", "warehouse_address"})
    TRY_DO(check_address(call.parameters, address));
  TRY(const std::vector<MpLine> lines, lines_asked(call.parameters, render_names));
  if (lines.empty()) return malformed("render_item_List");
  auto priced = priced_basket(call, lines);
  if (!priced && is_of_a_line(priced.error())) return unavailable(lines, priced.error());
  TRY(const PricedBasket asked, std::move(priced));
  const Basket& basket = asked.basket;
  TRY(const OfferView first, call.market().read_offer(asked.items.front().product_id, call.scene.now));
  TRY(Json prices, price_infos(asked.items, basket));
  Json of_seller = json_object({{"nick", json_string(first.seller.name_zh)},
                                {"seller_id", json_id(basket.seller_id.value)},
                                {"mainland_shipping_fee", yuan_in_fen(basket.freight_fen)},
                                {"order_fee", yuan_in_fen(basket.goods_fen)},
                                {"currency_code", json_string("CNY")},
                                {"delivery_fee", json_integer(0)},
                                {"item_price_infos", std::move(prices)}});
  return rendered({std::move(of_seller)}, {}, basket.goods_fen + basket.freight_fen);
}

// Create

Result<Json> created(const IopScene& call, const MarketOrder& order) {
  const std::string supplier = supplier_of(call.market(), order, call.scene.now);
  std::vector<Json> lines;
  for (size_t i = 0; i < order.lines.size(); ++i) {
    const MarketOrderLine& line = order.lines[i];
    TRY(const Money total, line_total(line.unit_price, line.quantity));
    const bool is_whole = line.sku_id.value == line.product_id.value;
    lines.push_back(json_object({
        {"order_line_no", json_string(std::to_string(i + 1))},
        {"sub_purchase_order_id", json_id(iop_line_id(order, i))},
        {"item_id", json_string(mp_id_of(line.product_id))},
        {"sku_id", json_id(is_whole ? std::string("0") : mp_sku_id_of(line.sku_id))},
        {"quantity", json_integer(line.quantity)},
        {"estimate_amount", json_integer(total.minor)},
        {"estimate_currency", json_string("CNY")},
        {"supplier_nick", json_string(supplier)},
    }));
  }
  const std::string& id = order.upstream_order_id.value;
  return json_object({
      {"payment_url", json_string(std::string(payment_page) + id)},
      {"outer_purchase_id", json_string(order.purchase_id.value)},
      {"success", json_boolean(true)},
      {"error_code", json_null()},
      {"error_message", json_null()},
      {"order_list", json_array({json_object({{"purchase_id", json_id(id)},
                                              {"supplier_nick", json_string(supplier)},
                                              {"estimate_amount", json_integer(total_fen(order))},
                                              {"estimate_currency", json_string("CNY")},
                                              {"source_market", json_string("TAOBAO")},
                                              {"order_line_list", json_array(std::move(lines))}})})},
  });
}

Json not_created(const IopRefused& no, const IopParameters& parameters) {
  return json_object({
      {"payment_url", json_null()},
      {"outer_purchase_id", json_string(parameters.text("outer_purchase_id"))},
      {"success", json_boolean(false)},
      {"error_code", json_string(no.code)},
      {"error_message", json_string(no.message)},
      {"order_list", json_array({})},
  });
}

Result<void> check_amount(const IopScene& call, const std::vector<PurchaseItem>& items) {
  TRY(const int64_t offered_fen, call.parameters.integer("purchase_amount", 0));
  TRY(const Basket basket, call.market().preview(items, call.scene.now));
  if (offered_fen < basket.goods_fen + basket.freight_fen)
    return fail(ErrorCode::price_changed, "purchase_amount is below what it costs");
  return done();
}

Result<Json> create(const IopScene& call) {
  for (const std::string_view address : {"receiver", "warehouse_address_info"})
    TRY_DO(check_address(call.parameters, address));
  const std::string channel = call.parameters.text("channel_order_type");
  if (channel != "PANAMA" && channel != "PANAMA_DG") return malformed("channel_order_type");
  TRY(const std::vector<MpLine> lines, lines_asked(call.parameters, create_names));
  TRY(const std::vector<PurchaseItem> items, items_of(call, lines));
  const PurchaseId key{call.parameters.text("outer_purchase_id")};
  const bool is_new = call.market().list_orders(key, call.scene.now).empty();
  if (is_new) TRY_DO(check_amount(call, items));
  TRY(const MarketOrder order, call.market().create(key, items, call.scene.now));
  return created(call, order);
}

}  // namespace

std::vector<IopApi> iop_purchase_apis() {
  return {
      {"/purchase/order/render",
       false,
       true,
       IopShape::result,
       {"receiver_address", "warehouse_address", "render_item_List"},
       render,
       nullptr},
      {"/purchase/order/create",
       true,
       true,
       IopShape::data,
       {"outer_purchase_id", "purchase_amount", "order_line_list", "receiver", "warehouse_address_info",
        "channel_order_type"},
       create,
       not_created},
  };
}

}  // namespace sampan
