// Who follows the feed: one thread writes what has changed to all whom it concerns, and waits for none of them.
//
// Promises  a follower gets each change after its cursor that concerns it, once, in the order of sequences
//           one that takes nothing for write_ms, or lets more than waiting_bytes wait, is cut off
//           a stream ends after stream_ms: its follower comes back with its cursor, and is asked anew who it is; so an
//           ended session is followed no longer than that
// Unit      times in milliseconds of the monotonic clock
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "proxy/http/connections.hpp"
#include "shared/database/outbox.hpp"

namespace sampan {

struct FeedLimits {
  int heartbeat_ms = 25'000;  // proxies between us close what is silent for a minute
  int write_ms = 10'000;
  int stream_ms = 15 * 60'000;
  size_t waiting_bytes = 128 * 1024;
  size_t recent_changes = 1024;  // kept for followers who read their page before these were told
};

class Feed {
 public:
  // `newest` is the sequence of the last change before those that will be told.
  explicit Feed(int64_t newest, FeedLimits limits = {});
  ~Feed();
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  // Changes that are committed, in the order of sequences. From any thread; returns at once.
  void tell(std::vector<Change> changes);
  // Takes over the connection of one who has read the feed up to `cursor`; `first_bytes` are written before all else. From
  // any thread; after stop() it only closes.
  void follow(TakenConnection connection, const ShopperId& shopper_id, int64_t cursor, std::string first_bytes);
  size_t followers() const;
  // All streams are closed when it returns.
  void stop();

 private:
  class Thread;
  std::unique_ptr<Thread> thread_;
};

}  // namespace sampan
