#include "proxy/sandbox/fault_plan.hpp"

#include <algorithm>
#include <array>

namespace sampan {
namespace {

struct SiteRow {
  FaultSite site;
  FaultTarget target;
};
constexpr std::array sites{
    SiteRow{FaultSite::refuse, FaultTarget::call},
    SiteRow{FaultSite::time_out_before, FaultTarget::call},
    SiteRow{FaultSite::time_out_after, FaultTarget::call},
    SiteRow{FaultSite::error_500, FaultTarget::call},
    SiteRow{FaultSite::broken_json, FaultTarget::call},
    SiteRow{FaultSite::duplicate_push, FaultTarget::push},
    SiteRow{FaultSite::reorder_push, FaultTarget::push},
    SiteRow{FaultSite::lose_push, FaultTarget::push},
    SiteRow{FaultSite::duplicate_webhook, FaultTarget::webhook},
    SiteRow{FaultSite::reorder_webhook, FaultTarget::webhook},
    SiteRow{FaultSite::lose_webhook, FaultTarget::webhook},
};
static_assert(sites.size() == words(static_cast<FaultSite*>(nullptr)).size(), "a target a site");

bool is_about(const PlannedFault& fault, std::string_view what) {
  if (!fault.about) return true;
  std::string_view about = *fault.about;
  if (about.empty() || about.back() != '*') return about == what;
  about.remove_suffix(1);
  return what.substr(0, about.size()) == about;
}

template <class IsMeant>
std::optional<FaultSite> strike(FaultPlan& plan, std::string_view about, IsMeant is_meant) {
  const auto struck = std::find_if(plan.faults.begin(), plan.faults.end(), [&](const PlannedFault& fault) {
    return is_meant(fault.site) && is_about(fault, about);
  });
  if (struck == plan.faults.end()) return std::nullopt;
  const FaultSite site = struck->site;
  if (--struck->times <= 0) plan.faults.erase(struck);
  ++plan.struck[std::string(word(site))];
  return site;
}

}  // namespace

FaultTarget target_of(FaultSite site) {
  return std::find_if(sites.begin(), sites.end(), [&](const SiteRow& row) { return row.site == site; })->target;
}

std::optional<FaultSite> strike_call(FaultPlan& plan, std::string_view api) {
  return strike(plan, api, [](FaultSite site) { return target_of(site) == FaultTarget::call; });
}

bool strike_message(FaultPlan& plan, FaultSite site, std::string_view type) {
  return strike(plan, type, [&](FaultSite planned) { return planned == site; }).has_value();
}

}  // namespace sampan
