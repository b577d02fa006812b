// A call of a gateway, struck where the plan of faults says so.
#pragma once

#include <functional>
#include <string_view>

#include "proxy/sandbox/world.hpp"
#include "shared/core/http.hpp"

namespace sampan {

// `refusal` is the gateway's own "too often". A reply of status 0 cuts the line.
HttpReply struck_call(World& world, std::string_view api, const std::function<HttpReply()>& refusal,
                      const std::function<HttpReply()>& perform);

// A gateway whose calls are named "METHOD /path" in the plan, and refused with status 429. `world` outlives it.
HttpHandler struck_gateway(World& world, HttpHandler gateway);

}  // namespace sampan
