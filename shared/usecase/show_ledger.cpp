#include "shared/usecase/show_ledger.hpp"

namespace sampan {

Result<LedgerView> show_ledger(Ports& ports, const ShowLedger& command) {
  return transact<LedgerView>(ports.database, [&](Transaction& tx) -> Result<LedgerView> {
    LedgerView view;
    TRY(view.balances, list_balances(tx));
    TRY(view.sums, sum_postings(tx));
    TRY(view.unsettled, list_unsettled(tx));
    if (!command.order_id) return view;
    TRY(view.entries, list_entries(tx, *command.order_id));
    return view;
  });
}

Result<ParkedList> show_parked_jobs(Ports& ports) {
  return transact<ParkedList>(ports.database, [](Transaction& tx) -> Result<ParkedList> {
    TRY(const auto parked, list_parked_jobs(tx));
    ParkedList list;
    for (const ParkedJob& each : parked)
      list.jobs.push_back({each.job.kind, each.job.subject, each.job.attempts, each.reason});
    return list;
  });
}

}  // namespace sampan
