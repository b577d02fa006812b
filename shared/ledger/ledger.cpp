#include "shared/ledger/ledger.hpp"

#include <algorithm>
#include <map>

namespace sampan {

int account_number(Account account) {
  switch (account) {
    case Account::psp_clearing: return 1100;
    case Account::upstream_prepaid: return 1300;
    case Account::seller_refund_receivable: return 1310;
    case Account::escrow_goods:
    case Account::escrow_fee:
    case Account::escrow_ship:
    case Account::escrow_duty: return 2110;
    case Account::upstream_payable: return 2200;
    case Account::shipping_payable: return 2300;
    case Account::duties_payable: return 2400;
    case Account::vat_payable: return 2410;
    case Account::refunds_payable: return 2500;
    case Account::fx_clearing: return 3900;
    case Account::service_fee: return 4100;
    case Account::shipping_margin: return 4200;
    case Account::fx_spread: return 4300;
    case Account::psp_fee: return 5100;
    case Account::compensation: return 5200;
  }
  return 0;
}

Posting debit(Account account, Money amount) { return {account, amount}; }
Posting credit(Account account, Money amount) { return {account, {-amount.minor, amount.currency}}; }

Result<Entry> balanced(Entry entry) {
  entry.postings.erase(std::remove_if(entry.postings.begin(), entry.postings.end(),
                                      [](const Posting& p) { return p.amount.minor == 0; }),
                       entry.postings.end());
  std::map<std::string, Money> sums;
  for (const Posting& posting : entry.postings) {
    Money& sum =
        sums.try_emplace(std::string(posting.amount.currency.code()), Money{0, posting.amount.currency}).first->second;
    TRY(sum, add(sum, posting.amount));
  }
  for (const auto& [code, sum] : sums)
    if (sum.minor != 0)
      return fail(ErrorCode::bad_data, "An entry of the ledger does not balance.", entry.key + ": " + text(sum));
  return entry;
}

}  // namespace sampan
