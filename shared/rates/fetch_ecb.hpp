// Today's reference rates, from the ECB or from the sandbox in its shape.
//
// Errors  retry_later, quota, bad_reply
// Source  ecb.europa.eu/stats/eurofxref
#pragma once

#include "shared/core/http.hpp"
#include "shared/rates/rate_table.hpp"

namespace sampan {

inline constexpr std::string_view ecb_daily_path = "/stats/eurofxref/eurofxref-daily.xml";

// `send` goes to https://www.ecb.europa.eu.
Result<RateTable> fetch_ecb(const HttpSend& send, Instant now);

}  // namespace sampan
