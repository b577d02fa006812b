// The shop's ledger against the books of the market, the provider and the carrier.
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <set>

#include "shared/database/ledger_rows.hpp"
#include "shared/database/outbox.hpp"
#include "tests/story/world.hpp"

namespace sampan::story {
namespace {

using Balances = std::map<std::pair<Account, std::string>, int64_t>;

Balances balances_of(const std::vector<Posting>& postings) {
  Balances balances;
  for (const Posting& posting : postings)
    balances[{posting.account, std::string(posting.amount.currency.code())}] += posting.amount.minor;
  return balances;
}

int64_t of(const Balances& balances, Account account, const std::string& currency) {
  const auto found = balances.find({account, currency});
  return found == balances.end() ? 0 : found->second;
}

void check_double_entry(World& world, const Balances& balances) {
  std::map<std::string, int64_t> sums;
  for (const auto& [key, minor] : balances) sums[key.second] += minor;
  for (const auto& [code, sum] : sums) {
    CAPTURE(code);
    CHECK(sum == 0);
  }
  const auto kept = world.stored<std::vector<Posting>>([](Transaction& tx) { return list_balances(tx); });
  CHECK(balances_of(kept) == balances);
}

// Nothing is bought twice: of all orders that the market ever made under one key, one set at most was paid for.
void check_market(World& world, const Balances& balances) {
  int64_t spent = 0;
  for (const SimulatedMarket* const market : world.markets()) {
    const MarketBooks books = market->books();
    for (const auto& [key, orders] : books.orders) {
      CAPTURE(key.value);
      std::multiset<std::string> bought;
      for (const MarketOrder& order : orders) {
        CHECK(order.state != UpstreamState::awaiting_payment);
        if (order.state == UpstreamState::closed) continue;
        for (const MarketOrderLine& line : order.lines) bought.insert(line.sku_id.value);
      }
      for (const std::string& sku : bought) CHECK(bought.count(sku) == 1);
    }
    spent += books.paid.minor - books.refunded.minor;
  }
  CHECK(of(balances, Account::upstream_prepaid, "CNY") == -spent);
  CHECK(of(balances, Account::upstream_payable, "CNY") == 0);
}

void check_provider(World& world, const Balances& balances) {
  const ProviderBooks books = world.provider().books();
  std::map<std::string, int64_t> theirs;
  for (const Money& balance : books.balances) theirs[std::string(balance.currency.code())] = balance.minor;
  for (const auto& [key, minor] : balances)
    if (key.first == Account::psp_clearing) CHECK(theirs[key.second] == minor);
  for (const auto& [code, minor] : theirs) CHECK(of(balances, Account::psp_clearing, code) == minor);
  for (const auto& [key, minor] : balances)
    if (key.first == Account::refunds_payable) CHECK(minor == 0);
}

void check_carrier(World& world, const Balances& balances) {
  const CarrierBooks books = world.carrier().books();
  std::set<std::string> parcels;
  for (const CarrierBooking& booking : books.bookings) CHECK(parcels.insert(booking.parcel_id.value).second);
  CHECK(of(balances, Account::shipping_payable, "CNY") == -books.billed.minor);
}

}  // namespace

void World::compare_books() {
  const auto parked = stored<std::vector<ParkedJob>>([](Transaction& tx) { return list_parked_jobs(tx); });
  for (const ParkedJob& job : parked) FAIL_CHECK("parked: " << word(job.job.kind) << " " << job.reason);
  const Balances balances = balances_of(stored<std::vector<Posting>>([](Transaction& tx) { return sum_postings(tx); }));
  check_double_entry(*this, balances);
  check_market(*this, balances);
  check_provider(*this, balances);
  check_carrier(*this, balances);
  for (const auto& [key, minor] : balances)
    if (account_number(key.first) == 2110) CHECK(minor == 0);
}

}  // namespace sampan::story
