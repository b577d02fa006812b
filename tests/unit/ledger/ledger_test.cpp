#include "shared/ledger/ledger.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace sampan {
namespace {

Money eur(int64_t minor) { return {minor, currency("EUR")}; }
Money yuan(int64_t minor) { return {minor, cny()}; }

Entry entry_of(std::vector<Posting> postings) { return {{"ent_1"}, "paid:pay_1", {"ord_1"}, {}, std::move(postings)}; }

}  // namespace

TEST_CASE("an entry sums to zero in each currency, or is refused", "[ledger]") {
  using enum Account;
  struct Case {
    const char* why;
    std::vector<Posting> postings;
    bool balances;
  };
  const Case c = GENERATE(values<Case>({
      {"one debit, one credit", {debit(psp_clearing, eur(100)), credit(escrow_goods, eur(100))}, true},
      {"a credit in parts",
       {debit(psp_clearing, eur(100)), credit(escrow_goods, eur(60)), credit(escrow_fee, eur(40))},
       true},
      {"a cent is missing", {debit(psp_clearing, eur(100)), credit(escrow_goods, eur(99))}, false},
      {"a side alone", {debit(psp_clearing, eur(100))}, false},
      {"two currencies, each balanced",
       {debit(escrow_goods, eur(10)), credit(fx_clearing, eur(10)), debit(fx_clearing, yuan(77)),
        credit(upstream_payable, yuan(77))},
       true},
      {"two currencies that balance only together",
       {debit(psp_clearing, eur(100)), credit(upstream_payable, yuan(100))},
       false},
      {"one currency balances and the other does not",
       {debit(psp_clearing, eur(1)), credit(escrow_fee, eur(1)), debit(fx_clearing, yuan(1))},
       false},
      {"nothing", {}, true},
  }));
  CAPTURE(c.why);
  const auto entry = balanced(entry_of(c.postings));
  REQUIRE(entry.has_value() == c.balances);
  if (entry) CHECK(entry->postings == c.postings);
  if (!entry) CHECK(entry.error().code == ErrorCode::bad_data);
}

TEST_CASE("a refused entry says which one and by how much", "[ledger]") {
  const auto entry = balanced(entry_of({debit(Account::psp_clearing, eur(100)), credit(Account::escrow_fee, eur(99))}));
  CHECK(entry.error().context == "paid:pay_1: EUR 0.01");
}

TEST_CASE("postings of zero are left out", "[ledger]") {
  const auto entry = balanced(entry_of({debit(Account::psp_clearing, eur(5)), credit(Account::escrow_ship, eur(0)),
                                        credit(Account::escrow_goods, eur(5)), debit(Account::fx_clearing, yuan(0))}));
  REQUIRE(entry);
  CHECK(entry->postings ==
        std::vector<Posting>{debit(Account::psp_clearing, eur(5)), credit(Account::escrow_goods, eur(5))});
}

TEST_CASE("a sum that no integer holds is an overflow, not a balance", "[ledger]") {
  const auto entry =
      balanced(entry_of({debit(Account::psp_clearing, eur(INT64_MAX)), debit(Account::psp_clearing, eur(1))}));
  REQUIRE(!entry);
  CHECK(entry.error().code == ErrorCode::overflow);
}

TEST_CASE("a debit is positive, a credit negative", "[ledger]") {
  CHECK(debit(Account::psp_fee, eur(175)).amount == eur(175));
  CHECK(credit(Account::psp_fee, eur(175)).amount == eur(-175));
  CHECK(credit(Account::psp_fee, eur(-175)).amount == eur(175));
}

TEST_CASE("every account has its number in the chart of accounts", "[ledger]") {
  struct Case {
    std::string_view account;
    int number;
  };
  const std::vector<Case> chart{
      {"psp_clearing", 1100},   {"upstream_prepaid", 1300}, {"seller_refund_receivable", 1310},
      {"escrow_goods", 2110},   {"escrow_fee", 2110},       {"escrow_ship", 2110},
      {"escrow_duty", 2110},    {"upstream_payable", 2200}, {"shipping_payable", 2300},
      {"duties_payable", 2400}, {"vat_payable", 2410},      {"refunds_payable", 2500},
      {"fx_clearing", 3900},    {"service_fee", 4100},      {"shipping_margin", 4200},
      {"fx_spread", 4300},      {"psp_fee", 5100},          {"compensation", 5200},
  };
  CHECK(words(static_cast<Account*>(nullptr)).size() == chart.size());
  for (const Case& c : chart) {
    CAPTURE(c.account);
    REQUIRE(parse_word<Account>(c.account));
    CHECK(account_number(*parse_word<Account>(c.account)) == c.number);
  }
}

}  // namespace sampan
