#include "shared/database/outbox.hpp"

#include <algorithm>

namespace sampan {
namespace {

Result<Job> job_of(const Row& row) {
  const auto kind = parse_word<JobKind>(row.text(1));
  if (!kind) return fail(ErrorCode::bad_data, "The database has a job of an unknown kind.", row.text(1));
  return Job{JobId{row.text(0)}, *kind, row.text(2), row.integer(3), row.integer(4), row.integer(5)};
}

Result<std::vector<Change>> changes_of(const std::vector<Row>& rows) {
  std::vector<Change> changes;
  for (const Row& row : rows) {
    const auto kind = parse_word<ChangeKind>(row.text(1));
    if (!kind) return fail(ErrorCode::bad_data, "The feed has a change of an unknown kind.", row.text(1));
    changes.push_back({row.integer(0), *kind, row.text(2), ShopperId{row.text(3)}, Instant{row.integer(4)}});
  }
  return changes;
}

}  // namespace

Result<void> enqueue(Transaction& tx, const JobId& id, JobKind kind, const std::string& subject, Instant due_at) {
  TRY_DO(tx.run(R"(insert into job (job_id, kind, subject, due_at, attempts, wanted, leases, lease_until, parked_reason)
                   values (?, ?, ?, ?, 0, 1, 0, 0, null)
                   on conflict (kind, subject) do update
                   set due_at = min(due_at, excluded.due_at), wanted = wanted + 1,
                       attempts = iif(parked_reason is null, attempts, 0), parked_reason = null)",
                {id.value, std::string(word(kind)), subject, due_at.ms}));
  return done();
}

Result<std::optional<Job>> lease_job(Transaction& tx, Instant now, Instant lease_until) {
  TRY(const auto rows, tx.select(R"(select job_id, kind, subject, attempts, wanted, leases + 1 from job
                                    where parked_reason is null and due_at <= ? and lease_until <= ?
                                    order by due_at, job_id
                                    limit 1)",
                                 {now.ms, now.ms}));
  if (rows.empty()) return std::optional<Job>();
  TRY(Job job, job_of(rows.front()));
  TRY_DO(tx.run(R"(update job
                   set lease_until = ?, leases = leases + 1, attempts = attempts + 1
                   where job_id = ?)",
                {lease_until.ms, job.job_id.value}));
  return std::optional<Job>(std::move(job));
}

Result<void> complete_job(Transaction& tx, const Job& job) {
  TRY(const int64_t completed, tx.run("delete from job where job_id = ? and leases = ? and wanted = ?",
                                      {job.job_id.value, job.leases, job.wanted}));
  if (completed == 1) return done();
  TRY_DO(tx.run("update job set lease_until = 0, attempts = 0 where job_id = ? and leases = ?",
                {job.job_id.value, job.leases}));
  return done();
}

Result<void> postpone_job(Transaction& tx, const Job& job, Instant due_at, int64_t attempts) {
  TRY_DO(tx.run(R"(update job
                   set due_at = iif(wanted = ?, ?, due_at), lease_until = 0, attempts = ?
                   where job_id = ? and leases = ?)",
                {job.wanted, due_at.ms, attempts, job.job_id.value, job.leases}));
  return done();
}

Result<void> park_job(Transaction& tx, const Job& job, const std::string& reason) {
  TRY_DO(tx.run(R"(update job
                   set parked_reason = iif(wanted = ?, ?, null), attempts = iif(wanted = ?, attempts, 0),
                       lease_until = 0
                   where job_id = ? and leases = ?)",
                {job.wanted, reason, job.wanted, job.job_id.value, job.leases}));
  return done();
}

Result<std::vector<ParkedJob>> list_parked_jobs(Transaction& tx) {
  TRY(const auto rows, tx.select(R"(select job_id, kind, subject, attempts, wanted, leases, parked_reason from job
                                    where parked_reason is not null
                                    order by job_id)",
                                 {}));
  std::vector<ParkedJob> parked;
  for (const Row& row : rows) {
    TRY(Job job, job_of(row));
    parked.push_back({std::move(job), row.text(6)});
  }
  return parked;
}

Result<std::optional<Instant>> next_due(Transaction& tx) {
  TRY(const auto rows, tx.select("select min(max(due_at, lease_until)) from job where parked_reason is null", {}));
  if (rows.empty() || rows.front().is_null(0)) return std::optional<Instant>();
  return std::optional<Instant>(Instant{rows.front().integer(0)});
}

Result<void> announce(Transaction& tx, ChangeKind kind, const std::string& subject, const ShopperId& shopper_id,
                      Instant at) {
  TRY_DO(tx.run(R"(insert into feed (kind, subject, shopper_id, at)
                   values (?, ?, ?, ?))",
                {std::string(word(kind)), subject, shopper_id.value, at.ms}));
  return done();
}

Result<int64_t> newest_sequence(Transaction& tx) {
  // SQLite's own count stays when old rows are taken away.
  TRY(const auto rows, tx.select("select seq from sqlite_sequence where name = 'feed'", {}));
  return rows.empty() ? 0 : rows.front().integer(0);
}

Result<ChangePage> list_changes(Transaction& tx, const ShopperId& shopper_id, int64_t after_sequence, int64_t most) {
  TRY(const int64_t newest, newest_sequence(tx));
  const int64_t last = std::min(newest, after_sequence + looked_at_most);
  TRY(const auto rows, tx.select(R"(select sequence, kind, subject, shopper_id, at from feed
                                    where sequence > ? and sequence <= ? and shopper_id in (?, '')
                                    order by sequence
                                    limit ?)",
                                 {after_sequence, last, shopper_id.value, most}));
  ChangePage page;
  TRY(page.changes, changes_of(rows));
  const bool is_full = static_cast<int64_t>(rows.size()) == most;
  page.cursor = is_full ? page.changes.back().sequence : std::max(after_sequence, last);
  page.has_more = page.cursor < newest;
  return page;
}

Result<std::vector<Change>> list_all_changes(Transaction& tx, int64_t after_sequence) {
  TRY(const auto rows, tx.select(R"(select sequence, kind, subject, shopper_id, at from feed
                                    where sequence > ?
                                    order by sequence)",
                                 {after_sequence}));
  return changes_of(rows);
}

}  // namespace sampan
