#include "shared/marketplace/jd/purchase.hpp"

#include <algorithm>
#include <map>

#include "shared/marketplace/alibaba1688/call.hpp"

namespace sampan::jd {
namespace {

using alibaba1688::json_array;
using alibaba1688::json_id;

constexpr std::string_view duplicate = "0008";
constexpr int64_t most_pieces = 1'000'000;

// "125.00"; four decimals where a fen is not enough.
std::string yuan_text(UnitPrice price) {
  const int64_t in_fen = price.ten_thousandths / 100;
  return price_of_fen(in_fen) == price ? decimal_text(in_fen, 2) : decimal_text(price.ten_thousandths, 4);
}

std::string sku_rows(const std::vector<PricedLine>& lines) {
  std::vector<std::string> rows;
  for (const PricedLine& each : lines)
    rows.push_back(R"({"skuId":)" + json_id(each.line.sku_id.value) + R"(,"num":)" +
                   std::to_string(each.line.quantity) + R"(,"bNeedAnnex":true,"bNeedGift":false,"price":)" +
                   yuan_text(each.price) + "}");
  return json_array(rows);
}

std::string price_snapshot(const std::vector<PricedLine>& lines) {
  std::vector<std::string> rows;
  for (const PricedLine& each : lines)
    rows.push_back(R"({"skuId":)" + json_id(each.line.sku_id.value) + R"(,"price":)" + yuan_text(each.price) + "}");
  return json_array(rows);
}

std::map<SkuId, int64_t> pieces_of(const std::vector<PricedLine>& lines) {
  std::map<SkuId, int64_t> pieces;
  for (const PricedLine& each : lines) pieces[each.line.sku_id] += each.line.quantity;
  return pieces;
}

std::map<SkuId, int64_t> pieces_of(const std::vector<PurchaseItem>& items) {
  std::map<SkuId, int64_t> pieces;
  for (const PurchaseItem& item : items) pieces[item.sku_id] += item.quantity;
  return pieces;
}

}  // namespace

Result<std::vector<SkuQuantity>> lines_of(const PurchaseRequest& request) {
  if (request.items.empty()) return fail(ErrorCode::bad_request, "A purchase has no lines.");
  if (request.items.size() > most_lines)
    return fail(ErrorCode::bad_request, "One order of JD has at most 50 SKUs.", std::to_string(request.items.size()));
  std::vector<SkuQuantity> lines;
  for (const PurchaseItem& item : request.items) {
    if (item.quantity < 1 || item.quantity > most_pieces)
      return fail(ErrorCode::bad_request, "A line buys at least one piece, and not a million.", item.product_id.value);
    if (item.sku_id.is_empty() || (!item.order_key.empty() && item.order_key != item.sku_id.value))
      return fail(ErrorCode::bad_request, "JD orders a SKU by its own number.", item.order_key);
    const auto known =
        std::find_if(lines.begin(), lines.end(), [&](const SkuQuantity& line) { return line.sku_id == item.sku_id; });
    if (known == lines.end())
      lines.push_back({item.sku_id, item.quantity});
    else
      known->quantity += item.quantity;
  }
  return lines;
}

std::vector<SkuId> skus_of(const std::vector<SkuQuantity>& lines) {
  std::vector<SkuId> skus;
  for (const SkuQuantity& line : lines) skus.push_back(line.sku_id);
  return skus;
}

Result<void> check_states(const std::vector<SkuQuantity>& lines, const std::vector<SkuState>& states) {
  for (const SkuQuantity& line : lines) {
    const SkuState* const state = row_of(states, line.sku_id);
    if (state == nullptr || !state->is_on_sale)
      return fail(ErrorCode::not_found, "JD does not sell this any more.", line.sku_id.value);
  }
  return done();
}

Result<void> check_stock(const std::vector<SkuQuantity>& lines, const std::vector<AreaStock>& stock) {
  for (const SkuQuantity& line : lines) {
    const AreaStock* const row = row_of(stock, line.sku_id);
    if (row == nullptr || !row->is_sold_now || available(row->level, line.quantity) < line.quantity)
      return fail(ErrorCode::sold_out, "JD does not have as many.",
                  line.sku_id.value + (row == nullptr ? "" : ", state " + std::to_string(row->stock_state)));
  }
  return done();
}

Result<void> check_area(const std::vector<SkuQuantity>& lines, const std::vector<AreaLimit>& limits) {
  for (const SkuQuantity& line : lines) {
    const AreaLimit* const row = row_of(limits, line.sku_id);
    if (row != nullptr && row->is_restricted)
      return fail(ErrorCode::rejected, "JD does not sell this to the warehouse's region.", line.sku_id.value);
  }
  return done();
}

Result<std::vector<PricedLine>> priced(const std::vector<SkuQuantity>& lines, const std::vector<SellPrice>& prices) {
  std::vector<PricedLine> all;
  for (const SkuQuantity& line : lines) {
    const SellPrice* const row = row_of(prices, line.sku_id);
    if (row == nullptr || !row->price)
      return fail(ErrorCode::sold_out, "JD quotes no price for this now.", line.sku_id.value);
    all.push_back({line, *row->price});
  }
  return all;
}

Result<Money> goods_of(const std::vector<PricedLine>& lines) {
  Money goods{0, cny()};
  for (const PricedLine& each : lines) {
    TRY(const Money line, line_total(each.price, each.line.quantity));
    TRY(goods, add(goods, line));
  }
  return goods;
}

VopCall submit_call(const PurchaseId& purchase_id, const std::vector<PricedLine>& lines, const BuyerTerms& terms) {
  const ShipTo& to = terms.ship_to;
  VopCall call{"order/submitOrder",
               {{"thirdOrder", purchase_id.value},
                {"sku", sku_rows(lines)},
                {"name", to.name},
                {"address", to.address},
                {"mobile", to.mobile},
                {"email", to.email},
                {"invoiceState", std::to_string(terms.invoice.state)},
                {"invoiceType", std::to_string(terms.invoice.type)},
                {"selectedInvoiceTitle", std::to_string(terms.invoice.title)},
                {"companyName", terms.invoice.company_name},
                {"invoiceContent", std::to_string(terms.invoice.content)},
                {"paymentType", std::to_string(terms.payment_type)},
                {"isUseBalance", terms.payment_type == 4 ? "1" : "0"},
                {"submitState", "0"},
                {"doOrderPriceMode", "1"},
                {"orderPriceSnap", price_snapshot(lines)}}};
  add_area(call.parameters, to.area);
  return call;
}

Result<Submitted> parse_submitted(const Json& reply) {
  const Reply root(reply);
  Submitted submitted;
  submitted.was_there = vop_code(root) == duplicate;
  if (submitted.was_there) {
    TRY(submitted.order, parse_order_sums(root["result"]));
    return submitted;
  }
  TRY(const Reply result, vop_result(root));
  TRY(submitted.order, parse_order_sums(result));
  return submitted;
}

Result<void> check_is_of(const UpstreamOrder& order, const std::vector<PricedLine>& lines) {
  TRY(const Money goods, goods_of(lines));
  if (order.goods == goods && pieces_of(order.items) == pieces_of(lines)) return done();
  return fail(ErrorCode::rejected, "JD has another order under this purchase's number: look at it there.",
              order.upstream_order_id.value);
}

}  // namespace sampan::jd
