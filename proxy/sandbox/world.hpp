// The sandbox's world: the simulated marketplaces, carrier and payment provider, their clock, and what their gateways keep. One
// act at a time; what an act changed is on the disk before anybody hears of it, so that kill -9 loses nothing answered.
//
// Shape   <data>/sandbox.json, replaced whole: written beside it, fsync, rename
// Errors  bad_input: the catalogue is not there; bad_data: a file that cannot be read as what it is; storage
// Source  design.md 5
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "proxy/sandbox/aop_tokens.hpp"
#include "proxy/sandbox/clock.hpp"
#include "proxy/sandbox/fault_plan.hpp"
#include "proxy/sandbox/push_book.hpp"
#include "proxy/sandbox/stripe_records.hpp"
#include "shared/marketplace/simulator/market.hpp"
#include "shared/payment/simulator/simulated_provider.hpp"
#include "shared/tracking/simulator/simulated_carrier.hpp"

namespace sampan {

struct Markets {
  SimulatedMarket taobao;
  SimulatedMarket alibaba1688;
  SimulatedMarket jd;

  SimulatedMarket& of(MarketplaceName name);
  std::array<SimulatedMarket*, 3> all() { return {&taobao, &alibaba1688, &jd}; }
  std::optional<Instant> next_event() const;
};

// Everything that an act can see and move, at one instant.
struct Scene {
  Markets& markets;
  SimulatedMarket& alibaba1688;  // one of them
  SimulatedCarrier& carrier;
  SimulatedProvider& provider;
  AopTokens& tokens;
  PushBook& pushes;
  FaultPlan& faults;
  StripeRecords& stripe;  // what the payment gateway keeps beside the provider
  Instant now;
};

struct WorldPlace {
  std::string catalogue;  // folder with one of products.json and sellers.json for each marketplace, under its name
  std::string data;       // folder of sandbox.json; made when it is missing
};

class World {
 public:
  // The system's wall clock.
  using RealNow = std::function<Instant()>;
  using RulesOf = std::function<MarketRules(MarketplaceName)>;

  // `rules` are of a new world; a stored one keeps its own. Every call may come from any thread.
  static Result<std::unique_ptr<World>> open(const WorldPlace& place, const RulesOf& rules, RealNow real_now);

  // For what only reads. What time itself brings about happens here too: it would happen again after a restart.
  template <class Look>
  auto look(Look&& read) {
    const std::lock_guard lock(mutex_);
    Scene scene = enter();
    return read(scene);
  }

  // For what changes something. An error here is `storage`: it has happened, but it is not on the disk.
  template <class Act>
  auto act(Act&& perform) -> Result<decltype(perform(std::declval<Scene&>()))> {
    const std::lock_guard lock(mutex_);
    Scene scene = enter();
    if constexpr (std::is_void_v<decltype(perform(scene))>) {
      perform(scene);
      return save();
    } else {
      auto outcome = perform(scene);
      TRY_DO(save());
      return outcome;
    }
  }

  SandboxClock clock();
  Instant now();
  // Moves the clock forward, never back; what is due on the way happens.
  Result<void> move_clock(Instant to);

 private:
  World(Markets markets, WorldPlace place, RealNow real_now);
  Result<void> restore(const Json& document);
  Scene enter();
  Instant shown() const;
  std::string document() const;
  Result<void> save() const;

  std::mutex mutex_;
  WorldPlace place_;
  RealNow real_now_;
  SandboxClock clock_;
  Instant act_now_{};
  Markets markets_;
  SimulatedCarrier carrier_;
  SimulatedProvider provider_;
  AopTokens tokens_;
  PushBook pushes_;
  FaultPlan faults_;
  StripeRecords stripe_;
};

// assets/demo of the clone that `executable` was built in (build/<preset>/sampan).
std::string default_catalogue(const std::string& executable);

}  // namespace sampan
