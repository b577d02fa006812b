#include "shared/jobs/run_jobs.hpp"

#include <algorithm>
#include <array>

#include "shared/usecase/book_fee.hpp"
#include "shared/usecase/expire_payment.hpp"
#include "shared/usecase/follow_parcel.hpp"
#include "shared/usecase/follow_purchase.hpp"
#include "shared/usecase/pack_parcel.hpp"
#include "shared/usecase/pay_purchase.hpp"
#include "shared/usecase/place_purchase.hpp"
#include "shared/usecase/refresh_rates.hpp"
#include "shared/usecase/refund_payment.hpp"
#include "shared/usecase/request_payment.hpp"

namespace sampan {
namespace {

using Act = Result<JobOutcome> (*)(Ports&, const std::string& subject);

struct ActOfKind {
  JobKind kind;
  Act act;
};

template <class SubjectId, Result<JobOutcome> (*act)(Ports&, const SubjectId&)>
Result<JobOutcome> on(Ports& ports, const std::string& subject) {
  return act(ports, SubjectId{subject});
}

constexpr std::array acts{
    ActOfKind{JobKind::request_payment, on<PaymentId, request_payment>},
    ActOfKind{JobKind::expire_payment, on<PaymentId, expire_payment>},
    ActOfKind{JobKind::book_fee, on<PaymentId, book_fee>},
    ActOfKind{JobKind::place_purchase, on<PurchaseId, place_purchase>},
    ActOfKind{JobKind::pay_purchase, on<PurchaseId, pay_purchase>},
    ActOfKind{JobKind::follow_purchase, on<PurchaseId, follow_purchase>},
    ActOfKind{JobKind::refund_purchase, on<PurchaseId, refund_purchase>},
    ActOfKind{JobKind::refund_payment, on<RefundId, refund_payment>},
    ActOfKind{JobKind::ship_parcel, on<ParcelId, ship_parcel>},
    ActOfKind{JobKind::follow_parcel, on<ParcelId, follow_parcel>},
    ActOfKind{JobKind::refresh_rates, on<std::string, refresh_rates>},
};
static_assert(acts.size() == words(static_cast<JobKind*>(nullptr)).size(), "an act a kind");

Act act_of(JobKind kind) {
  return std::find_if(acts.begin(), acts.end(), [&](const ActOfKind& each) { return each.kind == kind; })->act;
}

// How long after a failure, and how often; what stands not in here waits for a person at once.
struct Retry {
  ErrorCode code;
  Duration first;
  int64_t attempts;
};
constexpr std::array retries{
    // clang-format off
    //    code                        first        attempts
    Retry{ErrorCode::retry_later,     seconds(10), 40},
    Retry{ErrorCode::quota,           seconds(30), 40},
    Retry{ErrorCode::outcome_unknown, seconds(10), 40},
    Retry{ErrorCode::bad_reply,       seconds(60), 8},
    Retry{ErrorCode::conflict,        seconds(1),  20},
    Retry{ErrorCode::storage,         seconds(5),  20},
    // clang-format on
};
constexpr Duration longest = hours(1);
// Beyond every plan above: its process died with it each time.
constexpr int64_t most_attempts = 60;

// Doubles up to an hour; up to a quarter more, so that jobs that failed together do not come back together.
std::optional<Instant> retry_at(const Ports& ports, const Job& job, ErrorCode code) {
  const auto* const plan = std::find_if(retries.begin(), retries.end(), [&](const Retry& r) { return r.code == code; });
  if (plan == retries.end() || job.attempts + 1 >= plan->attempts) return std::nullopt;
  int64_t wait_ms = plan->first.ms;
  for (int64_t i = 0; i < job.attempts && wait_ms < longest.ms; ++i) wait_ms *= 2;
  wait_ms = std::min(wait_ms, longest.ms);
  wait_ms += static_cast<int64_t>(ports.random().low % static_cast<uint64_t>(wait_ms / 4 + 1));
  return ports.now() + milliseconds(wait_ms);
}

Result<void> conclude(Ports& ports, const Job& job, const Result<JobOutcome>& outcome) {
  return ports.database.transact([&](Transaction& tx) -> Result<void> {
    if (outcome && !outcome->again_at) return complete_job(tx, job);
    if (outcome) return postpone_job(tx, job, *outcome->again_at, 0);
    if (const auto at = retry_at(ports, job, outcome.error().code)) return postpone_job(tx, job, *at, job.attempts + 1);
    const Error& error = outcome.error();
    return park_job(tx, job, std::string(word(error.code)) + ": " + error.sentence + " (" + error.context + ")");
  });
}

}  // namespace

Result<std::optional<Job>> run_one_job(Ports& ports) {
  const Instant now = ports.now();
  TRY(const auto job, transact<std::optional<Job>>(
                          ports.database, [&](Transaction& tx) { return lease_job(tx, now, now + job_lease); }));
  if (!job) return job;
  const Result<JobOutcome> outcome =
      job->attempts < most_attempts
          ? act_of(job->kind)(ports, job->subject)
          : Result<JobOutcome>(fail(ErrorCode::bad_data, "It never came to an end; a person must look.", job->subject));
  TRY_DO(conclude(ports, *job, outcome));
  return job;
}

}  // namespace sampan
