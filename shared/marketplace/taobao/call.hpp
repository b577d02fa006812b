// Calls of Taobao's two gateways before they are signed and sent: IOP (Taobao Global: what can be bought) and TOP (the open
// platform: search and light detail).
//
// Shape   IOP: POST /rest<path>, the gateway's own parameters in the query, the call's in a form; a list or an object is JSON
//         text in it. TOP: POST /router/rest, all of it one form. Neither sends an empty value
// Unit    a timestamp of IOP is ms of the epoch, one of TOP China time
// Trap    what is signed on IOP has no "/rest" before the path
// Source  upstream.md 1, 2.1 to 2.3 and 3.1
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/core/http.hpp"
#include "shared/core/instant.hpp"
#include "shared/marketplace/parameter.hpp"

namespace sampan::taobao {

struct IopCall {
  std::string_view path;  // "/product/get"
  std::vector<Parameter> parameters;
};

struct TopCall {
  std::string_view method;  // "taobao.tbk.item.info.get"
  std::vector<Parameter> parameters;
};

// The gateway's own; without a token for the token's own calls.
std::vector<Parameter> iop_parameters(std::string_view app_key, std::string_view access_token, Instant now);

// All that is signed, on either gateway.
std::vector<Parameter> signed_parameters(const IopCall& call, const std::vector<Parameter>& gateway_parameters);
std::vector<Parameter> top_parameters(const TopCall& call, std::string_view app_key, Instant now);

HttpRequest iop_request(const IopCall& call, const std::vector<Parameter>& gateway_parameters,
                        std::string_view signature);
HttpRequest top_request(const std::vector<Parameter>& parameters, std::string_view signature);

// "2026-11-24 16:00:00"
std::string china_time(Instant at);
Result<Instant> parse_china_time(std::string_view text);

}  // namespace sampan::taobao
