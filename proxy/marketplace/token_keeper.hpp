// The access token that a marketplace's calls go out with: refreshed ahead of its end, or when the gateway refuses it.
//
// Promises  one refresh at a time, and whoever needs its outcome waits for it; a new pair is on the disk before it is used;
//           after a failure nobody asks again for ten seconds
// Errors    auth: a person must get a new grant · what `refresh` and `keep` say. Never outcome_unknown: the call that needed
//           the token has not gone out
// Source    upstream.md 4.2
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "shared/marketplace/alibaba1688/token.hpp"

namespace sampan {

class TokenKeeper {
 public:
  using Refresh = std::function<Result<alibaba1688::Tokens>(const std::string& refresh_token)>;
  using Keep = std::function<Result<void>(const alibaba1688::Tokens&)>;

  // `tokens` are on the disk or in the configuration already.
  TokenKeeper(alibaba1688::Tokens tokens, Refresh refresh, Keep keep, std::function<Instant()> now)
      : tokens_(std::move(tokens)), refresh_(std::move(refresh)), keep_(std::move(keep)), now_(std::move(now)) {}

  // Another one than `refused`, which the gateway has just refused; empty at first. Thread-safe.
  Result<std::string> access_token(const std::string& refused);

 private:
  Result<void> refresh(Instant now);
  Result<void> keep();

  std::mutex mutex_;  // held while the gateway is asked: that is what the others wait for
  alibaba1688::Tokens tokens_;
  bool is_kept_ = true;
  std::optional<Instant> refreshed_at_;
  std::optional<Error> failure_;  // of the last refresh
  Instant failed_at_{};
  const Refresh refresh_;
  const Keep keep_;
  const std::function<Instant()> now_;
};

}  // namespace sampan
