#include "shared/marketplace/jd/offer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "shared/marketplace/alibaba1688/call.hpp"

namespace sampan::jd {
namespace {

using alibaba1688::json_array;
using alibaba1688::JsonObject;

constexpr std::array states_sold_now = {int64_t{33}, int64_t{39}, int64_t{40}};
constexpr std::array states_not_sold = {int64_t{34}, int64_t{36}, int64_t{99}};

template <size_t size>
bool is_in(const std::array<int64_t, size>& states, int64_t state) {
  return std::find(states.begin(), states.end(), state) != states.end();
}

// Where it is sold, no number means at least as many as were asked for.
StockLevel level_of(int64_t state, const Reply& remaining) {
  if (is_in(states_not_sold, state)) return {StockKnowledge::number, 0};
  if (!is_in(states_sold_now, state)) return {};
  const int64_t quantity = remaining.whole().value_or(-1);
  return quantity > 0 ? StockLevel{StockKnowledge::number, quantity} : StockLevel{StockKnowledge::plenty, 0};
}

Result<std::optional<Money>> yuan_or_none(const Reply& amount) {
  if (!amount.has_value() || amount.text().empty()) return std::optional<Money>();
  TRY(const Money money, amount.required_yuan());
  return std::optional(money);
}

// Of every row; `result` may have been JSON text.
template <class Row, class Parse>
Result<std::vector<Row>> parse_rows(const Json& reply, const Parse& parse) {
  Json text;
  TRY(const Reply result, vop_result(Reply(reply), text));
  if (!result.is_array()) return result.unreadable("a list");
  std::vector<Row> rows;
  for (const Reply& each : result.items()) {
    TRY(Row row, parse(each));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Result<Area> parse_area(std::string_view text) {
  Area area;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int64_t* const id : {&area.province, &area.city, &area.county, &area.town}) {
    const auto [stopped, problem] = std::from_chars(at, end, *id);
    const bool is_last = id == &area.town;
    if (problem != std::errc{} || *id < 0 || (is_last ? stopped != end : stopped == end || *stopped != '_'))
      return fail(ErrorCode::bad_input, "A region of JD is written as 19_1607_3639_0.",
                  std::string(text.substr(0, 40)));
    at = stopped + 1;
  }
  return area;
}

std::string sku_quantities(const std::vector<SkuQuantity>& skus) {
  std::vector<std::string> rows;
  for (const SkuQuantity& each : skus) {
    JsonObject row;
    rows.push_back(row.id("skuId", each.sku_id.value).number("num", each.quantity).written());
  }
  return json_array(rows);
}

std::string comma_joined(const std::vector<SkuId>& skus) {
  std::vector<std::string> texts;
  for (const SkuId& each : skus) texts.push_back(each.value);
  return comma_joined(texts);
}

void add_area(std::vector<Parameter>& parameters, const Area& area) {
  parameters.push_back({"province", std::to_string(area.province)});
  parameters.push_back({"city", std::to_string(area.city)});
  parameters.push_back({"county", std::to_string(area.county)});
  parameters.push_back({"town", std::to_string(area.town)});
}

VopCall sku_state_call(const std::vector<SkuId>& skus) { return {"product/skuState", {{"sku", comma_joined(skus)}}}; }

Result<std::vector<SkuState>> parse_sku_states(const Json& reply) {
  return parse_rows<SkuState>(reply, [](const Reply& row) -> Result<SkuState> {
    SkuState state;
    TRY(state.sku_id.value, row["sku"].required_id());
    TRY(const int64_t written, row["state"].required_whole());
    state.is_on_sale = written == 1;
    return state;
  });
}

VopCall sell_price_call(const std::vector<SkuId>& skus) {
  return {"price/getSellPrice", {{"sku", comma_joined(skus)}, {"queryExts", "Price,marketPrice,containsTax"}}};
}

Result<std::vector<SellPrice>> parse_sell_prices(const Json& reply) {
  return parse_rows<SellPrice>(reply, [](const Reply& row) -> Result<SellPrice> {
    SellPrice price;
    TRY(price.sku_id.value, row["skuId"].required_id());
    TRY(price.price, row["price"].price());
    TRY(price.list_price, row["jdPrice"].price());
    return price;
  });
}

VopCall stock_call(const std::vector<SkuQuantity>& skus, const Area& area) {
  std::string area_text;
  for (const int64_t id : {area.province, area.city, area.county, area.town})
    area_text += (area_text.empty() ? "" : "_") + std::to_string(id);
  return {"stock/getNewStockById", {{"skuNums", sku_quantities(skus)}, {"area", area_text}}};
}

Result<std::vector<AreaStock>> parse_stock(const Json& reply) {
  return parse_rows<AreaStock>(reply, [](const Reply& row) -> Result<AreaStock> {
    AreaStock stock;
    TRY(stock.sku_id.value, row["skuId"].required_id());
    TRY(stock.stock_state, row["stockStateId"].required_whole());
    stock.area = row["areaId"].text();
    stock.is_sold_now = is_in(states_sold_now, stock.stock_state);
    stock.level = level_of(stock.stock_state, row["remainNum"]);
    return stock;
  });
}

VopCall area_limit_call(const std::vector<SkuId>& skus, const Area& area) {
  VopCall call{"product/checkAreaLimit", {{"skuIds", comma_joined(skus)}}};
  add_area(call.parameters, area);
  return call;
}

Result<std::vector<AreaLimit>> parse_area_limits(const Json& reply) {
  return parse_rows<AreaLimit>(reply, [](const Reply& row) -> Result<AreaLimit> {
    AreaLimit limit;
    TRY(limit.sku_id.value, row["skuId"].required_id());
    const Reply restricted = row["isAreaRestrict"];
    if (!restricted.is_true() && !restricted.is_false()) return restricted.unreadable("true or false");
    limit.is_restricted = restricted.is_true();
    return limit;
  });
}

VopCall freight_call(const std::vector<SkuQuantity>& skus, const Area& area, int64_t payment_type) {
  VopCall call{"order/getFreight", {{"sku", sku_quantities(skus)}}};
  add_area(call.parameters, area);
  call.parameters.push_back({"paymentType", std::to_string(payment_type)});
  return call;
}

Result<Freight> parse_freight(const Json& reply) {
  TRY(const Reply result, vop_result(Reply(reply)));
  Freight freight;
  TRY(freight.whole, result["freight"].required_yuan());
  if (freight.whole.minor < 0) return result["freight"].unreadable("no less than nothing");
  TRY(freight.base, yuan_or_none(result["baseFreight"]));
  TRY(freight.remote_region, yuan_or_none(result["remoteRegionFreight"]));
  return freight;
}

}  // namespace sampan::jd
