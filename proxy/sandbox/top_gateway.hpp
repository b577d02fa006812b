// The simulated TOP on the wire: Taobao's open platform, faults included.
//
// Shape   GET or POST /router/rest, every parameter in the query or in a form; signed by md5, hmac or hmac-sha256. Status 0 asks
//         the server to close without an answer.
// Errors  HTTP 200 with {error_response: {code, msg, sub_code, sub_msg, request_id}}
// Limits  answers JSON only; what asks for XML, TOP's default, is refused
// Source  upstream.md 2.1 to 2.5; tests/unit/sandbox compares answers with the recorded shapes of tests/fixtures/sandbox
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "proxy/sandbox/iop_bucket.hpp"
#include "proxy/sandbox/top_api.hpp"
#include "shared/core/http.hpp"
#include "shared/marketplace/sign.hpp"

namespace sampan {

// No secrets: they open a market that does not exist, and `sampan sandbox` prints them.
struct TopAccount {
  std::string app_key = "1000002";
  std::string app_secret = "sandbox-top-secret";
  std::string access_token =
      "6100000sandboxtop";  // TOP's session: of an API that needs none, refused when it is another
  std::string adzone_id = "100000001";
  int64_t calls_per_second = 20;
};

// As far as a timestamp may be from the sandbox's clock.
inline constexpr Duration top_timestamp_tolerance = minutes(10);

class TopGateway {
 public:
  // `world` outlives this.
  TopGateway(World& world, TopAccount account, Sign sign, IopBucket::MonotonicMs monotonic_ms);

  // May be called from any thread.
  HttpReply answer(const HttpRequest& request);

  // For tests and documents: "taobao.tbk.item.info.get".
  std::vector<std::string> methods() const;

 private:
  std::optional<TopProblem> objection_to_caller(const TopParameters& parameters);
  bool is_signed(const TopParameters& parameters) const;
  bool is_timely(const TopParameters& parameters);
  HttpReply perform(const TopApi& api, const TopParameters& parameters);
  HttpReply problem(const TopProblem& problem);
  std::string next_request_id();

  World& world_;
  TopAccount account_;
  Sign sign_;
  IopBucket bucket_;
  std::vector<TopApi> apis_;

  std::mutex mutex_;  // of what stands below
  int64_t requests_ = 0;
};

}  // namespace sampan
