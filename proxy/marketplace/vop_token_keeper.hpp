// The token that JD's enterprise purchase is called with: asked for at the first call, and again when JD refuses it.
//
// Promises  one request at a time. A new token ends the old one, so whoever finds that another has just been handed out takes
//           that one
// Errors    auth, quota; retry_later for all else: the call that needs the token has not gone out, and what is asked for is
//           signed anew each time
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

class VopTokenKeeper {
 public:
  VopTokenKeeper(VopLogin login, HttpSend send, std::function<Instant()> now)
      : login_(std::move(login)), send_(std::move(send)), now_(std::move(now)) {}

  Result<std::string> token();
  Result<void> renew();

 private:
  Result<void> ask_unless_just_now();
  Result<void> ask(Instant now);

  const VopLogin login_;
  const HttpSend send_;
  const std::function<Instant()> now_;
  std::mutex mutex_;  // held while JD is asked: that is what the others wait for
  std::string token_;
  Instant ends_at_{};
  std::optional<Instant> asked_at_;
  std::optional<Error> failure_;  // of the last time
};

}  // namespace sampan
