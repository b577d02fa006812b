// The APIs of the simulated Taobao Global as a table: each row's path, what it needs, what answers, and where the answer stands.
//
// Errors  a family answers with the market's refusals (refusal.hpp); iop_refusal.hpp says them in Taobao Global's codes
// Source  upstream.md 3.2 to 3.4; shared/marketplace/taobao, which reads the answers
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/aop_api.hpp"
#include "proxy/sandbox/iop_refusal.hpp"
#include "proxy/sandbox/world.hpp"

namespace sampan {

// What was sent is read in the same way.
using IopParameters = AopParameters;

// No secrets: they open a market that does not exist, and `sampan sandbox` prints them.
struct IopAccount {
  std::string app_key = "1000001";
  std::string app_secret = "sandbox-taobao-global-secret";
  std::string access_token = "50000600sandboxtaobaoglobal";   // it does not end
  std::string refresh_token = "50001600sandboxtaobaoglobal";  // nor does this
  std::string account = "buyer@sampan.invalid";
  std::vector<std::string> without_permission;  // paths that exist, but not for this app
  int64_t calls_per_second = 20;
};

struct IopScene {
  Scene& scene;
  const IopAccount& account;
  const IopParameters& parameters;
  SimulatedMarket& market() const { return scene.markets.taobao; }
};

enum class IopShape {
  data,    // {success, error_code, error_msg, data, code, request_id}
  result,  // {result: {success, error_code, error_msg, data}, code, request_id}
  bare,    // the fields themselves beside code and request_id
};

struct IopApi {
  std::string_view path;
  bool changes = false;
  bool needs_token = true;
  IopShape shape{};
  std::vector<std::string_view> needs;  // parameters that must be sent
  std::function<Result<Json>(const IopScene&)> answer;
  // What stands in `data` of a refusal; null where there is none.
  std::function<Json(const IopRefused&, const IopParameters&)> refused_data;
};

std::vector<IopApi> iop_product_apis();
std::vector<IopApi> iop_purchase_apis();
std::vector<IopApi> iop_order_apis();
std::vector<IopApi> iop_token_apis();

}  // namespace sampan
