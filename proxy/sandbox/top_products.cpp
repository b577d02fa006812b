// What TOP tells of the simulated Taobao: taobao.tbk.dg.material.optional and taobao.tbk.item.info.get.
//
// Unit    prices in yuan as text
// Trap    an empty list is a missing key, and so is an item that is not sold any more
// Source  upstream.md 2.6; the recorded replies of both
#include <algorithm>

#include "proxy/sandbox/iop_item.hpp"
#include "proxy/sandbox/top_api.hpp"
#include "proxy/sandbox/wire_json.hpp"
#include "shared/marketplace/simulator/fate.hpp"

namespace sampan {
namespace {

constexpr int64_t largest_page = 100;
constexpr size_t most_items = 40;

using Answer = tl::expected<Json, TopProblem>;

Json price_text(int64_t fen) { return json_string(trimmed_decimal(fen, 2)); }

Json small_images(const CatalogueProduct& product) {
  std::vector<Json> pictures;
  for (size_t i = 2; i <= product.pictures.size(); ++i) pictures.push_back(json_string(item_picture(product, i)));
  if (pictures.empty()) return json_null();
  return json_object({{"string", json_array(std::move(pictures))}});
}

// What both rows say, and in the same way.
std::vector<JsonMember> common_row(const OfferView& view) {
  const CatalogueProduct& product = view.product;
  const std::string& id = product.product_id.value;
  return {
      {"title", json_string(product.title_zh)},
      {"pict_url", json_string(product.pictures.empty() ? "" : item_picture(product, 1))},
      {"small_images", small_images(product)},
      {"reserve_price", price_text(item_price_fen(view))},
      {"zk_final_price", price_text(item_price_fen(view))},
      {"user_type", json_integer(product.is_tmall.value_or(false) ? 1 : 0)},
      {"provcity", json_string(view.seller.city_zh)},
      {"item_url", json_string("https://item.taobao.com/item.htm?id=" + id)},
      {"seller_id", json_id(view.seller.seller_id.value)},
      {"nick", json_string(view.seller.name_zh)},
      {"volume", json_integer(product.monthly_sales)},
  };
}

Json material_row(const OfferView& view) {
  const CatalogueProduct& product = view.product;
  const std::string category = product.category_zh.empty() ? "" : product.category_zh.back();
  std::vector<JsonMember> row = common_row(view);
  row.push_back({"num_iid", json_string(product.product_id.value)});
  row.push_back({"item_id", json_string(product.product_id.value)});
  row.push_back({"shop_title", json_string(view.seller.name_zh)});
  row.push_back({"category_id", json_integer(50'000'000 + fate_below(9'000'000, 1, category))});
  row.push_back({"category_name", json_string(category)});
  row.push_back({"real_post_fee", json_string(decimal_text(view.product.domestic_freight.fen, 2))});
  row.push_back({"commission_rate", json_string("135")});
  row.push_back({"coupon_amount", json_null()});
  return json_object(std::move(row));
}

Answer material_optional(const TopScene& call) {
  const auto page = call.parameters.integer("page_no", 1);
  const auto size = call.parameters.integer("page_size", 20);
  if (!page || *page < 1) return tl::unexpected(top_invalid("page_no"));
  if (!size || *size < 1 || *size > largest_page) return tl::unexpected(top_invalid("page_size"));
  const std::vector<OfferView> found = call.scene.markets.taobao.search(call.parameters.text("q"), call.scene.now);
  const auto total = static_cast<int64_t>(found.size());
  std::vector<Json> rows;
  if (*page <= (total + *size - 1) / *size)
    for (int64_t i = (*page - 1) * *size; i < std::min(total, *page * *size); ++i)
      rows.push_back(material_row(found[static_cast<size_t>(i)]));
  std::vector<JsonMember> members;
  if (!rows.empty()) members.push_back({"result_list", json_object({{"map_data", json_array(std::move(rows))}})});
  members.push_back({"total_results", json_integer(total)});
  return json_object(std::move(members));
}

Json info_row(const OfferView& view) {
  const CatalogueProduct& product = view.product;
  std::vector<JsonMember> row = common_row(view);
  row.push_back({"num_iid", json_id(product.product_id.value)});
  row.push_back({"cat_name", json_string(product.category_zh.empty() ? "" : product.category_zh.front())});
  row.push_back({"cat_leaf_name", json_string(product.category_zh.empty() ? "" : product.category_zh.back())});
  row.push_back({"material_lib_type", json_string("")});
  return json_object(std::move(row));
}

std::vector<std::string> ids_of(const std::string& joined) {
  std::vector<std::string> ids(1);
  for (const char c : joined) {
    if (c == ',')
      ids.emplace_back();
    else
      ids.back() += c;
  }
  return ids;
}

Answer item_info(const TopScene& call) {
  const std::vector<std::string> ids = ids_of(call.parameters.text("num_iids"));
  if (ids.size() > most_items) return tl::unexpected(top_invalid("num_iids"));
  std::vector<Json> rows;
  for (const std::string& id : ids) {
    const auto view = call.scene.markets.taobao.read_offer({id}, call.scene.now);
    if (view && view->offer.is_on_sale) rows.push_back(info_row(*view));
  }
  std::vector<JsonMember> results;
  if (!rows.empty()) results.push_back({"n_tbk_item", json_array(std::move(rows))});
  return json_object({{"results", json_object(std::move(results))}});
}

}  // namespace

std::vector<TopApi> top_product_apis() {
  return {
      {"taobao.tbk.dg.material.optional", {"q", "adzone_id"}, material_optional},
      {"taobao.tbk.item.info.get", {"num_iids"}, item_info},
  };
}

}  // namespace sampan
