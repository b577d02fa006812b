#include "shared/marketplace/taobao/purchase.hpp"

#include <algorithm>

#include "shared/marketplace/alibaba1688/call.hpp"

namespace sampan::taobao {
namespace {

using alibaba1688::json_array;
using alibaba1688::JsonObject;

std::string address_text(const ShipTo& to) {
  JsonObject address;
  address.text("country", to.country)
      .text_unless_empty("state", to.state)
      .text_unless_empty("city", to.city)
      .text_unless_empty("district", to.district)
      .text_unless_empty("address", to.address)
      .text_unless_empty("zip", to.zip)
      .text_unless_empty("name", to.name)
      .text_unless_empty("phone", to.phone)
      .text_unless_empty("mobile_phone", to.mobile_phone);
  return address.written();
}

std::string render_lines(const std::vector<BasketLine>& basket) {
  std::vector<std::string> lines;
  for (const BasketLine& each : basket) {
    JsonObject line;
    line.text("item_id", each.key.mp_id)
        .text_unless_empty("sku_id", each.key.mp_sku_id)
        .number("quantity", each.quantity);
    lines.push_back(line.written());
  }
  return json_array(lines);
}

std::string order_lines(const std::vector<BasketLine>& basket) {
  std::vector<std::string> lines;
  for (const BasketLine& each : basket) {
    JsonObject line;
    line.text("itemId", each.key.mp_id)
        .text_unless_empty("skuId", each.key.mp_sku_id)
        .text("orderLineNo", std::to_string(lines.size() + 1))
        .number("quantity", each.quantity)
        .number("price", each.price_fen)
        .text("currency", "CNY")
        .text("title", each.title);
    lines.push_back(line.written());
  }
  return json_array(lines);
}

const ProductReading* reading_of(const std::vector<ProductReading>& readings, const ProductId& id) {
  const auto found = std::find_if(readings.begin(), readings.end(),
                                  [&](const ProductReading& each) { return each.product.key.product_id == id; });
  return found == readings.end() ? nullptr : &*found;
}

int64_t product_quantity(const PurchaseRequest& request, const ProductId& id) {
  int64_t quantity = 0;
  for (const PurchaseItem& item : request.items)
    if (item.product_id == id) quantity += item.quantity;
  return quantity;
}

Result<BasketLine> line_of(const PurchaseItem& item, const ProductReading& reading, int64_t quantity_of_all) {
  const Product& product = reading.product;
  if (!product.is_on_sale)
    return fail(ErrorCode::not_found, "The product is not for sale any more.", item.product_id.value);
  const auto sku = std::find_if(product.skus.begin(), product.skus.end(),
                                [&](const Sku& each) { return each.order_key == item.order_key; });
  if (sku == product.skus.end())
    return fail(ErrorCode::bad_request, "The product has no such variant.", item.order_key.substr(0, 60));
  TRY_DO(check_quantity(product, quantity_of_all));
  if (available(stock_of(reading, sku->sku_id), item.quantity) < item.quantity)
    return fail(ErrorCode::sold_out, "The seller does not have as many.", item.order_key);
  BasketLine line;
  TRY(line.key, parse_order_key(item.order_key));
  TRY(const UnitPrice price, unit_price_at(product, *sku, quantity_of_all));
  line.quantity = item.quantity;
  line.price_fen = price.ten_thousandths / 100;
  line.title = product.title;
  return line;
}

// {"amount":900,"currency":"CNY"}, or the bare amount.
Result<Money> amount_of(const Reply& at) {
  const Reply amount = at["amount"];
  if (!amount.has_value()) return at.required_fen();
  const std::string currency = at["currency"].text();
  if (!currency.empty() && currency != "CNY") return at["currency"].unreadable("CNY");
  return amount.required_fen();
}

Result<Money> freight_of(const Reply& at) {
  const Reply fee = first_there(at, "mainland_shipping_fee", "mainlandShippingFee");
  if (!fee.has_value()) return Money{0, cny()};
  return amount_of(fee);
}

Result<void> add_created(std::vector<UpstreamOrderId>& created, const Reply& at) {
  TRY(const std::string id, at.required_id());
  const UpstreamOrderId order{id};
  if (std::find(created.begin(), created.end(), order) == created.end()) created.push_back(order);
  return done();
}

}  // namespace

Result<void> check_lines(const PurchaseRequest& request) {
  if (request.items.empty()) return fail(ErrorCode::bad_request, "A purchase has no lines.");
  if (request.items.size() > most_lines)
    return fail(ErrorCode::bad_request, "One order has at most 50 SKUs.", std::to_string(request.items.size()));
  for (const PurchaseItem& item : request.items)
    if (item.quantity < 1)
      return fail(ErrorCode::bad_request, "A line buys at least one piece.", item.product_id.value);
  return done();
}

Result<std::vector<BasketLine>> basket_of(const PurchaseRequest& request, const std::vector<ProductReading>& readings) {
  std::vector<BasketLine> basket;
  for (const PurchaseItem& item : request.items) {
    const ProductReading* const reading = reading_of(readings, item.product_id);
    if (reading == nullptr) return fail(ErrorCode::not_found, "The product was not read.", item.product_id.value);
    if (!(reading->product.seller_id == readings.front().product.seller_id))
      return fail(ErrorCode::bad_request, "A purchase is from one seller.", item.product_id.value);
    TRY(BasketLine line, line_of(item, *reading, product_quantity(request, item.product_id)));
    basket.push_back(std::move(line));
  }
  return basket;
}

IopCall render_call(const std::vector<BasketLine>& basket, const ShipTo& ship_to) {
  return {"/purchase/order/render",
          {{"receiver_address", address_text(ship_to)},
           {"warehouse_address", address_text(ship_to)},
           {"render_item_List", render_lines(basket)},
           {"need_supplychain_service", "false"}}};
}

Result<PurchasePreview> parse_render(const Json& reply) {
  TRY(const Reply found, payload(Reply(reply), {"total_real_pay_price", "totalRealPayPrice", "unavailable_sku_list"}));
  for (const Reply& row : found["unavailable_sku_list"].items()) {
    const std::string message = row["error_msg"].text();
    return refusal(row["error_code"].text(), message.empty() ? row["reason"].text() : message);
  }
  const Reply total = first_there(found, "total_real_pay_price", "totalRealPayPrice");
  if (!total.has_value()) return business_error(Reply(reply));
  TRY(const Money whole, amount_of(total));
  PurchasePreview sums;
  TRY(sums.freight, freight_of(found));
  for (const Reply& row : found["render_item_list"].items()) {
    TRY(const Money freight, freight_of(row));
    TRY(sums.freight, add(sums.freight, freight));
  }
  TRY(sums.goods, subtract(whole, sums.freight));
  if (sums.goods.minor < 0 || sums.freight.minor < 0) return total.unreadable("a sum above the freight");
  return sums;
}

IopCall create_call(const Purchasing& purchasing, const std::vector<BasketLine>& basket, const ShipTo& ship_to) {
  const int64_t amount = purchasing.sums.goods.minor + purchasing.sums.freight.minor;
  return {"/purchase/order/create",
          {{"outer_purchase_id", purchasing.purchase_id.value},
           {"purchase_amount", std::to_string(amount)},
           {"order_line_list", order_lines(basket)},
           {"receiver", address_text(ship_to)},
           {"warehouse_address_info", address_text(ship_to)},
           {"channel_order_type", purchasing.channel_order_type},
           {"support_partial_success", "false"},
           {"need_supply_chain_service", "false"}}};
}

Result<std::vector<UpstreamOrderId>> parse_created(const Json& reply) {
  const Reply root(reply);
  TRY(const Reply found, payload(root, {"order_list"}));
  std::vector<UpstreamOrderId> created;
  for (const Reply& row : found["order_list"].items()) TRY_DO(add_created(created, row["purchase_id"]));
  if (created.empty()) return business_error(root);
  return created;
}

}  // namespace sampan::taobao
