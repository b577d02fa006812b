// Every answer of the simulated JD has the shape that the real one was recorded with, or that its documents give.
#include "tests/unit/sandbox/jd_desk.hpp"
#include "tests/unit/sandbox/shape_desk.hpp"

namespace sampan {
namespace {

using namespace jd_desk;
using shape_desk::check_shape;

// The JSON that stands as text in that member is put in its place.
Json with_text_read(Json answer, std::string_view member) {
  for (JsonMember& each : answer.members) {
    if (each.name != member) continue;
    REQUIRE(each.value.kind == JsonKind::string);
    Json held = *parse_json(each.value.text);
    each.value = std::move(held);
  }
  return answer;
}

Json union_answer(const Json& answer) {
  Json read = answer;
  read.members.front().value = with_text_read(read.members.front().value, "queryResult");
  return read;
}

// Its members are named by SKUs.
Json with_any_key(Json answer) {
  for (JsonMember& each : answer.members)
    if (each.name == "result")
      for (JsonMember& sku : each.value.members) sku.name = "{}";
  return answer;
}

void check_product(Desk& desk, const std::string& sku) {
  CAPTURE(sku);
  check_shape("vop.product.getDetail", desk.call("product/getDetail", {{"sku", sku}, {"isShow", "true"}}));
  check_shape("vop.product.skuState", desk.call("product/skuState", {{"sku", sku}}));
  check_shape("vop.price.getSellPrice", desk.call("price/getSellPrice", {{"sku", sku}}));
  check_shape(
      "vop.stock.getNewStockById",
      with_text_read(desk.call("stock/getNewStockById", {{"skuNums", rows(sku, 1)}, {"area", "19_1607_3639_0"}}),
                     "result"));
}

}  // namespace

TEST_CASE("what JD's union finds is told in its shape", "[sandbox]") {
  Desk desk;
  check_shape("jos.union.goods",
              union_answer(desk.union_goods(R"({"keyword":"Thermos","pageIndex":1,"pageSize":20})")));
  check_shape("jos.union.goods", union_answer(desk.union_goods(R"({"skuIds":[)" + lamp + "]}")));
  check_shape("jos.problem", desk.posted("/routerjson", desk.jos_fields("{}")));
}

TEST_CASE("what VOP sells is told in its shape", "[sandbox]") {
  Desk desk;
  for (const std::string& sku : {white, black, pillow}) check_product(desk, sku);
  check_shape("vop.product.skuImage", with_any_key(desk.call("product/skuImage", {{"sku", white + "," + black}})));
  check_shape("vop.product.getSimilarSku", desk.call("product/getSimilarSku", {{"skuId", white}}));
  const Fields area = {{"province", "19"}, {"city", "1607"}, {"county", "3639"}, {"town", "0"}};
  Fields fields = area;
  fields.push_back({"skuIds", white + "," + black});
  check_shape("vop.product.checkAreaLimit", desk.call("product/checkAreaLimit", fields));
  fields = area;
  fields.push_back({"sku", rows(white, 2)});
  fields.push_back({"paymentType", "4"});
  check_shape("vop.order.getFreight", desk.call("order/getFreight", fields));
}

TEST_CASE("every product of JD in the demo is told in its shape, in our pool or not", "[sandbox]") {
  Desk desk;
  desk.sell(SAMPAN_SOURCE_ROOT "/assets/demo");
  size_t in_pool = 0;
  size_t outside = 0;
  const auto ids = desk.world->look([](Scene& scene) {
    std::vector<std::string> all;
    for (const OfferView& view : scene.markets.jd.search("", scene.now)) all.push_back(view.product.product_id.value);
    return all;
  });
  for (const std::string& id : ids) {
    check_shape("jos.union.goods", union_answer(desk.union_goods(R"({"skuIds":[)" + id + "]}")));
    const Json state = desk.call("product/skuState", {{"sku", id}});
    if (said(state, "/success") == "true") {
      ++in_pool;
      check_product(desk, id);
    } else {
      ++outside;
      check_shape("vop.refused", state);
    }
  }
  CHECK(in_pool == 57);
  CHECK(outside == 22);
}

TEST_CASE("buying of JD is answered in VOP's shape", "[sandbox]") {
  Desk desk;
  const Json submitted = desk.submit();
  const std::string order = order_of(submitted);
  check_shape("vop.order.submitOrder", submitted);
  check_shape("vop.order.submitOrder", desk.submit());
  check_shape("vop.order.selectJdOrderIdByThirdOrder",
              desk.call("order/selectJdOrderIdByThirdOrder", {{"thirdOrder", "pur_1"}}));
  check_shape("vop.order.selectJdOrderIdByThirdOrder",
              desk.call("order/selectJdOrderIdByThirdOrder", {{"thirdOrder", "pur_2"}}));
  check_shape("vop.order.selectJdOrder", desk.of_order("order/selectJdOrder", order));
  for (int time = 0; time < 2; ++time)
    check_shape("vop.order.confirmOrder", desk.of_order("order/confirmOrder", order));
  desk.wait(hours(10));
  check_shape("vop.order.selectJdOrder", desk.of_order("order/selectJdOrder", order));
  check_shape("vop.order.orderTrack", desk.of_order("order/orderTrack", order));
  const std::string other = order_of(desk.submit("pur_3"));
  for (int time = 0; time < 2; ++time) check_shape("vop.order.confirmOrder", desk.of_order("order/cancel", other));
}

TEST_CASE("what VOP refuses is told in its shape", "[sandbox]") {
  Desk desk;
  check_shape("vop.token", desk.new_token());
  check_shape("vop.refused", desk.call("product/getDetail", {{"sku", lamp}}));
  check_shape("vop.refused", desk.call("product/getDetail", {{"sku", "1"}}));
  check_shape("vop.refused", desk.of_order("order/selectJdOrder", "1"));
  check_shape("vop.refused", desk.posted("/api/product/skuState", {{"sku", white}, {"token", "N00"}}));
  check_shape("vop.refused", desk.call("order/submitOrder", desk.order_fields(white, 41, "59.90", "pur_1")));
}

}  // namespace sampan
