// What every act writes beside its state: entries, jobs, the feed; all in the act's own transaction.
#pragma once

#include <string>

#include "shared/database/outbox.hpp"
#include "shared/ledger/ledger.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

// An entry without postings: "what:id" is the key that books it once.
inline Entry blank_entry(const Ports& ports, const std::string& what, const std::string& id, const OrderId& order_id) {
  return {new_id<EntryId>(ports), what + ":" + id, order_id, ports.now(), {}};
}

inline Result<void> enqueue_at(Transaction& tx, const Ports& ports, JobKind kind, const std::string& subject,
                               Instant due_at) {
  return enqueue(tx, new_id<JobId>(ports), kind, subject, due_at);
}
inline Result<void> enqueue_now(Transaction& tx, const Ports& ports, JobKind kind, const std::string& subject) {
  return enqueue_at(tx, ports, kind, subject, ports.now());
}

// What a job's act answers: done, or due again at a time (it waits, or it watches).
struct JobOutcome {
  std::optional<Instant> again_at;
};
inline JobOutcome job_done() { return {}; }
inline JobOutcome again(Instant at) { return {at}; }

}  // namespace sampan
