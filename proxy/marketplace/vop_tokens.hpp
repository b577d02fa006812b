// The token that JD's enterprise purchase is called with: asked for at the first call, and again when JD refuses it.
//
// Promises  one request at a time. A new token ends the old one, so whoever finds that another has just been handed out takes
//           that one
// Source    upstream.md 5.3
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "shared/core/http.hpp"
#include "shared/core/instant.hpp"

namespace sampan {

struct VopLogin {
  std::string client_id;
  std::string client_secret;
  std::string username;
  std::string password;
};

class VopTokens {
 public:
  VopTokens(VopLogin login, HttpSend send, std::function<Instant()> now)
      : login_(std::move(login)), send_(std::move(send)), now_(std::move(now)) {}

  // Empty while JD gives none: JD refuses the call then, and its error tells.
  std::string token();
  Result<void> renew();

 private:
  Result<void> ask();

  const VopLogin login_;
  const HttpSend send_;
  const std::function<Instant()> now_;
  std::mutex mutex_;  // held while JD is asked: that is what the others wait for
  std::string token_;
  Instant ends_at_{};
  std::optional<Instant> asked_at_;
};

}  // namespace sampan
