#include "proxy/sandbox/fault_plan.hpp"

#include <algorithm>

namespace sampan {
namespace {

template <class IsMeant>
std::optional<FaultSite> strike(FaultPlan& plan, std::string_view about, IsMeant is_meant) {
  const auto struck = std::find_if(plan.faults.begin(), plan.faults.end(), [&](const PlannedFault& fault) {
    return is_meant(fault.site) && (!fault.about || *fault.about == about);
  });
  if (struck == plan.faults.end()) return std::nullopt;
  const FaultSite site = struck->site;
  if (--struck->times <= 0) plan.faults.erase(struck);
  return site;
}

}  // namespace

std::optional<FaultSite> strike_call(FaultPlan& plan, std::string_view api) { return strike(plan, api, is_of_a_call); }

bool strike_push(FaultPlan& plan, FaultSite site, std::string_view type) {
  return strike(plan, type, [&](FaultSite planned) { return planned == site; }).has_value();
}

}  // namespace sampan
