#include "shared/rates/fetch_ecb.hpp"

namespace sampan {
namespace {

// What the status of a plain file says.
Result<void> check_status(int32_t status) {
  if (status == 200) return done();
  const std::string context = "ecb, status " + std::to_string(status);
  if (status == 429) return fail(ErrorCode::quota, "The ECB is asked too often; it is tried again.", context);
  if (status >= 500) return fail(ErrorCode::retry_later, "The ECB is not well; it is tried again.", context);
  return fail(ErrorCode::bad_reply, "The ECB's rates are not where they were.", context);
}

}  // namespace

Result<RateTable> fetch_ecb(const HttpSend& send, Instant now) {
  HttpRequest request;
  request.method = "GET";
  request.path = ecb_daily_path;
  auto reply = send(request);
  if (!reply) {
    Error error = std::move(reply).error();
    if (error.code == ErrorCode::outcome_unknown) error.code = ErrorCode::retry_later;  // a file can be read again
    return tl::unexpected(within(std::move(error), "ecb"));
  }
  TRY_DO(check_status(reply->status));
  TRY(const auto days, parse_ecb(reply->body));
  return rate_table_of_ecb(days, now);
}

}  // namespace sampan
