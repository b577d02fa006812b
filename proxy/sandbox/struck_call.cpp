#include "proxy/sandbox/struck_call.hpp"

#include <utility>

namespace sampan {
namespace {

const HttpReply dropped{0, {}, {}};

// In the middle of a character, too.
HttpReply cut(HttpReply reply) {
  reply.body.resize(reply.body.size() / 2);
  return reply;
}

HttpReply server_error() {
  return {500, {{"Content-Type", "text/html"}}, "<html><body><h1>500 Internal Server Error</h1></body></html>"};
}

HttpReply too_often() {
  return {429,
          {{"Content-Type", "application/json"}},
          R"({"error":{"type":"rate_limit_error","message":"Too many requests"}})"};
}

}  // namespace

HttpReply struck_call(World& world, std::string_view api, const std::function<HttpReply()>& refusal,
                      const std::function<HttpReply()>& perform) {
  const bool is_planned = world.look([](const Scene& scene) { return !scene.faults.faults.empty(); });
  if (!is_planned) return perform();
  const auto struck = world.act([&](Scene& scene) { return strike_call(scene.faults, api); });
  if (!struck) return server_error();
  if (!*struck) return perform();
  switch (**struck) {
    case FaultSite::refuse: return refusal();
    case FaultSite::time_out_before: return dropped;
    case FaultSite::time_out_after: perform(); return dropped;
    case FaultSite::error_500: return server_error();
    case FaultSite::broken_json: return cut(perform());
    default: return perform();
  }
}

HttpHandler struck_gateway(World& world, HttpHandler gateway) {
  return [&world, gateway = std::move(gateway)](const HttpRequest& request) {
    return struck_call(world, request.method + " " + request.path, too_often, [&] { return gateway(request); });
  };
}

}  // namespace sampan
