#include "shared/database/ledger_rows.hpp"

#include <catch2/catch_test_macros.hpp>
#include <random>

#include "tests/unit/database/open.hpp"

namespace sampan {
namespace {

Money eur(int64_t minor) { return {minor, currency("EUR")}; }
Money yuan(int64_t minor) { return {minor, cny()}; }

Entry entry(const std::string& key, const std::string& order, std::vector<Posting> postings) {
  return {{"ent_" + key}, key, {order}, {}, std::move(postings)};
}

Entry captured(const std::string& order, int64_t cents) {
  return entry("captured:" + order, order,
               {debit(Account::psp_clearing, eur(cents)), credit(Account::escrow_goods, eur(cents))});
}

struct Ledger {
  std::unique_ptr<SqliteDatabase> database = open_database();

  void post(const Entry& each) {
    in_transaction(*database, [&](Transaction& tx) { return sampan::post(tx, each); });
  }
  Money balance(Account account, Currency in) {
    return in_transaction(*database, [&](Transaction& tx) { return load_balance(tx, account, in); });
  }
  std::vector<Posting> open_accounts(const std::string& order) {
    return in_transaction(*database, [&](Transaction& tx) { return list_open_accounts(tx, {order}); });
  }
  std::vector<Posting> sums() { return in_transaction(*database, sum_postings); }
  std::vector<Posting> balances() { return in_transaction(*database, list_balances); }
};

}  // namespace

TEST_CASE("nothing was ever booked: every balance is zero", "[ledger_rows]") {
  Ledger ledger;
  CHECK(ledger.balance(Account::psp_clearing, currency("EUR")) == eur(0));
  CHECK(ledger.sums().empty());
  CHECK(ledger.balances().empty());
}

TEST_CASE("an entry is booked once by its key, however often it is told", "[ledger_rows]") {
  Ledger ledger;
  ledger.post(captured("ord_1", 6'994));
  Entry told_again = captured("ord_1", 6'994);
  told_again.entry_id = {"ent_other"};
  ledger.post(told_again);
  told_again.postings = {debit(Account::psp_clearing, eur(1)), credit(Account::escrow_goods, eur(1))};
  ledger.post(told_again);
  CHECK(ledger.balance(Account::psp_clearing, currency("EUR")) == eur(6'994));
  CHECK(ledger.balance(Account::escrow_goods, currency("EUR")) == eur(-6'994));
  CHECK(ledger.sums() == ledger.balances());
}

TEST_CASE("an entry that does not balance is refused, and nothing of it is booked", "[ledger_rows]") {
  Ledger ledger;
  const auto refused = ledger.database->transact([](Transaction& tx) {
    return post(tx, entry("x", "ord_1", {debit(Account::psp_clearing, eur(2)), credit(Account::escrow_goods, eur(1))}));
  });
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::bad_data);
  CHECK(ledger.sums().empty());
  CHECK(ledger.balances().empty());
}

TEST_CASE("an entry without a movement leaves no trace and keeps its key free", "[ledger_rows]") {
  Ledger ledger;
  ledger.post(entry("captured:ord_1", "ord_1", {debit(Account::psp_clearing, eur(0))}));
  CHECK(ledger.sums().empty());
  ledger.post(captured("ord_1", 5));
  CHECK(ledger.balance(Account::psp_clearing, currency("EUR")) == eur(5));
}

TEST_CASE("an order's open accounts are its own, per currency, and closed ones are not among them", "[ledger_rows]") {
  Ledger ledger;
  ledger.post(captured("ord_1", 100));
  ledger.post(captured("ord_2", 7));
  CHECK(ledger.open_accounts("ord_1") ==
        std::vector<Posting>{credit(Account::escrow_goods, eur(100)), debit(Account::psp_clearing, eur(100))});
  ledger.post(entry("placed", "ord_1",
                    {debit(Account::escrow_goods, eur(100)), credit(Account::fx_clearing, eur(100)),
                     debit(Account::fx_clearing, yuan(777)), credit(Account::upstream_payable, yuan(777))}));
  CHECK(ledger.open_accounts("ord_1") ==
        std::vector<Posting>{debit(Account::fx_clearing, yuan(777)), credit(Account::fx_clearing, eur(100)),
                             debit(Account::psp_clearing, eur(100)), credit(Account::upstream_payable, yuan(777))});
  CHECK(ledger.open_accounts("ord_3").empty());
}

TEST_CASE("what waits for somebody is listed by order, until it is at zero", "[ledger_rows]") {
  Ledger ledger;
  const auto unsettled = [&] { return in_transaction(*ledger.database, list_unsettled); };
  CHECK(unsettled().empty());
  ledger.post(captured("ord_1", 100));
  ledger.post(captured("ord_2", 7));
  REQUIRE(unsettled().size() == 2);
  CHECK(unsettled().at(0).order_id == OrderId{"ord_1"});
  CHECK(unsettled().at(0).accounts == std::vector<Posting>{credit(Account::escrow_goods, eur(100))});
  ledger.post(
      entry("back", "ord_1", {debit(Account::escrow_goods, eur(100)), credit(Account::psp_clearing, eur(100))}));
  REQUIRE(unsettled().size() == 1);
  CHECK(unsettled().at(0).order_id == OrderId{"ord_2"});
}

TEST_CASE("the entries of an order are its own, the oldest first, with all their postings", "[ledger_rows]") {
  Ledger ledger;
  Entry later =
      entry("a_later", "ord_1", {debit(Account::escrow_goods, eur(100)), credit(Account::vat_payable, eur(100))});
  later.at = {5};
  ledger.post(later);
  ledger.post(captured("ord_1", 100));
  ledger.post(captured("ord_2", 7));
  const auto entries = in_transaction(*ledger.database, [](Transaction& tx) { return list_entries(tx, {"ord_1"}); });
  REQUIRE(entries.size() == 2);
  CHECK(entries.at(0).key == "captured:ord_1");
  CHECK(entries.at(0).postings == captured("ord_1", 100).postings);
  CHECK(entries.at(1).entry_id == later.entry_id);
  CHECK(entries.at(1).at == later.at);
  CHECK(entries.at(1).postings == later.postings);
}

TEST_CASE("kept balances equal the sums of the postings, whatever was booked", "[ledger_rows]") {
  constexpr uint64_t seed = 20'261'124;
  CAPTURE(seed);
  std::mt19937_64 dice(seed);
  Ledger ledger;
  const auto& accounts = words(static_cast<Account*>(nullptr));
  in_transaction(*ledger.database, [&](Transaction& tx) -> Result<void> {
    for (int i = 0; i < 500; ++i) {
      const Money amount{static_cast<int64_t>(dice() % 2'000) - 1'000, dice() % 2 == 0 ? cny() : currency("EUR")};
      const Account from = accounts[dice() % accounts.size()].value;
      const Account to = accounts[dice() % accounts.size()].value;
      // Every fourth key comes again.
      TRY_DO(post(tx, {{"ent_" + std::to_string(i)},
                       "key" + std::to_string(i % 4 == 3 ? i - 1 : i),
                       {"ord_" + std::to_string(i % 7)},
                       {},
                       {debit(to, amount), credit(from, amount)}}));
    }
    return done();
  });
  CHECK(!ledger.sums().empty());
  CHECK(ledger.sums() == ledger.balances());
  int64_t sum = 0;
  for (const Posting& posting : ledger.sums()) sum += posting.amount.minor;
  CHECK(sum == 0);
}

}  // namespace sampan
