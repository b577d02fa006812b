// Promised work is done: leased, run by the act of its name, completed, tried again later, or parked with its reason.
//
// Promises  a job whose process dies is leased again when its lease is over; a parked job has a reason and waits
// Source    the retry plan is the table in run_jobs.cpp
#pragma once

#include <optional>

#include "shared/database/outbox.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

// Longer than any act may take.
inline constexpr Duration job_lease = minutes(5);

// Runs the job that is due the longest; nothing when none is due.
Result<std::optional<Job>> run_one_job(Ports& ports);

}  // namespace sampan
