#include "shared/catalog/unit_price.hpp"

namespace sampan {

Result<Money> line_total(UnitPrice unit_price, int64_t quantity) {
  TRY(const int64_t fen,
      divide(static_cast<__int128>(unit_price.ten_thousandths) * quantity, 100, Rounding::half_even));
  return Money{fen, cny()};
}

}  // namespace sampan
