// A desk in front of the simulated JD: a world in a folder of its own, a clock that the test moves, signed calls and a token.
#pragma once

#include "proxy/sandbox/jd_gateway.hpp"
#include "proxy/sandbox/wire_json.hpp"
#include "tests/unit/sandbox/aop_desk.hpp"

namespace sampan::jd_desk {

using aop_desk::at;
using aop_desk::Fields;
using aop_desk::said;

// A simulated JD small enough to know by heart. Written for these tests.
//
//   flask   seller 1056  a SKU each colour: white ¥59.90 ×40, black ¥61.00 plenty; 400 g; ¥6, free over ¥200
//   pillow  seller 1049  no variants; ¥129.00, stock not known; free
//   lamp    seller 1056  no variants; ¥88.00 ×9; not in our contract's pool
inline constexpr std::string_view products_json = R"([
{"product_id":"100012043978","seller_id":"jd_1056","title_zh":"保温杯 Thermos","title_en":"Vacuum flask","category_zh":["餐具","保温杯"],"category_en":["Tableware","Flasks"],
 "pictures":[{"glyph":"1f375","hue":0,"background":["#FFFFFF","#EEEEEE"]},{"glyph":"1f375","hue":90,"background":["#FFFFFF","#EEEEEE"]}],
 "options":[{"zh":"颜色","en":"Colour","values":[{"zh":"白色","en":"White"},{"zh":"黑色","en":"Black"}]},
            {"zh":"容量","en":"Size","values":[{"zh":"500ml","en":"500 ml"}]}],
 "skus":[{"sku_id":"100012043978","spec_id":"100012043978","values":[0,0],"price_fen":5990,"stock":40},
         {"sku_id":"100012043980","spec_id":"100012043980","values":[1,0],"price_fen":6100,"stock":"plenty","weight_grams":450}],
 "moq":1,"lot_size":1,"quote_type":1,"tier_prices":[{"min_quantity":1,"price_fen":5990}],
 "domestic_freight":{"kind":"free_over","threshold_fen":20000,"fen":600,"first_grams":0,"step_grams":0,"step_fen":0},
 "weight_grams":400,"size":{"length_mm":80,"width_mm":80,"height_mm":250},"monthly_sales":6018,"restock":{"sales_per_day_tenths":15,"every_days":7,"quantity":40}},
{"product_id":"100083497415","seller_id":"jd_1049","title_zh":"枕头","title_en":"Pillow","category_zh":["家居"],"category_en":["Home"],
 "pictures":[],"options":[],"skus":[{"sku_id":"100083497415","spec_id":"100083497415","values":[],"price_fen":12900,"stock":null}],
 "moq":1,"lot_size":1,"quote_type":0,"tier_prices":[{"min_quantity":1,"price_fen":12900}],
 "domestic_freight":{"kind":"free","threshold_fen":0,"fen":0,"first_grams":0,"step_grams":0,"step_fen":0},
 "weight_grams":900,"size":{"length_mm":500,"width_mm":300,"height_mm":100},"monthly_sales":300,"restock":{"sales_per_day_tenths":15,"every_days":7,"quantity":40}},
{"product_id":"10059261416005","seller_id":"jd_1056","title_zh":"台灯","title_en":"Lamp","category_zh":["家居"],"category_en":["Home"],
 "pictures":[],"options":[],"skus":[{"sku_id":"10059261416005","spec_id":"10059261416005","values":[],"price_fen":8800,"stock":9}],
 "moq":1,"lot_size":1,"quote_type":0,"tier_prices":[{"min_quantity":1,"price_fen":8800}],
 "domestic_freight":{"kind":"free","threshold_fen":0,"fen":0,"first_grams":0,"step_grams":0,"step_fen":0},
 "weight_grams":900,"size":{"length_mm":200,"width_mm":200,"height_mm":400},"monthly_sales":20,"restock":{"sales_per_day_tenths":15,"every_days":7,"quantity":40},
 "is_in_pool":false}
])";

inline constexpr std::string_view sellers_json = R"([
{"seller_id":"jd_1056","name_zh":"杯具专营店","name_en":"Cups","city_zh":"苏州","city_en":"Suzhou","dispatch_per_mille":[1000,0,0,0,0,0]},
{"seller_id":"jd_1049","name_zh":"家居自营旗舰店","name_en":"Home","city_zh":"北京","city_en":"Beijing","dispatch_per_mille":[1000,0,0,0,0,0]}
])";

inline const std::string white = "100012043978";
inline const std::string black = "100012043980";
inline const std::string pillow = "100083497415";
inline const std::string lamp = "10059261416005";  // not in our pool

inline Catalogue catalogue() { return *parse_catalogue(products_json, sellers_json); }

// ["100012043978", "2"] as [{"skuId":100012043978,"num":2}]
inline std::string rows(const std::string& sku, int64_t quantity, const std::string& price = {}) {
  return R"([{"skuId":)" + sku + R"(,"num":)" + std::to_string(quantity) +
         (price.empty() ? "" : R"(,"bNeedAnnex":true,"bNeedGift":false,"price":)" + price) + "}]";
}

inline MarketRules rules(MarketplaceName name) {
  MarketRules quiet = rules_of(name);
  quiet.others_trade = false;
  quiet.opening_balance_fen = 100'000;
  return quiet;
}

class Desk {
 public:
  explicit Desk(const JdAccount& as = {}) : catalogue_folder(folder.at("catalogue")), account(as) {
    std::filesystem::create_directories(folder.at("catalogue/jd"));
    aop_desk::write_file(folder.at("catalogue/jd/products.json"), products_json);
    aop_desk::write_file(folder.at("catalogue/jd/sellers.json"), sellers_json);
    open();
  }

  // Another catalogue, and a world that begins anew with it.
  void sell(const std::string& catalogue) {
    std::filesystem::remove_all(folder.at("data"));
    catalogue_folder = catalogue;
    open();
  }

  // As a restart does.
  void open() {
    gateway.reset();
    world.reset();
    auto opened = World::open({catalogue_folder, folder.at("data")}, rules, [this] { return real_now; });
    REQUIRE(opened.has_value());
    world = *std::move(opened);
    gateway = std::make_unique<JdGateway>(*world, account, sign, [this] { return monotonic_ms; });
  }

  // A second after the call before it, so that no quota is in the way.
  HttpReply post(const std::string& path, const Fields& fields) {
    monotonic_ms += 1000;
    return gateway->answer({"POST", path, "", {}, form_text(fields)});
  }
  Json posted(const std::string& path, const Fields& fields) {
    const HttpReply reply = post(path, fields);
    INFO(path << " answered " << reply.status << " " << reply.body);
    CHECK(reply.status == 200);
    const auto json = parse_json(reply.body);
    REQUIRE(json.has_value());
    return *json;
  }

  Fields jos_fields(const std::string& business_json) const {
    return {{"method", "jd.union.open.goods.query"},
            {"app_key", account.jos.app_key},
            {"timestamp", china_time(real_now)},
            {"v", "1.0"},
            {"360buy_param_json", business_json}};
  }
  std::string jos_signature(const Fields& fields) const {
    SignRequest request;
    request.secret = account.jos.app_secret;
    for (const HttpField& field : fields) request.parameters.push_back({field.name, field.value});
    return sign(SignMethod::jd_md5, request).signature;
  }
  Json jos(Fields fields) {
    fields.push_back({"sign", jos_signature(fields)});
    return posted("/routerjson", fields);
  }
  Json union_goods(const std::string& goods) { return jos(jos_fields(R"({"goodsReqDTO":)" + goods + "}")); }

  Fields token_fields() const {
    SignRequest request;
    request.secret = account.vop.client_secret;
    request.timestamp = china_time(real_now);
    request.client_id = account.vop.client_id;
    request.username = account.vop.username;
    request.password = account.vop.password;
    const Signed made = sign(SignMethod::vop_token, request);
    const std::string before = request.secret + request.timestamp + request.client_id + request.username;
    return {{"grant_type", "access_token"},
            {"client_id", request.client_id},
            {"timestamp", request.timestamp},
            {"username", request.username},
            {"password", made.canonical.substr(before.size(), 32)},
            {"sign", made.signature}};
  }
  Json new_token() {
    const Json answer = posted("/oauth2/accessToken", token_fields());
    token = said(answer, "/result/access_token");
    refresh_token = said(answer, "/result/refresh_token");
    return answer;
  }

  Json call(const std::string& api, Fields fields) {
    if (token.empty()) new_token();
    fields.push_back({"token", token});
    return posted("/api/" + api, fields);
  }
  Fields order_fields(const std::string& sku, int64_t quantity, const std::string& price,
                      const std::string& key) const {
    return {{"thirdOrder", key},
            {"sku", rows(sku, quantity, price)},
            {"name", "集运仓"},
            {"address", "仓库路1号"},
            {"mobile", "13800000000"},
            {"email", "warehouse@example.com"},
            {"invoiceState", "2"},
            {"invoiceType", "2"},
            {"selectedInvoiceTitle", "5"},
            {"companyName", "示例集运公司"},
            {"invoiceContent", "1"},
            {"paymentType", "4"},
            {"isUseBalance", "1"},
            {"submitState", "0"},
            {"doOrderPriceMode", "1"},
            {"orderPriceSnap", R"([{"skuId":)" + sku + R"(,"price":)" + price + "}]"},
            {"province", "19"},
            {"city", "1607"},
            {"county", "3639"},
            {"town", "0"}};
  }
  Json submit(const std::string& key = "pur_1") {
    return call("order/submitOrder", order_fields(white, 2, "59.90", key));
  }
  Json of_order(const std::string& api, const std::string& id) {
    return call(api, {{"jdOrderId", id}, {"queryExts", "jdOrderState"}, {"waybillCode", "1"}});
  }

  void wait(Duration span) { real_now = real_now + span; }
  void plan(FaultSite site, const std::string& api) {
    REQUIRE(world->act([&](Scene& scene) { scene.faults.faults.push_back({site, 1, api}); }));
  }

  aop_desk::Folder folder;
  std::string catalogue_folder;
  JdAccount account;
  std::string token;
  std::string refresh_token;
  Instant real_now = small_market::opening;
  int64_t monotonic_ms = 0;
  std::unique_ptr<World> world;
  std::unique_ptr<JdGateway> gateway;
};

inline std::string order_of(const Json& submitted) {
  const std::string id = said(submitted, "/result/jdOrderId");
  INFO(json_text(submitted));
  REQUIRE_FALSE(id.empty());
  return id;
}

}  // namespace sampan::jd_desk
