// The sandbox's ECB: eurofxref-daily.xml of the sandbox's day, in the ECB's shape.
//
// Shape   the rates of the last working day whose table is out; each moves a little from day to day, always the same way
// Source  ecb.europa.eu/stats/eurofxref; published on TARGET's working days about 16:00 in Frankfurt; the levels are those
//         of 2024-06-28 (USD, JPY, GBP, AUD, CNY and KRW the ECB's own, the rest plausible)
#pragma once

#include "shared/core/http.hpp"
#include "shared/core/instant.hpp"

namespace sampan {

// No weekend, and none of TARGET's six closing days.
bool is_ecb_working_day(Day day);
// The newest day that is published at `now`.
Day ecb_day_at(Instant now);

HttpReply answer_ecb(const HttpRequest& request, Instant now);

}  // namespace sampan
