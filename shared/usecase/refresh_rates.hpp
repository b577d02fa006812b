// Exchange rates are fetched and kept; a jump of more than 5 % is refused for a person to look at.
#pragma once

#include <string>

#include "shared/usecase/recording.hpp"

namespace sampan {

Result<void> refresh_rates(Ports& ports);

// The same as a job that comes again every few hours. `source` is the subject: "ecb".
Result<JobOutcome> refresh_rates(Ports& ports, const std::string& source);

}  // namespace sampan
