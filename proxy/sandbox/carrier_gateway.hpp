// The sandbox's carrier on the wire: bookings and tracks over the simulated one.
//
// Shape  the calls of shared/tracking/carrier_calls.hpp
#pragma once

#include "proxy/sandbox/world.hpp"
#include "shared/core/http.hpp"

namespace sampan {

// `world` outlives the handler.
HttpHandler carrier_gateway(World& world);

}  // namespace sampan
