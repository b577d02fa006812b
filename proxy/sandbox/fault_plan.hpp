// What goes wrong next in the sandbox: faults by their site, each for so many times.
//
// Source  design.md 1 ("a marketplace that misbehaves on demand"); upstream.md 1.9 and 4.6 for what really happens
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/json.hpp"

namespace sampan {

// Of a call of the gateway:
//   refuse           the frequency limit; nothing happened
//   time_out_before  no answer; nothing happened
//   time_out_after   no answer; it has taken effect
//   error_500        a page of HTML, status 500; nothing happened
//   broken_json      an answer that is cut in its middle; it has taken effect
// Of a push:
//   duplicate_push   it arrives twice
//   reorder_push     the one behind it overtakes it
//   lose_push        it never arrives, and nothing lists it
// Of a message of the payment provider:
//   duplicate_webhook  it arrives twice
//   reorder_webhook    what is due arrives with the newest first
//   lose_webhook       it never arrives
enum class FaultSite {
  refuse,
  time_out_before,
  time_out_after,
  error_500,
  broken_json,
  duplicate_push,
  reorder_push,
  lose_push,
  duplicate_webhook,
  reorder_webhook,
  lose_webhook
};
WORDS(FaultSite, refuse, time_out_before, time_out_after, error_500, broken_json, duplicate_push, reorder_push,
      lose_push, duplicate_webhook, reorder_webhook, lose_webhook)

enum class FaultTarget { call, push, webhook };
WORDS(FaultTarget, call, push, webhook)

FaultTarget target_of(FaultSite site);

struct PlannedFault {
  FaultSite site{};
  int64_t times = 1;
  // Only this API of 1688, this "METHOD /path" of another gateway, or this type of message; with a * at its end: all that
  // begin so.
  std::optional<std::string> about;
};
FIELDS(PlannedFault, site, times, about)

struct FaultPlan {
  std::vector<PlannedFault> faults;
  std::map<std::string, int64_t> struck;  // how often each site has, by its word
};
FIELDS(FaultPlan, faults, struck)

// The next fault of a call of `api`, which is then used up once.
std::optional<FaultSite> strike_call(FaultPlan& plan, std::string_view api);
// Whether this fault of a push or a webhook strikes `type`; used up once when it does.
bool strike_message(FaultPlan& plan, FaultSite site, std::string_view type);

}  // namespace sampan
