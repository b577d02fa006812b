// The ledger in the database.
//
// Promises  an entry is booked once by its key; only balanced entries are booked; balances are kept, not summed
// Errors    bad_data for an entry that does not balance
#pragma once

#include <map>
#include <vector>

#include "shared/database/database.hpp"
#include "shared/ledger/ledger.hpp"

namespace sampan {

// Booked already under its key: done, and nothing changes.
Result<void> post(Transaction& tx, const Entry& entry);

// Zero where nothing was ever booked.
Result<Money> load_balance(Transaction& tx, Account account, Currency currency);

// Every account of an order that is not at zero, in each currency.
Result<std::vector<Posting>> list_open_accounts(Transaction& tx, const OrderId& order_id);

// The same over all orders, and over the kept balances: two ways to one figure, for reconciliation.
Result<std::vector<Posting>> sum_postings(Transaction& tx);
Result<std::vector<Posting>> list_balances(Transaction& tx);

// What waits for somebody: escrow, and what is owed to or by a seller or a shopper, where it is not at zero, by order.
struct OpenAccounts {
  OrderId order_id;
  std::vector<Posting> accounts;
};
FIELDS(OpenAccounts, order_id, accounts)
Result<std::vector<OpenAccounts>> list_unsettled(Transaction& tx);

// An order's, the oldest first.
Result<std::vector<Entry>> list_entries(Transaction& tx, const OrderId& order_id);

}  // namespace sampan
