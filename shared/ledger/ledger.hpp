// Every movement of money: balanced double entry, per currency.
//
// Unit    minor units; debit is positive, credit negative
// Errors  bad_data for an entry that does not sum to zero in each currency
// Source  trade.md 3.6 for the accounts, 3.7 for the entries
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/core/id.hpp"
#include "shared/core/json.hpp"
#include "shared/core/money.hpp"

namespace sampan {

enum class Account {
  psp_clearing,              // 1100 what the payment provider holds for us
  upstream_prepaid,          // 1300 our balance at the marketplace (negative: spent of it)
  seller_refund_receivable,  // 1310
  escrow_goods,              // 2110 of an order, until its purchases are placed
  escrow_fee,
  escrow_ship,
  escrow_duty,
  upstream_payable,  // 2200 bought, not yet paid
  shipping_payable,  // 2300
  duties_payable,    // 2400
  vat_payable,       // 2410
  refunds_payable,   // 2500 promised to the shopper, not yet with them
  fx_clearing,       // 3900
  service_fee,       // 4100
  shipping_margin,   // 4200
  fx_spread,         // 4300
  psp_fee,           // 5100
  compensation,      // 5200
};
WORDS(Account, psp_clearing, upstream_prepaid, seller_refund_receivable, escrow_goods, escrow_fee, escrow_ship,
      escrow_duty, upstream_payable, shipping_payable, duties_payable, vat_payable, refunds_payable, fx_clearing,
      service_fee, shipping_margin, fx_spread, psp_fee, compensation)

// The number in the chart of accounts.
int account_number(Account account);

struct Posting {
  Account account{};
  Money amount;  // debit positive
  bool operator==(const Posting&) const = default;
};
FIELDS(Posting, account, amount)

// `key` names what happened ("payment_captured:pay_…"): the same thing is booked once, however often it is told.
struct Entry {
  EntryId entry_id;
  std::string key;
  OrderId order_id;
  Instant at{};
  std::vector<Posting> postings;
};
FIELDS(Entry, entry_id, key, order_id, at, postings)

Posting debit(Account account, Money amount);
Posting credit(Account account, Money amount);

// bad_data unless it sums to zero in each currency; postings of zero are left out.
Result<Entry> balanced(Entry entry);

}  // namespace sampan
