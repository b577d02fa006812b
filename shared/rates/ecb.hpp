// The European Central Bank's daily reference rates: bytes to values.
//
// Unit    units of the currency that one euro buys, in 10^-8; there is no row for the euro itself
// Range   one day (eurofxref-daily.xml) or many, newest first (eurofxref-hist-90d.xml)
// Errors  bad_reply with the byte where the document stops making sense
// Source  ecb.europa.eu/stats/eurofxref; the shape is gesmes:Envelope / Cube / Cube[@time] / Cube[@currency @rate].
//         A small strict scanner reads it: elements, attributes in either quote, comments and the prolog; a document
//         type, an entity or a namespace trick has no business in this file and is refused.
#pragma once

#include <string_view>
#include <vector>

#include "shared/core/currency.hpp"
#include "shared/core/error.hpp"
#include "shared/core/instant.hpp"

namespace sampan {

inline constexpr int ecb_digits = 8;

struct EcbRate {
  Currency currency;
  int64_t per_euro = 0;  // 10^-8
  bool operator==(const EcbRate&) const = default;
};

struct EcbDay {
  Day day;
  std::vector<EcbRate> rates;
};

// Never empty; the days in the order of the document. A code that ISO 4217 does not know (yet) is left out.
Result<std::vector<EcbDay>> parse_ecb(std::string_view xml);

}  // namespace sampan
