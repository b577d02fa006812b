#include "shared/marketplace/alibaba1688/purchase.hpp"

#include <algorithm>

#include "shared/marketplace/alibaba1688/errors.hpp"

namespace sampan::alibaba1688 {
namespace {

constexpr std::string_view wholesale = "general";  // `flow`

std::string cargo_text(const PurchaseRequest& request) {
  std::vector<std::string> lines;
  for (const PurchaseItem& item : request.items) {
    JsonObject line;
    line.id("offerId", item.product_id.value)
        .text_unless_empty("specId", item.order_key)
        .number("quantity", item.quantity);
    lines.push_back(line.written());
  }
  return json_array(lines);
}

std::string address_text(const ShipTo& to) {
  JsonObject address;
  address.text_unless_empty("fullName", to.full_name)
      .text_unless_empty("mobile", to.mobile)
      .text_unless_empty("phone", to.phone)
      .text_unless_empty("postCode", to.post_code)
      .text_unless_empty("provinceText", to.province)
      .text_unless_empty("cityText", to.city)
      .text_unless_empty("areaText", to.area)
      .text_unless_empty("townText", to.town)
      .text_unless_empty("address", to.address)
      .text_unless_empty("districtCode", to.district_code);
  return address.written();
}

std::vector<Parameter> basket(const PurchaseRequest& request, const ShipTo& ship_to) {
  return {{"flow", std::string(wholesale)},
          {"addressParam", address_text(ship_to)},
          {"cargoParamList", cargo_text(request)}};
}

// One row a seller and kind of trade.
Result<void> add_row(Preview& preview, const Reply& row) {
  if (row["status"].is_false() && !row["sumPayment"].has_value()) return business_error(row);
  TRY(const Money whole, row["sumPayment"].required_fen());
  Money freight{0, cny()};
  if (row["sumCarriage"].has_value()) {
    TRY(freight, row["sumCarriage"].required_fen());
  }
  TRY(const Money goods, subtract(whole, freight));
  if (goods.minor < 0) return row["sumPayment"].unreadable("a sum above the freight");
  TRY(preview.sums.goods, add(preview.sums.goods, goods));
  TRY(preview.sums.freight, add(preview.sums.freight, freight));
  const std::vector<Reply> trade_types = row["tradeModeNameList"].items();
  if (preview.trade_type.empty() && !trade_types.empty()) preview.trade_type = trade_types.front().text();
  return done();
}

Result<void> add_created(std::vector<UpstreamOrderId>& created, const Reply& at) {
  TRY(const std::string id, at.required_id());
  const UpstreamOrderId order{id};
  if (std::find(created.begin(), created.end(), order) == created.end()) created.push_back(order);
  return done();
}

Result<std::vector<UpstreamOrderId>> created_at_level(const Reply& level) {
  std::vector<UpstreamOrderId> created;
  if (!level["orderId"].text().empty()) TRY_DO(add_created(created, level["orderId"]));
  for (const Reply& row : level["orderList"].items()) TRY_DO(add_created(created, row["orderId"]));
  return created;
}

}  // namespace

Result<void> check_lines(const PurchaseRequest& request) {
  if (request.items.empty()) return fail(ErrorCode::bad_request, "A purchase has no lines.");
  if (request.items.size() > most_lines)
    return fail(ErrorCode::bad_request, "One order of 1688 has at most 50 SKUs.", std::to_string(request.items.size()));
  for (const PurchaseItem& item : request.items)
    if (item.quantity < 1)
      return fail(ErrorCode::bad_request, "A line buys at least one piece.", item.product_id.value);
  return done();
}

Call preview_call(const PurchaseRequest& request, const ShipTo& ship_to) {
  return {trade_space, "alibaba.createOrder.preview", basket(request, ship_to)};
}

Result<Preview> parse_preview(const Json& reply) {
  TRY(const Reply found, payload(Reply(reply), {"orderPreviewResuslt", "orderPreviewResult"}));
  const Reply as_spelt = found["orderPreviewResuslt"];
  const Reply rows = as_spelt.has_value() ? as_spelt : found["orderPreviewResult"];
  Preview preview{{{0, cny()}, {0, cny()}}, {}};
  if (rows.items().empty()) return business_error(Reply(reply));
  for (const Reply& row : rows.items()) TRY_DO(add_row(preview, row));
  return preview;
}

Call create_call(const PurchaseRequest& request, const ShipTo& ship_to, const std::string& trade_type) {
  std::vector<Parameter> parameters = basket(request, ship_to);
  parameters.push_back({"isvBizType", "cross"});
  parameters.push_back({"outOrderId", request.purchase_id.value});
  if (!trade_type.empty()) parameters.push_back({"tradeType", trade_type});
  return {trade_space, "alibaba.trade.createCrossOrder", std::move(parameters)};
}

Result<std::vector<UpstreamOrderId>> parse_created(const Json& reply) {
  const Reply root(reply);
  for (const Reply& level : {root["result"]["result"], root["result"], root}) {
    TRY(const auto created, created_at_level(level));
    if (!created.empty()) return created;
  }
  for (const Reply& level : {root["result"], root})
    for (const Reply& line : level["failedOfferList"].items()) return business_error(line);
  return business_error(root);
}

}  // namespace sampan::alibaba1688
