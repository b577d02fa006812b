// Who may call the simulated VOP: one client, and the tokens that /oauth2 hands out to it.
//
// Shape   {uid, access_token, refresh_token, time (ms), expires_in (s), refresh_token_expires (ms)} in VOP's envelope
// Unit    an access token lives 24 hours and a refresh token 182 days, of the sandbox's clock
// Errors  2003 without a token, 2004 of one that is not the latest, 2007 of one that has ended; of who asks for one, the
//         texts tell
// Rule    asking for a new token ends the one before. A token says when it was handed out and is signed, so that it outlives
//         a restart of the sandbox, which forgets only which of several was the latest
// Source  upstream.md 5.3; a recorded reply of oauth2/accessToken
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/vop_api.hpp"
#include "shared/marketplace/sign.hpp"

namespace sampan {

// No secrets: they open a market that does not exist, and `sampan sandbox` prints them.
struct VopAccount {
  std::string client_id = "sandbox-vop";
  std::string client_secret = "sandbox-vop-secret";
  std::string username = "sandbox-buyer";
  std::string password = "sandbox-password";
  std::string uid = "6160000001";
  int64_t calls_per_second = 30;
};

class VopTokens {
 public:
  VopTokens(VopAccount account, Sign sign) : account_(std::move(account)), sign_(std::move(sign)) {}

  // /oauth2/accessToken: username and password's MD5, signed with the client's secret.
  VopResult<VopReply> access_token(const std::vector<HttpField>& form, Instant now);
  // /oauth2/refreshToken
  VopResult<VopReply> refresh_token(const std::vector<HttpField>& form, Instant now);

  VopResult<void> check(std::string_view token, Instant now);

 private:
  VopResult<VopReply> hand_out(Instant now);
  std::string token_text(std::string_view kind, int64_t issued_ms) const;
  VopResult<void> check(std::string_view kind, std::string_view token, Duration life, Instant now);

  VopAccount account_;
  Sign sign_;
  std::mutex mutex_;
  int64_t latest_ms_ = 0;  // of the token that counts
};

}  // namespace sampan
