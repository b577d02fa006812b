// Calls of JD's two gateways before they are signed and sent: JOS (the union's search) and VOP (what our contract buys).
//
// Shape   JOS: POST /routerjson, a form, all business parameters one JSON text under 360buy_param_json; signed
//         VOP: POST /api/<path>, a form, the token among its parameters; not signed, only the token's own request is
//         ids of SKUs, orders and areas are numbers in JSON and texts in a form
// Source  upstream.md 5.1, 5.3 and 1
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/core/http.hpp"
#include "shared/core/instant.hpp"
#include "shared/marketplace/parameter.hpp"

namespace sampan::jd {

struct JosCall {
  std::string_view method;    // "jd.union.open.goods.query"
  std::string business_json;  // 360buy_param_json
};

struct VopCall {
  std::string_view api;  // "product/getDetail"
  std::vector<Parameter> parameters;
};

// What is signed: the call and the gateway's own parameters, without `format` and `sign_method`, which are not sent.
std::vector<Parameter> jos_parameters(const JosCall& call, std::string_view app_key, Instant now);

// `parameters` with the signature among them.
HttpRequest jos_request(const std::vector<Parameter>& parameters);

// `prefix` is "/api/"; newer tenants may have another.
HttpRequest vop_request(std::string_view prefix, const VopCall& call, std::string_view token);

HttpRequest form_request(std::string path, const std::vector<Parameter>& parameters);

// "2026-11-24 16:00:00", as JD writes a time: China's.
std::string china_time(Instant at);
Result<Instant> parse_china_time(std::string_view text);

// "1,2,3"
std::string comma_joined(const std::vector<std::string>& texts);

}  // namespace sampan::jd
