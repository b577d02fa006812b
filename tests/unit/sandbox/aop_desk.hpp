// A desk in front of the simulated 1688: a world in a folder of its own, a clock that the test moves, and a signed caller.
#pragma once

#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proxy/marketplace/sign.hpp"
#include "proxy/sandbox/aop_gateway.hpp"
#include "proxy/sandbox/aop_push.hpp"
#include "proxy/sandbox/control.hpp"
#include "tests/unit/marketplace/fixture.hpp"
#include "tests/unit/marketplace/small_market.hpp"

namespace sampan::aop_desk {

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "sampan-sandbox-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string at(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline void write_file(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  REQUIRE(file.good());
}

using Fields = std::vector<HttpField>;

inline constexpr std::string_view trade = "com.alibaba.trade";
inline constexpr std::string_view goods = "com.alibaba.fenxiao.crossborder";
inline constexpr std::string_view logistics = "com.alibaba.logistics";
inline constexpr std::string_view messages = "cn.alibaba.open";

inline const std::string address =
    R"({"fullName":"集运仓","mobile":"13800000000","provinceText":"广东省","cityText":"广州市","areaText":"白云区","address":"仓库路1号"})";

inline std::string cargo(const std::vector<PurchaseItem>& items) {
  std::string text = "[";
  for (const PurchaseItem& item : items) {
    if (text.size() > 1) text += ",";
    text += R"({"offerId":)" + item.product_id.value + R"(,"quantity":)" + std::to_string(item.quantity);
    if (!item.order_key.empty()) text += R"(,"specId":")" + item.order_key + "\"";
    text += "}";
  }
  return text + "]";
}

class Desk {
 public:
  explicit Desk(MarketRules rules = small_market::quiet_rules(), AopAccount as = {})
      : catalogue_folder(folder.at("catalogue")), account(std::move(as)) {
    std::filesystem::create_directories(folder.at("catalogue/alibaba1688"));
    write_file(folder.at("catalogue/alibaba1688/products.json"), small_market::products_json);
    write_file(folder.at("catalogue/alibaba1688/sellers.json"), small_market::sellers_json);
    open(rules);
  }

  // Another catalogue, and a world that begins anew with it.
  void sell(const std::string& catalogue) {
    std::filesystem::remove_all(folder.at("data"));
    catalogue_folder = catalogue;
    open();
  }

  // As a restart does.
  void open(const MarketRules& rules = small_market::quiet_rules()) {
    gateway.reset();
    world.reset();
    // The other marketplaces have no money here: the books of all are 1688's.
    const auto rules_here = [&rules](MarketplaceName name) {
      MarketRules its = rules;
      if (name != MarketplaceName::alibaba1688) its.opening_balance_fen = 0;
      return its;
    };
    auto opened = World::open({catalogue_folder, folder.at("data")}, rules_here, [this] { return real_now; });
    REQUIRE(opened.has_value());
    world = *std::move(opened);
    gateway = std::make_unique<AopGateway>(*world, account, sign, [this] { return monotonic_ms; });
  }

  HttpRequest request(std::string_view space, std::string_view api, Fields fields) const {
    const std::string path = "param2/1/" + std::string(space) + "/" + std::string(api) + "/" + account.app_key;
    SignRequest to_sign;
    to_sign.secret = account.app_secret;
    to_sign.path = path;
    for (const HttpField& field : fields) to_sign.parameters.push_back({field.name, field.value});
    fields.push_back({"_aop_signature", sign(SignMethod::aop_sha1, to_sign).signature});
    return {"POST", "/openapi/" + path, "", {}, form_text(fields)};
  }

  // With the token, and a second after the call before it, so that no quota is in the way.
  HttpReply post(std::string_view space, std::string_view api, Fields fields) {
    monotonic_ms += 1000;
    fields.push_back({"access_token", account.access_token});
    return gateway->answer(request(space, api, std::move(fields)));
  }

  Json call(std::string_view space, std::string_view api, Fields fields) {
    const HttpReply reply = post(space, api, std::move(fields));
    INFO(api << " answered " << reply.status << " " << reply.body);
    const auto json = parse_json(reply.body);
    REQUIRE(json.has_value());
    return *json;
  }

  Json preview(const std::vector<PurchaseItem>& items) {
    return call(trade, "alibaba.createOrder.preview",
                {{"flow", "general"}, {"addressParam", address}, {"cargoParamList", cargo(items)}});
  }
  Json create(const std::vector<PurchaseItem>& items, const std::string& key) {
    return call(trade, "alibaba.trade.createCrossOrder", creation(items, key));
  }
  static Fields creation(const std::vector<PurchaseItem>& items, const std::string& key) {
    return {{"flow", "general"}, {"addressParam", address}, {"cargoParamList", cargo(items)}, {"outOrderId", key}};
  }
  Json view(const std::string& order) {
    return call(trade, "alibaba.trade.get.buyerView", {{"webSite", "1688"}, {"orderId", order}});
  }
  Json pay(const std::string& order) {
    return call(trade, "alibaba.trade.pay.protocolPay.preparePay",
                {{"tradeWithholdPreparePayParam", R"({"orderId":)" + order + "}"}});
  }
  Json cancel(const std::string& order) {
    return call(trade, "alibaba.trade.cancel",
                {{"webSite", "1688"}, {"tradeID", order}, {"cancelReason", "buyerCancel"}});
  }

  void wait(Duration span) { real_now = real_now + span; }

  HttpReply control(
      const std::string& method, const std::string& path, const std::string& body,
      std::function<void()> drain = [] {}) {
    SandboxControl levers(*world, std::move(drain));
    return levers.answer({method, path, "", {{"Host", "127.0.0.1:8080"}}, body});
  }
  void plan(const std::string& fault) { REQUIRE(control("POST", "/control/fault", fault).status == 200); }

  Folder folder;
  std::string catalogue_folder;
  AopAccount account;
  Instant real_now = small_market::opening;
  int64_t monotonic_ms = 0;
  std::unique_ptr<World> world;
  std::unique_ptr<AopGateway> gateway;
};

// "/result/orderId"; null where nothing is there.
inline Json at(const Json& json, std::string_view pointer) {
  if (pointer.empty()) return json;
  pointer.remove_prefix(1);
  const size_t end = std::min(pointer.find('/'), pointer.size());
  const std::string step(pointer.substr(0, end));
  if (json.kind == JsonKind::array) {
    const auto index = static_cast<size_t>(std::stoul(step));
    return index < json.items.size() ? at(json.items[index], pointer.substr(end)) : Json{};
  }
  const Json* const member = json.find(step);
  return member == nullptr ? Json{} : at(*member, pointer.substr(end));
}
inline std::string said(const Json& json, std::string_view pointer) {
  const Json found = at(json, pointer);
  return found.kind == JsonKind::boolean ? (found.boolean ? "true" : "false") : found.text;
}
inline std::string order_of(const Json& created) {
  const std::string id = said(created, "/result/orderId");
  INFO(json_text(created));
  REQUIRE(id.size() == 19);
  return id;
}

}  // namespace sampan::aop_desk
