#include "shared/usecase/refresh_rates.hpp"

#include "shared/database/cart_rows.hpp"

namespace sampan {
namespace {

// Published once a working day; asked more often, so that a day's table is not late by much.
constexpr Duration between_fetches = hours(6);

}  // namespace

Result<void> refresh_rates(Ports& ports) {
  TRY(const RateTable fetched, ports.fetch_rates());
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    const auto previous = load_latest_rates(tx);
    if (previous && !jumps(*previous, fetched).empty())
      return fail(ErrorCode::bad_data, "A rate moved by more than 5 %; a person must confirm it.",
                  std::string(jumps(*previous, fetched).front().currency.code()));
    return insert_rate_table(tx, fetched);
  });
}

Result<JobOutcome> refresh_rates(Ports& ports, const std::string& /*source*/) {
  TRY_DO(refresh_rates(ports));
  return again(ports.now() + between_fetches);
}

}  // namespace sampan
