// Buying one seller's part through Taobao Global: what it would cost (/purchase/order/render) and the order itself
// (/purchase/order/create).
//
// Shape   both take JSON texts. render_item_List: [{item_id: mp_id, sku_id: mp_skuId, quantity}], addresses as receiver_address
//         and warehouse_address. order_line_list: [{itemId: mp_id, skuId: mp_skuId, orderLineNo, quantity, price, currency,
//         title}], addresses as receiver and warehouse_address_info; receiver and warehouse are the same: ours
//         render answers result.data: render_item_list[] (one a seller, with mainland_shipping_fee), unavailable_sku_list[],
//         total_real_pay_price; create answers data.order_list[], one purchase_id a seller
// Unit    fen; an amount of render is {amount, currency}
// Errors  bad_request before anything is sent: no lines, more than 50, less than one piece, an order key that the product does
//         not have, several sellers · not_found, below_moq, sold_out by the product as it was read just before ·
//         price_changed: the order would cost more than purchase_amount · bad_reply with the JSON pointer · what Taobao
//         says (errors.hpp), of the first line that it refuses
// Trap    the list's name ends in a capital, render_item_List · code "0" and success:true may stand beside a data.success:false
//         · an order id means that it was made
// Rule    outer_purchase_id is our purchase's id, and idempotent: the same one again makes no second order
// Unsure  whether total_real_pay_price contains the freight (taken so) · camelCase twins and the fee beside the list, as a
//         reseller of the API writes them, are read too · channel_order_type of a purchase that stays in China
// Source  upstream.md 3.4; the types of a public Go SDK of the API
#pragma once

#include <string>
#include <vector>

#include "shared/marketplace/marketplace.hpp"
#include "shared/marketplace/taobao/product.hpp"

namespace sampan::taobao {

inline constexpr size_t most_lines = 50;

// The warehouse, in Chinese as its post knows it.
struct ShipTo {
  std::string name;
  std::string phone;
  std::string mobile_phone;
  std::string country = "中国";
  std::string state;
  std::string city;
  std::string district;
  std::string address;
  std::string zip;
};

Result<void> check_lines(const PurchaseRequest& request);

struct BasketLine {
  OrderKey key;
  int64_t quantity = 0;
  int64_t price_fen = 0;  // of one piece, as the product was read
  std::string title;
};

// `readings` has each product of the request.
Result<std::vector<BasketLine>> basket_of(const PurchaseRequest& request, const std::vector<ProductReading>& readings);

IopCall render_call(const std::vector<BasketLine>& basket, const ShipTo& ship_to);
Result<PurchasePreview> parse_render(const Json& reply);

// `sums` guard the price.
struct Purchasing {
  PurchaseId purchase_id;
  PurchasePreview sums;
  std::string channel_order_type;  // PANAMA or PANAMA_DG
};
IopCall create_call(const Purchasing& purchasing, const std::vector<BasketLine>& basket, const ShipTo& ship_to);

// Never empty.
Result<std::vector<UpstreamOrderId>> parse_created(const Json& reply);

}  // namespace sampan::taobao
