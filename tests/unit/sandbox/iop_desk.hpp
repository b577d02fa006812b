// A desk in front of the simulated Taobao: a world in a folder of its own, a clock that the test moves, and signed callers of
// both of its gateways.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proxy/sandbox/iop_gateway.hpp"
#include "proxy/sandbox/top_gateway.hpp"
#include "shared/marketplace/taobao/call.hpp"
#include "tests/unit/sandbox/aop_desk.hpp"

namespace sampan::iop_desk {

using aop_desk::at;
using aop_desk::Fields;
using aop_desk::said;

// As rules_of(MarketplaceName::taobao) has them, and nobody else trades.
inline MarketRules rules() {
  MarketRules rules = rules_of(MarketplaceName::taobao);
  rules.others_trade = false;
  rules.opening_balance_fen = 100'000;
  return rules;
}

inline const std::string address =
    R"({"country":"中国","state":"广东省","city":"广州市","district":"白云区","address":"仓库路1号","name":"集运仓","mobile_phone":"13800000000"})";

// A line as Taobao Global knows it.
struct Line {
  std::string mp_id;
  std::string mp_sku_id;  // empty: the item has no SKUs
  int64_t quantity = 0;
};
inline const Line white_cup{"2048600000000001", "3371", 2};
inline const Line blue_cup{"2048600000000001", "3372", 2};
inline const Line hourglass{"2048600000000003", "", 12};

inline std::string lines_text(const std::vector<Line>& lines, std::string_view item, std::string_view sku) {
  std::string text = "[";
  for (const Line& line : lines) {
    if (text.size() > 1) text += ",";
    text += "{\"" + std::string(item) + "\":\"" + line.mp_id + "\"";
    if (!line.mp_sku_id.empty()) text += ",\"" + std::string(sku) + "\":\"" + line.mp_sku_id + "\"";
    text += ",\"quantity\":" + std::to_string(line.quantity) + "}";
  }
  return text + "]";
}

class Desk {
 public:
  explicit Desk(IopAccount as = {}, TopAccount as_top = {})
      : iop_account(std::move(as)), top_account(std::move(as_top)) {
    std::filesystem::create_directories(folder.at("catalogue/taobao"));
    aop_desk::write_file(folder.at("catalogue/taobao/products.json"), small_market::products_json);
    aop_desk::write_file(folder.at("catalogue/taobao/sellers.json"), small_market::sellers_json);
    open(folder.at("catalogue"));
  }

  // A world that begins anew with this catalogue.
  void open(const std::string& catalogue) {
    iop.reset();
    top.reset();
    world.reset();
    std::filesystem::remove_all(folder.at("data"));
    auto opened = World::open(
        {catalogue, folder.at("data")}, [](MarketplaceName) { return rules(); }, [this] { return real_now; });
    REQUIRE(opened.has_value());
    world = *std::move(opened);
    iop = std::make_unique<IopGateway>(*world, iop_account, sign, [this] { return monotonic_ms; });
    top = std::make_unique<TopGateway>(*world, top_account, sign, [this] { return monotonic_ms; });
  }

  std::string iop_signature(std::string_view path, const std::vector<Parameter>& parameters) const {
    SignRequest request;
    request.secret = iop_account.app_secret;
    request.path = std::string(path);
    request.parameters = parameters;
    return sign(SignMethod::iop_sha256, request).signature;
  }

  HttpRequest request(std::string_view path, const Fields& fields, const std::string& token) const {
    taobao::IopCall call{path, {}};
    for (const HttpField& field : fields) call.parameters.push_back({field.name, field.value});
    const auto own = taobao::iop_parameters(iop_account.app_key, token, world->now());
    return taobao::iop_request(call, own, iop_signature(path, taobao::signed_parameters(call, own)));
  }
  HttpRequest request(std::string_view path, const Fields& fields) const {
    return request(path, fields, iop_account.access_token);
  }

  HttpRequest top_request(const std::vector<Parameter>& parameters, SignMethod method) const {
    SignRequest to_sign;
    to_sign.secret = top_account.app_secret;
    to_sign.parameters = parameters;
    return taobao::top_request(parameters, sign(method, to_sign).signature);
  }
  std::vector<Parameter> top_parameters(std::string_view method, const Fields& fields) const {
    taobao::TopCall call{method, {}};
    for (const HttpField& field : fields) call.parameters.push_back({field.name, field.value});
    return taobao::top_parameters(call, top_account.app_key, world->now());
  }

  // A second after the call before it, so that no quota is in the way.
  Json answer_of(const HttpRequest& request) {
    monotonic_ms += 1000;
    const bool is_top = request.path == "/router/rest";
    const HttpReply reply = is_top ? top->answer(request) : iop->answer(request);
    INFO(request.path << " answered " << reply.status << " " << reply.body);
    CHECK(reply.status == 200);
    const auto json = parse_json(reply.body);
    REQUIRE(json.has_value());
    return *json;
  }
  Json call(std::string_view path, const Fields& fields) { return answer_of(request(path, fields)); }
  Json call_top(std::string_view method, const Fields& fields) {
    return answer_of(top_request(top_parameters(method, fields), SignMethod::top_hmac_sha256));
  }

  Json render(const std::vector<Line>& lines) {
    return call("/purchase/order/render", {{"receiver_address", address},
                                           {"warehouse_address", address},
                                           {"render_item_List", lines_text(lines, "item_id", "sku_id")}});
  }
  Json create(const std::vector<Line>& lines, const std::string& key, int64_t fen = 1'000'000) {
    return call("/purchase/order/create", creation(lines, key, fen));
  }
  static Fields creation(const std::vector<Line>& lines, const std::string& key, int64_t fen) {
    return {{"outer_purchase_id", key},
            {"purchase_amount", std::to_string(fen)},
            {"order_line_list", lines_text(lines, "itemId", "skuId")},
            {"receiver", address},
            {"warehouse_address_info", address},
            {"channel_order_type", "PANAMA"}};
  }
  Json pay(const std::string& order) {
    return call("/purchase/order/batch/pay", {{"purchaseOrderIdList", "[" + order + "]"}});
  }
  Json view(const std::string& order) { return call("/purchase/orders/query", {{"purchase_ids", "[" + order + "]"}}); }
  Json cancel(const std::string& order) {
    return call("/purchase/order/asyn/cancel", {{"purchase_id", order}, {"cancel_reason", "不想要了"}});
  }

  void wait(Duration span) { real_now = real_now + span; }

  aop_desk::Folder folder;
  IopAccount iop_account;
  TopAccount top_account;
  Instant real_now = small_market::opening;
  int64_t monotonic_ms = 0;
  std::unique_ptr<World> world;
  std::unique_ptr<IopGateway> iop;
  std::unique_ptr<TopGateway> top;
};

inline std::string order_of(const Json& created) {
  const std::string id = said(created, "/data/order_list/0/purchase_id");
  INFO(json_text(created));
  REQUIRE(id.size() == 19);
  return id;
}

}  // namespace sampan::iop_desk
