// Who may call the simulated 1688: one app and its tokens, as system.oauth2 hands them out.
//
// Unit    an access token lives ten hours and a code two minutes, of the sandbox's clock
// Source  upstream.md 4.2; samples of system.oauth2/getToken
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/http.hpp"
#include "shared/core/json.hpp"
#include "shared/marketplace/sign.hpp"

namespace sampan {

// No secrets: they open a market that does not exist, and `sampan sandbox` prints them.
struct AopAccount {
  std::string app_key = "1000000";
  std::string app_secret = "sandbox-1688-secret";
  std::string member_id = "b2b-2200000000001";                        // the buyer
  std::string access_token = "5a4d0000-0000-4000-8000-000000000001";  // of the console: it does not end
  std::vector<std::string> without_permission;                        // APIs that exist, but not for this app
  int64_t calls_per_second = 20;
};

struct AopToken {
  std::string text;
  Instant ends_at{};
};
FIELDS(AopToken, text, ends_at)

struct AopTokens {
  int64_t handed_out = 0;
  std::vector<AopToken> codes;
  std::vector<AopToken> access;
  std::vector<AopToken> refresh;
};
FIELDS(AopTokens, handed_out, codes, access, refresh)

bool is_known_access_token(const AopTokens& tokens, const AopAccount& account, std::string_view token, Instant now);

// GET /oauth/authorize?client_id=&site=1688&redirect_uri=&state=: the buyer says yes at once and is sent back with a code.
HttpReply authorise(AopTokens& tokens, const AopAccount& account, const Sign& sign, const std::string& query,
                    Instant now);
// POST /openapi/http/1/system.oauth2/getToken/<appKey>: a code or a refresh token for an access token; not signed.
HttpReply get_token(AopTokens& tokens, const AopAccount& account, const Sign& sign, const std::vector<HttpField>& form,
                    Instant now);

}  // namespace sampan
