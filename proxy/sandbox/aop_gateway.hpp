// The simulated 1688 on the wire: one handler for every address that the real gateway has, faults included.
//
// Shape   POST or GET /openapi/param2/<version>/<namespace>/<api>/<appKey>, signed · POST /openapi/http/1/
//         system.oauth2/getToken/<appKey> · GET /oauth/authorize. Status 0 asks the server to close without an answer.
// Errors  the gateway's own are HTTP 400, 401 and 404 with {error_code, error_message, exception, request_id}; what the
//         market refuses is HTTP 200 with success:false, in the shape of its API
// Source  upstream.md 4; tests/unit/sandbox compares every answer with the recorded shapes of tests/fixtures/sandbox
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/aop_api.hpp"
#include "proxy/sandbox/aop_tokens.hpp"
#include "proxy/sandbox/world.hpp"
#include "shared/core/http.hpp"
#include "shared/marketplace/sign.hpp"

namespace sampan {

// As far as _aop_timestamp may be from the sandbox's clock. 1688 does not say; this is TOP's.
inline constexpr Duration aop_timestamp_tolerance = minutes(10);

struct AopProblem {
  int32_t status = 400;
  std::string_view code;
  std::string_view message;
};

// Nothing when the parameters carry the signature that the secret makes of them; `path` is "param2/1/…/<appKey>".
std::optional<AopProblem> check_aop_signature(const Sign& sign, const std::string& secret, std::string path,
                                              const std::vector<Parameter>& parameters);

class AopGateway {
 public:
  using MonotonicMs = std::function<int64_t()>;

  // `world` outlives this.
  AopGateway(World& world, AopAccount account, Sign sign, MonotonicMs monotonic_ms);

  // May be called from any thread.
  HttpReply answer(const HttpRequest& request);

  // For tests and documents: "com.alibaba.trade:alibaba.trade.cancel".
  std::vector<std::string> api_names() const;

 private:
  struct Address;
  static std::optional<Address> address_of(const std::string& path);
  std::optional<AopProblem> objection_to_caller(const Address& address, const AopParameters& parameters);
  std::optional<AopProblem> objection_to_call(const AopApi& api, const AopParameters& parameters);
  std::optional<AopProblem> check_timestamp(const AopParameters& parameters);
  HttpReply call(const AopApi& api, const AopParameters& parameters);
  HttpReply perform(const AopApi& api, const AopParameters& parameters);
  HttpReply problem(const AopProblem& problem);
  HttpReply token_answer(const HttpRequest& request);
  bool takes_one();

  World& world_;
  AopAccount account_;
  Sign sign_;
  MonotonicMs monotonic_ms_;
  std::vector<AopApi> apis_;

  std::mutex mutex_;         // of what stands below
  int64_t thousandths_ = 0;  // calls that may come now, in 1/1000 of a call
  int64_t filled_at_ms_ = 0;
  int64_t requests_ = 0;
};

}  // namespace sampan
