// The simulated Taobao Global on the wire: its IOP gateway, faults included.
//
// Shape   GET or POST /rest<path>, the parameters in the query, in a form or in a JSON object, signed over <path> without
//         "/rest". Status 0 asks the server to close without an answer.
// Errors  the gateway's own are HTTP 200 with {code, type, message, request_id}; what the market refuses is code "0" with
//         success:false, error_code and error_msg
// Source  upstream.md 3.1; tests/unit/sandbox compares answers with the recorded shapes of tests/fixtures/sandbox
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/iop_api.hpp"
#include "proxy/sandbox/iop_bucket.hpp"
#include "shared/core/http.hpp"
#include "shared/marketplace/sign.hpp"

namespace sampan {

// As far as a timestamp may be from the sandbox's clock.
inline constexpr Duration iop_timestamp_tolerance = seconds(7200);

struct IopProblem {
  std::string_view code;
  std::string message;
};

class IopGateway {
 public:
  // `world` outlives this.
  IopGateway(World& world, IopAccount account, Sign sign, IopBucket::MonotonicMs monotonic_ms);

  // May be called from any thread.
  HttpReply answer(const HttpRequest& request);

  // For tests and documents: "/product/get".
  std::vector<std::string> paths() const;

 private:
  bool is_signed(const std::string& path, const HttpRequest& request, const IopParameters& parameters) const;
  std::optional<IopProblem> objection_to_caller(const std::string& path, const HttpRequest& request,
                                                const IopParameters& parameters);
  std::optional<IopProblem> objection_to_call(const IopApi& api, const IopParameters& parameters) const;
  std::optional<IopProblem> check_timestamp(const IopParameters& parameters);
  HttpReply perform(const IopApi& api, const IopParameters& parameters);
  HttpReply problem(const IopProblem& problem);
  HttpReply reply(std::vector<JsonMember> members, std::string_view code);

  World& world_;
  IopAccount account_;
  Sign sign_;
  IopBucket bucket_;
  std::vector<IopApi> apis_;

  std::mutex mutex_;  // of what stands below
  int64_t requests_ = 0;
};

}  // namespace sampan
