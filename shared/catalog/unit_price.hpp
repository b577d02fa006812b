// What one piece costs at the seller, in yuan.
//
// Unit    1/10,000 yuan: ¥0.065 is 650; marketplaces quote pieces below a fen
// Errors  overflow
// Source  upstream.md 1.5: four decimals are kept, the line total is rounded half to even
#pragma once

#include <cstdint>

#include "shared/core/fields.hpp"
#include "shared/core/money.hpp"

namespace sampan {

struct UnitPrice {
  int64_t ten_thousandths = 0;
  bool operator==(const UnitPrice&) const = default;
  bool operator<(const UnitPrice& other) const { return ten_thousandths < other.ten_thousandths; }
};
FIELDS(UnitPrice, ten_thousandths)

constexpr UnitPrice price_of_fen(int64_t fen) { return {fen * 100}; }

// `quantity` pieces in fen, rounded once, half to even.
Result<Money> line_total(UnitPrice unit_price, int64_t quantity);

}  // namespace sampan
