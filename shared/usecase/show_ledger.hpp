// The books as the operator sees them, for comparing with the marketplace's, the payment provider's and the carrier's; and
// the work that waits for a person.
//
// Unit    minor units; debit is positive, credit negative
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/database/ledger_rows.hpp"
#include "shared/database/outbox.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

struct ShowLedger {
  std::optional<OrderId> order_id;  // whose entries are shown
};
FIELDS(ShowLedger, order_id)

struct LedgerView {
  std::vector<Posting> balances;  // as they are kept
  std::vector<Posting> sums;      // of all postings: two ways to one figure
  std::vector<OpenAccounts> unsettled;
  std::vector<Entry> entries;
};
FIELDS(LedgerView, balances, sums, unsettled, entries)

// Of one moment: all is read in one transaction.
Result<LedgerView> show_ledger(Ports& ports, const ShowLedger& command);

struct ParkedWork {
  JobKind kind{};
  std::string subject;
  int64_t attempts = 0;
  std::string reason;
};
FIELDS(ParkedWork, kind, subject, attempts, reason)

struct ParkedList {
  std::vector<ParkedWork> jobs;
};
FIELDS(ParkedList, jobs)

Result<ParkedList> show_parked_jobs(Ports& ports);

}  // namespace sampan
