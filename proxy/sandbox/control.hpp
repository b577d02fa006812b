// The sandbox's levers, for people, tests and the storefront's time control: the clock, the faults, the market; and its books.
//
//   GET  /control/clock                                {"base":…,"real_t0":…,"now":…}
//   POST /control/clock   {"advance":"PT6H"} | {"until":"next_event"} | {"to":"2026-12-01T00:00:00Z"}
//   GET  /control/books                                {"now":…,"market":{…},"carrier":{…},"provider":{…}}
//   GET  /control/fault                                {"sites":[{"site":…,"target":…,"struck":0}],"faults":[what is planned]}
//   POST /control/fault   {"site":"time_out_after","times":1,"about":"alibaba.trade.createCrossOrder"}   times 0: none any more
//   POST /control/market  {"act":"set_stock","sku_id":…,"quantity":3 | "plenty" | null}
//                         {"act":"set_price","product_id": or "sku_id":…,"yuan":"12.5"}
//                         {"act":"take_off_sale" | "put_on_sale","product_id":…}
//                         {"act":"seller_closes","upstream_order_id":…}  {"act":"deposit","yuan":"1000"}
//                         {"act":"lose_parcel","tracking_number":…}  {"act":"others_trade","trade":false}
//
// An advance stops at every event that is due on its way and drains what follows from it (pushes, the shop's jobs) before
// it goes on: the shop sees the same order of things as in real time.
//
// The server that carries this listens on loopback only. Beside that, a request whose Host or Origin is not loopback is
// refused, so that no page of another site can pull a lever through its visitor's browser.
//
// Errors  application/problem+json with our code: bad_input 400, not_found 404, not_allowed_now 409, storage 500
#pragma once

#include <functional>
#include <utility>

#include "proxy/sandbox/world.hpp"
#include "shared/core/http.hpp"

namespace sampan {

class SandboxControl {
 public:
  // `drain` does what became due: it delivers pushes, and waits for the shop's jobs where there is a shop. Called without
  // any lock, from the thread that asks. `world` outlives this.
  SandboxControl(World& world, std::function<void()> drain) : world_(world), drain_(std::move(drain)) {}

  HttpReply answer(const HttpRequest& request);

 private:
  Result<Json> move_clock(const Json& asked);
  Result<void> advance_to(Instant target);
  std::optional<Instant> next_event();
  Result<Json> clock();
  Result<Json> books();
  Result<Json> faults();
  Result<Json> plan_fault(const Json& asked);
  Result<Json> move_market(const Json& asked);

  World& world_;
  std::function<void()> drain_;
};

// "PT6H", "P3DT12H", "PT90S": ISO 8601 without years and months. bad_input, too, of more than 400 days.
Result<Duration> parse_duration(std::string_view text);

// One act of POST /control/market.
Result<void> act_on_market(Scene& scene, const Json& asked);

}  // namespace sampan
