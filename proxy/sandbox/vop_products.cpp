// What the simulated VOP says of its goods: detail, pictures, variants, on sale, price, stock, sold to a region.
//
// Unit    prices in yuan as numbers, weight in kg as text, size in millimetres
// Trap    the stock is JSON text inside JSON; remainNum depends on the number asked for: below 50 it is the stock, then -1,
//         above 100 the number asked for
// Unsure  venderId, venderName, lowestBuy and sizeDesc of getDetail: asked for by queryExts, their replies are not recorded
// Source  upstream.md 5.3
#include <algorithm>

#include "proxy/sandbox/vop_api.hpp"
#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr size_t most_skus = 100;
constexpr int64_t in_stock = 33;
constexpr int64_t out_of_stock = 34;
constexpr int64_t told_below = 50;
constexpr int64_t echoed_above = 100;

Json yuan(UnitPrice price) { return json_decimal(price.ten_thousandths, 4); }
Json sku_number(const JdGoods& goods) { return json_id(goods.sku_id().value); }

std::string categories(const CatalogueProduct& product) {
  std::string ids;
  for (const std::string& name : product.category_zh) ids += (ids.empty() ? "" : ";") + jd_category_id(name);
  return ids;
}

std::string kilograms(const JdGoods& goods) {
  const CatalogueProduct& product = goods.view.product;
  return trimmed_decimal(product.skus[goods.sku].weight_grams.value_or(product.weight_grams), 3);
}

VopResult<VopReply> detail(const VopScene& call) {
  TRY(const std::vector<JdGoods> asked, vop_goods(call, "sku"));
  if (asked.size() != 1) return vop_malformed("sku");
  const JdGoods& goods = asked.front();
  const CatalogueProduct& product = goods.view.product;
  return VopReply{json_object({
      {"saleUnit", json_string("件")},
      {"weight", json_string(kilograms(goods))},
      {"productArea", json_string("中国")},
      {"wareQD", json_string("")},
      {"imagePath", json_string(product.pictures.empty() ? "" : jd_picture(product, 1))},
      {"param", json_string("")},
      {"state", json_integer(goods.view.offer.is_on_sale ? 1 : 0)},
      {"sku", sku_number(goods)},
      {"shouhou", json_string("")},
      {"brandName", json_string("")},
      {"upc", json_string("")},
      {"appintroduce", json_string("")},
      {"category", json_string(categories(product))},
      {"name", json_string(product.title_zh)},
      {"introduction", json_string("")},
      {"lowestBuy", json_integer(product.moq)},
      {"venderId", jd_seller_id(goods.view.seller.seller_id)},
      {"venderName", json_string(goods.view.seller.name_zh)},
      {"sizeDesc", json_object({{"length", json_integer(product.size.length_mm)},
                                {"width", json_integer(product.size.width_mm)},
                                {"height", json_integer(product.size.height_mm)}})},
  })};
}

Json picture_rows(const JdGoods& goods) {
  const CatalogueProduct& product = goods.view.product;
  std::vector<Json> rows;
  for (size_t i = 1; i <= product.pictures.size(); ++i)
    rows.push_back(json_object({
        {"id", json_integer(static_cast<int64_t>(i))},
        {"skuId", sku_number(goods)},
        {"path", json_string(jd_picture(product, i))},
        {"created", json_string("2026-01-01 00:00:00")},
        {"modified", json_string("2026-01-01 00:00:00")},
        {"yn", json_integer(1)},
        {"isPrimary", json_integer(i == 1 ? 1 : 0)},
        {"orderSort", json_integer(static_cast<int64_t>(i) - 1)},
        {"position", json_null()},
        {"type", json_integer(0)},
        {"features", json_null()},
    }));
  return json_array(std::move(rows));
}

VopResult<VopReply> pictures(const VopScene& call) {
  TRY(const std::vector<JdGoods> asked, vop_goods(call, "sku"));
  std::vector<JsonMember> by_sku;
  for (const JdGoods& goods : asked) by_sku.push_back({goods.sku_id().value, picture_rows(goods)});
  return VopReply{json_object(std::move(by_sku)), "0000", "操作成功"};
}

Json value_row(const JdGoods& goods, size_t option, size_t value) {
  const CatalogueProduct& product = goods.view.product;
  std::vector<Json> skus;
  for (size_t i = 0; i < product.skus.size(); ++i)
    if (static_cast<size_t>(product.skus[i].values[option]) == value)
      skus.push_back(json_id(goods.view.offer.skus[i].sku_id.value));
  return json_object({{"imagePath", json_null()},
                      {"saleValue", json_string(product.options[option].values[value].zh)},
                      {"skuIds", json_array(std::move(skus))}});
}

VopResult<VopReply> similar(const VopScene& call) {
  TRY(const std::vector<JdGoods> asked, vop_goods(call, "skuId"));
  const JdGoods& goods = asked.front();
  const std::vector<CatalogueOption>& options = goods.view.product.options;
  std::vector<Json> dimensions;
  for (size_t option = 0; option < options.size(); ++option) {
    std::vector<Json> values;
    for (size_t value = 0; value < options[option].values.size(); ++value)
      values.push_back(value_row(goods, option, value));
    dimensions.push_back(json_object({{"dim", json_integer(static_cast<int64_t>(option) + 1)},
                                      {"saleName", json_string(options[option].zh)},
                                      {"saleAttrList", json_array(std::move(values))}}));
  }
  return VopReply{json_array(std::move(dimensions))};
}

VopResult<VopReply> states(const VopScene& call) {
  TRY(const std::vector<JdGoods> asked, vop_goods(call, "sku"));
  std::vector<Json> rows;
  for (const JdGoods& goods : asked)
    rows.push_back(
        json_object({{"state", json_integer(goods.view.offer.is_on_sale ? 1 : 0)}, {"sku", sku_number(goods)}}));
  return VopReply{json_array(std::move(rows)), "0000", "操作成功"};
}

VopResult<VopReply> area_limits(const VopScene& call) {
  TRY_DO(vop_check_area(call.parameters));
  TRY(const std::vector<JdGoods> asked, vop_goods(call, "skuIds"));
  std::vector<Json> rows;
  for (const JdGoods& goods : asked)
    rows.push_back(json_object({{"skuId", sku_number(goods)}, {"isAreaRestrict", json_boolean(false)}}));
  return VopReply{json_array(std::move(rows))};
}

VopResult<VopReply> prices(const VopScene& call) {
  TRY(const std::vector<JdGoods> asked, vop_goods(call, "sku"));
  std::vector<Json> rows;
  for (const JdGoods& goods : asked)
    rows.push_back(
        json_object({{"price", yuan(goods.price())}, {"skuId", sku_number(goods)}, {"jdPrice", yuan(goods.price())}}));
  return VopReply{json_array(std::move(rows)), "0000", "价格为null或者小于0时，为暂无报价"};
}

int64_t remaining(const StockLevel& level, int64_t asked) {
  if (asked > echoed_above) return asked;
  return level.knowledge == StockKnowledge::number && asked < told_below ? level.quantity : -1;
}

VopResult<VopReply> stock(const VopScene& call) {
  TRY(const std::vector<VopLine> lines, vop_lines(call, "skuNums", most_skus));
  std::vector<Json> rows;
  for (const VopLine& line : lines) {
    const StockLevel& level = line.goods.level();
    const bool is_there = available(level, line.quantity) >= line.quantity;
    rows.push_back(json_object({
        {"skuId", sku_number(line.goods)},
        {"areaId", json_string(call.parameters.text("area"))},
        {"stockStateId", json_integer(is_there ? in_stock : out_of_stock)},
        {"stockStateDesc", json_string(is_there ? "有货" : "无货")},
        {"remainNum", json_integer(is_there ? remaining(level, line.quantity) : -1)},
    }));
  }
  return VopReply{json_string(json_text(json_array(std::move(rows))))};
}

}  // namespace

std::vector<VopApi> vop_product_apis() {
  return {
      {"product/getDetail", false, {"sku"}, detail},
      {"product/skuImage", false, {"sku"}, pictures},
      {"product/getSimilarSku", false, {"skuId"}, similar},
      {"product/skuState", false, {"sku"}, states},
      {"product/checkAreaLimit", false, {"skuIds"}, area_limits},
      {"price/getSellPrice", false, {"sku"}, prices},
      {"stock/getNewStockById", false, {"skuNums", "area"}, stock},
  };
}

}  // namespace sampan
