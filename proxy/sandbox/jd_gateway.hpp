// The simulated JD on the wire: JOS with its union, and VOP, the enterprise contract; one handler, faults included.
//
// Shape   JOS: POST or GET /routerjson, signed, its answer JSON text under <method>_responce · VOP: POST /api/<path> with a
//         token; POST /oauth2/accessToken and /oauth2/refreshToken. HTTP is 200 whatever is said; status 0 asks the server to
//         close without an answer
// Errors  JOS: error_response with a code, 2 the frequency limit, 10 and 11 the timestamp, 12 the signature, 15 the method, 20
//         the key · VOP: resultCode, 1001 an address, 2010 the frequency limit, else vop_api.hpp and vop_tokens.hpp
// Unsure  JOS codes but 12 and 15; VOP's 1001 and 2010
// Source  upstream.md 5.1 and 5.3; tests/unit/sandbox compares every answer with the shapes of tests/fixtures/sandbox
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/iop_bucket.hpp"
#include "proxy/sandbox/vop_api.hpp"
#include "proxy/sandbox/vop_tokens.hpp"
#include "proxy/sandbox/world.hpp"
#include "shared/core/http.hpp"
#include "shared/marketplace/sign.hpp"

namespace sampan {

struct JosAccount {
  std::string app_key = "1000003";
  std::string app_secret = "sandbox-jos-secret";
  int64_t calls_per_second = 20;
};

struct JdAccount {
  JosAccount jos;
  VopAccount vop;
};

// As far as a timestamp may be from the sandbox's clock.
inline constexpr Duration jos_timestamp_tolerance = minutes(10);

class JdGateway {
 public:
  // `world` outlives this.
  JdGateway(World& world, const JdAccount& account, Sign sign, const IopBucket::MonotonicMs& monotonic_ms);

  // "/routerjson", "/api/…" and "/oauth2/…".
  static bool is_for(std::string_view path);

  // May be called from any thread.
  HttpReply answer(const HttpRequest& request);

  // For tests and documents: "order/cancel".
  std::vector<std::string> api_names() const;

 private:
  HttpReply answer_jos(const HttpRequest& request);
  HttpReply answer_vop(const HttpRequest& request);
  HttpReply answer_token(const HttpRequest& request);
  VopResult<VopReply> perform(const VopApi& api, const JdParameters& parameters);

  World& world_;
  JdAccount account_;
  Sign sign_;
  std::vector<VopApi> apis_;
  VopTokens tokens_;
  IopBucket jos_calls_;
  IopBucket vop_calls_;
};

}  // namespace sampan
