// The APIs of the simulated VOP as a table: each row's path, what it needs, what answers; and VOP's one envelope.
//
// Shape   {success, resultMessage, resultCode, result, code: 200}, whatever happens
// Errors  a VopRefusal: VOP's own code and sentence. Codes that no document or reply tells are the sandbox's own, below
// Unsure  1003 of a parameter; 3102 of an order that cannot be confirmed; 3999 of a changed price and of too few pieces: the
//         texts are what a caller can go by
// Source  upstream.md 5.3
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/jd_shelf.hpp"
#include "proxy/sandbox/world.hpp"
#include "shared/core/http.hpp"

namespace sampan {

struct VopReply {
  Json result;
  std::string code = "0000";
  std::string message{};
};

struct VopRefusal {
  std::string code;
  std::string message;
  Json result{};  // null but where something is there already
};

template <class T>
using VopResult = tl::expected<T, VopRefusal>;

tl::unexpected<VopRefusal> vop_refuse(std::string_view code, std::string_view message);
// `about` is the parameter that cannot be read.
tl::unexpected<VopRefusal> vop_malformed(std::string_view about);

// What the market said, as VOP says it.
VopRefusal vop_refusal_of(const Error& error);
template <class T>
VopResult<T> vop_said(Result<T> result) {
  return std::move(result).map_error(vop_refusal_of);
}

struct VopScene {
  Scene& scene;
  const JdParameters& parameters;

  SimulatedMarket& market() const { return scene.markets.jd; }
};

struct VopApi {
  std::string_view path;  // "product/getDetail"
  bool changes = false;
  std::vector<std::string_view> needs;  // parameters that must be sent
  std::function<VopResult<VopReply>(const VopScene&)> answer;
};

std::vector<VopApi> vop_product_apis();
std::vector<VopApi> vop_order_apis();
std::vector<VopApi> vop_order_reading_apis();

HttpReply vop_http_reply(const VopResult<VopReply>& answer);

// Reading what several APIs are sent.

// "1,2,3": every one of our pool, at most 100. 0010 of the first that is not, and of the first that nobody knows.
VopResult<std::vector<JdGoods>> vop_goods(const VopScene& call, std::string_view parameter);
VopResult<JdGoods> vop_goods_of(const JdShelf& shelf, const SkuId& id);

struct VopLine {
  JdGoods goods;
  int64_t quantity = 0;
  std::string price;  // as sent, or empty
};
// [{"skuId":1,"num":2}]
VopResult<std::vector<VopLine>> vop_lines(const VopScene& call, std::string_view parameter, size_t at_most);

// province, city, county and town, JD's own numbers.
VopResult<void> vop_check_area(const JdParameters& parameters);

}  // namespace sampan
