// Buying on the simulated 1688: preview, create, pay, cancel.
//
// Unit    sums are fen; in the preview, cargoList's amount and finalUnitPrice are yuan, in the same object
// Source  upstream.md 4.5; open.1688.com com.alibaba.trade:alibaba.createOrder.preview-1,
//         alibaba.trade.createCrossOrder-1, alibaba.trade.pay.protocolPay.preparePay-1, alibaba.trade.cancel-1
#include <algorithm>
#include <array>

#include "proxy/sandbox/aop_api.hpp"
#include "proxy/sandbox/aop_order.hpp"
#include "proxy/sandbox/wire_json.hpp"
#include "shared/marketplace/simulator/refusal.hpp"

namespace sampan {
namespace {

constexpr std::string_view space = "com.alibaba.trade";
constexpr size_t longest_message = 500;
constexpr size_t longest_address = 200;

// Bytes that begin a character of UTF-8.
size_t characters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool is_all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// 1688 takes an address id, or a district's code with the street, or everything as texts.
Result<void> check_address(const Json& address) {
  if (!member_text(address, "addressId").empty()) return done();
  const std::string street = member_text(address, "address");
  if (street.empty() || characters(street) > longest_address) return malformed("addressParam.address");
  if (member_text(address, "fullName").empty()) return malformed("addressParam.fullName");
  const std::string mobile = member_text(address, "mobile");
  const std::string phone = member_text(address, "phone");
  if ((mobile.empty() && phone.empty()) || !is_all_digits(mobile)) return malformed("addressParam.mobile");
  const bool has_texts = !member_text(address, "provinceText").empty() && !member_text(address, "cityText").empty();
  if (member_text(address, "districtCode").empty() && !has_texts) return malformed("addressParam.provinceText");
  return done();
}

Result<std::vector<PurchaseItem>> items_of(const Json& cargo) {
  if (cargo.kind != JsonKind::array) return malformed("cargoParamList");
  std::vector<PurchaseItem> items;
  for (const Json& line : cargo.items) {
    PurchaseItem item;
    item.product_id.value = member_text(line, "offerId");
    item.order_key = member_text(line, "specId");
    if (item.product_id.is_empty()) return malformed("cargoParamList.offerId");
    TRY(item.quantity, member_integer(line, "quantity"));
    items.push_back(std::move(item));
  }
  return items;
}

constexpr std::array flows{std::string_view("general"),      std::string_view("fenxiao"),
                           std::string_view("saleproxy"),    std::string_view("boutiquefenxiao"),
                           std::string_view("boutiquepifa"), std::string_view("paired")};

Result<std::vector<PurchaseItem>> items_asked(const AopParameters& parameters) {
  const std::string flow = parameters.text("flow");
  if (!flow.empty() && std::find(flows.begin(), flows.end(), flow) == flows.end()) return malformed("flow");
  TRY(const Json address, parameters.json("addressParam"));
  TRY_DO(check_address(address));
  TRY(const Json cargo, parameters.json("cargoParamList"));
  return items_of(cargo);
}

Result<Json> cargo_row(const AopScene& call, const BasketLine& line, const PurchaseItem& item) {
  TRY(const OfferView view, call.scene.alibaba1688.read_offer(item.product_id, call.scene.now));
  TRY(const Money amount, line_total(line.unit_price, line.quantity));
  std::vector<JsonMember> row{{"amount", json_decimal(amount.minor, 2)},
                              {"finalUnitPrice", json_decimal(line.unit_price.ten_thousandths, 4)}};
  if (has_variants(view.product)) {
    const CatalogueSku& sku = view.product.skus[line.sku];
    row.push_back({"specId", json_string(sku.spec_id)});
    row.push_back({"skuId", json_id(sku.sku_id.value)});
  }
  row.push_back({"offerId", json_id(item.product_id.value)});
  row.push_back({"cargoPromotionList", json_array({})});
  return json_object(std::move(row));
}

// A basket's lines are what was asked, in its order, a SKU that was asked twice being one line.
std::vector<PurchaseItem> distinct(const std::vector<PurchaseItem>& items) {
  std::vector<PurchaseItem> once;
  for (const PurchaseItem& item : items) {
    const auto is_same = [&](const PurchaseItem& known) {
      return known.product_id == item.product_id && known.order_key == item.order_key;
    };
    if (std::none_of(once.begin(), once.end(), is_same)) once.push_back(item);
  }
  return once;
}

Result<Json> cargo_list(const AopScene& call, const Basket& basket, const std::vector<PurchaseItem>& items) {
  const std::vector<PurchaseItem> asked = distinct(items);
  std::vector<Json> rows;
  for (size_t i = 0; i < basket.lines.size(); ++i) {
    TRY(Json row, cargo_row(call, basket.lines[i], asked[i]));
    rows.push_back(std::move(row));
  }
  return json_array(std::move(rows));
}

Result<Json> preview(const AopScene& call) {
  TRY(const std::vector<PurchaseItem> items, items_asked(call.parameters));
  TRY(const Basket basket, call.scene.alibaba1688.preview(items, call.scene.now));
  TRY(Json cargo, cargo_list(call, basket, items));
  const std::string flow = call.parameters.text("flow");
  Json trade_model = json_object({{"tradeType", json_string("nzassure")},
                                  {"name", json_string("担保交易")},
                                  {"description", json_string("")},
                                  {"opSupport", json_boolean(true)}});
  Json seller_part = json_object({
      {"tradeModeNameList", json_array({json_string("nzassure")})},
      {"status", json_boolean(true)},
      {"taoSampleSinglePromotion", json_boolean(false)},
      {"sumPayment", json_integer(basket.goods_fen + basket.freight_fen)},
      {"sumCarriage", json_integer(basket.freight_fen)},
      {"sumPaymentNoCarriage", json_integer(basket.goods_fen)},
      {"flowFlag", json_string(flow.empty() ? "general" : flow)},
      {"cargoList", std::move(cargo)},
      {"shopPromotionList", json_array({})},
      {"tradeModelList", json_array({std::move(trade_model)})},
  });
  // The key is spelt so on the wire.
  return json_object({{"orderPreviewResuslt", json_array({std::move(seller_part)})}, {"success", json_boolean(true)}});
}

// outOrderId is kept with the order, and a second create with the same one makes a second order.
Result<Json> create(const AopScene& call) {
  TRY(const std::vector<PurchaseItem> items, items_asked(call.parameters));
  if (characters(call.parameters.text("message")) > longest_message) return malformed("message");
  TRY(const MarketOrder order,
      call.scene.alibaba1688.create({call.parameters.text("outOrderId")}, items, call.scene.now));
  return json_object({{"result", json_object({{"success", json_boolean(true)},
                                              {"totalSuccessAmount", json_integer(total_fen(order))},
                                              {"orderId", json_string(order.upstream_order_id.value)},
                                              {"postFee", json_integer(order.freight_fen)},
                                              {"failedOfferList", json_array({})}})},
                      {"success", json_boolean(true)}});
}

Result<Json> prepare_pay(const AopScene& call) {
  TRY(const Json asked, call.parameters.json("tradeWithholdPreparePayParam"));
  const UpstreamOrderId id{member_text(asked, "orderId")};
  TRY(const MarketOrder order, call.scene.alibaba1688.read_order(id, call.scene.now));
  if (const std::string amount = member_text(asked, "payAmount"); !amount.empty()) {
    TRY(const int64_t fen, member_integer(asked, "payAmount"));
    if (fen != total_fen(order)) return malformed("payAmount");
  }
  TRY_DO(call.scene.alibaba1688.pay(id, call.scene.now));
  return json_object({{"result", json_object({{"success", json_boolean(true)},
                                              {"code", json_null()},
                                              {"message", json_null()},
                                              {"result", json_object({{"payChannel", json_string("Alipay")},
                                                                      {"paySuccess", json_boolean(true)}})}})}});
}

Result<Json> cancel(const AopScene& call) {
  const std::string reason = call.parameters.text("cancelReason");
  if (reason != "buyerCancel" && reason != "sellerGoodsLack" && reason != "other") return malformed("cancelReason");
  TRY_DO(check_web_site(call.parameters));
  const auto cancelled = call.scene.alibaba1688.cancel({call.parameters.text("tradeID")}, call.scene.now);
  if (!cancelled)
    return tl::unexpected(
        renamed(renamed(cancelled.error(), "404", "ORDER_NOT_EXIST"), "not_in_this_state", "ORDER_STATUS_ERROR"));
  return json_object({{"success", json_boolean(true)}});
}

}  // namespace

std::vector<AopApi> aop_order_apis() {
  using Shape = AopRefusalShape;
  return {
      {space,
       "alibaba.createOrder.preview",
       false,
       true,
       Shape::top_error_msg,
       {"addressParam", "cargoParamList"},
       preview},
      {space,
       "alibaba.trade.createCrossOrder",
       true,
       true,
       Shape::result_and_top,
       {"flow", "addressParam", "cargoParamList"},
       create},
      {space,
       "alibaba.trade.pay.protocolPay.preparePay",
       true,
       true,
       Shape::result_code,
       {"tradeWithholdPreparePayParam"},
       prepare_pay},
      {space,
       "alibaba.trade.cancel",
       true,
       true,
       Shape::top_error_message,
       {"webSite", "tradeID", "cancelReason"},
       cancel},
  };
}

}  // namespace sampan
