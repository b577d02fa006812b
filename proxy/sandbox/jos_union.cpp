#include "proxy/sandbox/jos_union.hpp"

#include <algorithm>

#include "proxy/sandbox/jd_shelf.hpp"
#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr int64_t largest_page = 30;
constexpr size_t most_ids = 100;

Json answer_of(int64_t code, std::string_view message, std::vector<JsonMember> found) {
  std::vector<JsonMember> members{
      {"code", json_integer(code)}, {"message", json_string(message)}, {"requestId", json_string("o_sandbox")}};
  members.insert(members.end(), found.begin(), found.end());
  return json_object(std::move(members));
}

Json not_understood(std::string_view what) { return answer_of(400, "参数错误：" + std::string(what), {}); }

Json categories_of(const CatalogueProduct& product) {
  std::vector<JsonMember> members;
  for (size_t i = 0; i < product.category_zh.size() && i < 3; ++i) {
    const std::string level = "cid" + std::to_string(i + 1);
    members.push_back({level, json_id(jd_category_id(product.category_zh[i]))});
    members.push_back({level + "Name", json_string(product.category_zh[i])});
  }
  return json_object(std::move(members));
}

Json pictures_of(const CatalogueProduct& product) {
  std::vector<Json> rows;
  for (size_t i = 1; i <= product.pictures.size(); ++i)
    rows.push_back(json_object({{"url", json_string(jd_picture(product, i))}}));
  return json_object({{"imageList", json_array(std::move(rows))}});
}

bool is_self_run(const CatalogueSeller& seller) { return seller.name_zh.find("自营") != std::string::npos; }

Json row_of(const JdGoods& goods) {
  const CatalogueProduct& product = goods.view.product;
  const CatalogueSeller& seller = goods.view.seller;
  const Json price = json_decimal(goods.price().ten_thousandths, 4);
  return json_object({
      {"skuId", json_id(goods.sku_id().value)},
      {"skuName", json_string(product.title_zh)},
      {"spuid", json_id(product.product_id.value)},
      {"brandName", json_string("")},
      {"owner", json_string(is_self_run(seller) ? "g" : "p")},
      {"materialUrl", json_string("jingfen.jd.com/detail/" + goods.sku_id().value + ".html")},
      {"categoryInfo", categories_of(product)},
      {"imageInfo", pictures_of(product)},
      {"priceInfo", json_object({{"price", price}, {"lowestPrice", price}, {"lowestPriceType", json_integer(1)}})},
      {"shopInfo",
       json_object({{"shopId", jd_seller_id(seller.seller_id)}, {"shopName", json_string(seller.name_zh)}})},
      {"inOrderCount30Days", json_integer(product.monthly_sales)},
  });
}

// The SKU that a group is shown by.
JdGoods shown(const OfferView& view) {
  for (size_t i = 0; i < view.offer.skus.size(); ++i)
    if (view.offer.skus[i].sku_id.value == view.product.product_id.value) return {view, i};
  return {view, 0};
}

std::vector<JdGoods> by_words(SimulatedMarket& market, Instant now, const std::string& words) {
  std::vector<JdGoods> goods;
  for (const OfferView& view : market.search(words, now)) goods.push_back(shown(view));
  return goods;
}

std::vector<JdGoods> by_numbers(SimulatedMarket& market, Instant now, const std::vector<Json>& ids) {
  const JdShelf shelf(market, now);
  std::vector<JdGoods> all;
  for (const Json& id : ids)
    if (auto goods = shelf.find({id.text}); goods && goods->view.offer.is_on_sale) all.push_back(*goods);
  return all;
}

}  // namespace

Json jos_union_goods(SimulatedMarket& market, Instant now, const Json& asked) {
  const Json* const request = asked.find("goodsReqDTO");
  if (request == nullptr || request->kind != JsonKind::object) return not_understood("goodsReqDTO");
  const Json* const numbers = request->find("skuIds") != nullptr ? request->find("skuIds") : request->find("itemIds");
  const std::string words = member_text(*request, "keyword");
  if (numbers == nullptr && words.empty()) return not_understood("keyword");
  if (numbers != nullptr && (numbers->kind != JsonKind::array || numbers->items.size() > most_ids))
    return not_understood("skuIds");

  const int64_t page = member_integer(*request, "pageIndex").value_or(1);
  const int64_t page_size = member_integer(*request, "pageSize").value_or(20);
  if (page < 1) return not_understood("pageIndex");
  if (page_size < 1 || page_size > largest_page) return not_understood("pageSize");

  const std::vector<JdGoods> found =
      numbers != nullptr ? by_numbers(market, now, numbers->items) : by_words(market, now, words);
  const auto total = static_cast<int64_t>(found.size());
  const int64_t pages_before = std::min(page - 1, total / page_size + 1);
  std::vector<Json> rows;
  for (int64_t i = pages_before * page_size; i < std::min(total, (pages_before + 1) * page_size); ++i)
    rows.push_back(row_of(found[static_cast<size_t>(i)]));
  return answer_of(200, "success", {{"totalCount", json_integer(total)}, {"data", json_array(std::move(rows))}});
}

}  // namespace sampan
