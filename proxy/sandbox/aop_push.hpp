// The pushes of the simulated 1688: its market's log as messages, delivered until the subscriber takes them.
//
// Shape   POST form message=<JSON>&_aop_signature=<HMAC-SHA1 of "message" and that JSON, upper hex>; 200 takes it
// Unit    tried at once, then five times half an hour apart, by the sandbox's clock; from its first failure on a message is
//         listed by push.query.messageList until it is taken or confirmed
// Source  upstream.md 4.6. Unlike the real one it tells about every product, followed or not
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "proxy/sandbox/aop_tokens.hpp"
#include "proxy/sandbox/world.hpp"
#include "shared/core/http.hpp"
#include "shared/marketplace/sign.hpp"

namespace sampan {

inline constexpr int64_t push_attempts = 6;
inline constexpr Duration push_retry_after = minutes(30);

// What the log says that the book has not seen yet becomes messages that are due now.
void take_in_log(Scene& scene, const AopAccount& account);

// When a message is to be tried next; nothing when none is.
std::optional<Instant> next_push(const PushBook& pushes);

class AopPush {
 public:
  // `send` posts to the subscriber's host, `path` is its address there. `world` outlives this.
  AopPush(World& world, AopAccount account, Sign sign, HttpSend send, std::string path)
      : world_(world),
        account_(std::move(account)),
        sign_(std::move(sign)),
        send_(std::move(send)),
        path_(std::move(path)) {}

  // Tries everything that is due, and says how many messages were taken. The world is free while one is on its way. A death
  // between the subscriber's 200 and our note of it makes a duplicate, as it does on the real one.
  Result<int64_t> deliver();

 private:
  struct Claim {
    std::optional<PushMessage> message;
    bool is_lost = false;
  };
  Claim claim(Scene& scene) const;
  bool is_taken(const PushMessage& message) const;

  World& world_;
  AopAccount account_;
  Sign sign_;
  HttpSend send_;
  std::string path_;
};

}  // namespace sampan
