// Promised outside work, written in the same transaction as the state that needs it; and the feed of what changed.
//
// A job is an act and the id it acts on; the same act on the same id is one job.
// Promises  a job is done at least once; only the holder of a lease works on it; a parked job waits for a person
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/core/id.hpp"
#include "shared/core/words.hpp"
#include "shared/database/database.hpp"

namespace sampan {

// The word is the name of the act and of its file in shared/usecase.
enum class JobKind {
  request_payment,
  expire_payment,
  book_fee,
  place_purchase,
  pay_purchase,
  follow_purchase,
  refund_purchase,
  refund_payment,
  ship_parcel,
  follow_parcel,
  refresh_rates,
};
WORDS(JobKind, request_payment, expire_payment, book_fee, place_purchase, pay_purchase, follow_purchase,
      refund_purchase, refund_payment, ship_parcel, follow_parcel, refresh_rates)

struct Job {
  JobId job_id;
  JobKind kind{};
  std::string subject;  // the id that the act takes
  int64_t attempts = 0;
  int64_t wanted = 0;  // how often it was enqueued when it was leased
  int64_t leases = 0;  // how often it was leased, this time with it: a lease that is over is nobody's
};

// There already: stays as it is, but is due at the earlier of both times; parked before, it is tried anew.
Result<void> enqueue(Transaction& tx, const JobId& id, JobKind kind, const std::string& subject, Instant due_at);

// The job that is due the longest, leased until `lease_until`; none when nothing is due. A lease counts as an attempt: who
// dies with it has tried. What follows is done by the holder of the last lease only, and by others changes nothing.
Result<std::optional<Job>> lease_job(Transaction& tx, Instant now, Instant lease_until);
// Enqueued again since it was leased: what wanted it may not have been seen, so it is due once more.
Result<void> complete_job(Transaction& tx, const Job& job);
// Due again at `due_at`, or at once when it was enqueued again since it was leased.
Result<void> postpone_job(Transaction& tx, const Job& job, Instant due_at, int64_t attempts);
// Not parked, but due at once, when it was enqueued again since it was leased.
Result<void> park_job(Transaction& tx, const Job& job, const std::string& reason);

struct ParkedJob {
  Job job;
  std::string reason;
};
Result<std::vector<ParkedJob>> list_parked_jobs(Transaction& tx);
// When the next job is due; none when there is none.
Result<std::optional<Instant>> next_due(Transaction& tx);

enum class ChangeKind { cart, order, purchase, parcel, payment, refund };
WORDS(ChangeKind, cart, order, purchase, parcel, payment, refund)

struct Change {
  int64_t sequence = 0;  // grows; gaps are possible
  ChangeKind kind{};
  std::string subject;
  ShopperId shopper_id;  // empty: public
  Instant at{};
};

Result<void> announce(Transaction& tx, ChangeKind kind, const std::string& subject, const ShopperId& shopper_id,
                      Instant at);
// The sequence of the last change there was, whoever's.
Result<int64_t> newest_sequence(Transaction& tx);

// What a shopper may see of the feed after a cursor. A change of nobody is public: everybody sees it.
struct ChangePage {
  std::vector<Change> changes;
  int64_t cursor = 0;  // where the next page begins
  bool has_more = false;
};
// At most `most` changes of at most `looked_at_most` rows: however far behind one is, the database is busy with a page only
// for a moment.
inline constexpr int64_t looked_at_most = 10'000;
Result<ChangePage> list_changes(Transaction& tx, const ShopperId& shopper_id, int64_t after_sequence, int64_t most);
// Everybody's.
Result<std::vector<Change>> list_all_changes(Transaction& tx, int64_t after_sequence);

}  // namespace sampan
