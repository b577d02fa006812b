// The tokens that a buyer's consent gives the app: one to call with, which lives ten hours, and one to get the next by.
//
// Shape   POST /openapi/http/1/system.oauth2/getToken/<app key>, a form, not signed
// Errors  auth: the grant is over, and only a person can get another · quota · retry_later for all else: an earlier refresh
//         token stays valid after it was used, so the same question may be asked again
// Trap    expires_in comes as text; a reply may be without a refresh token, then the one that was sent stays
// Source  upstream.md 4.2
#pragma once

#include <optional>
#include <string>

#include "shared/core/http.hpp"
#include "shared/core/instant.hpp"

namespace sampan::alibaba1688 {

struct Tokens {
  std::string access_token;               // empty: there is none
  std::optional<Instant> access_ends_at;  // absent: not known, or never
  std::string refresh_token;              // empty: there is none
};

HttpRequest refresh_request(const std::string& app_key, const std::string& app_secret,
                            const std::string& refresh_token);

// `asked_at` is when the request went out: the token may live a little longer than this says, never shorter.
Result<Tokens> parse_tokens(const HttpReply& reply, Instant asked_at);

}  // namespace sampan::alibaba1688
