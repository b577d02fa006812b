// The listening socket and every client. Idle connections wait in one epoll set and hold no thread; a worker thread is lent
// only to a request whose header has arrived whole, so slow senders cost a few bytes each and no worker.
//
// Unit    times in milliseconds of the monotonic clock
// Errors  bad_input (the address cannot be read), conflict (somebody else listens there)
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "shared/core/error.hpp"

namespace sampan {

struct ConnectionLimits {
  int header_ms = 10'000;  // from a header's first byte to its last
  int idle_ms = 60'000;    // between two requests
  int body_ms = 10'000;    // from the header's last byte to the body's last
  int write_ms = 10'000;   // in which a client must take some of the reply
  size_t header_bytes = 32 * 1024;
  size_t connections = 10'000;
  size_t workers = 64;  // most wait for the one writer's next commit, which then takes all of them together
};

// A request whose header lies whole in the socket's buffer, or cannot: then header_bytes is 0.
struct WaitingRequest {
  int socket = -1;
  size_t header_bytes = 0;
};

// A client's socket that has been taken from its server. It still counts as one of the server's connections, until it is
// closed with its owner.
class TakenConnection {
 public:
  TakenConnection(int socket, std::shared_ptr<std::atomic<size_t>> open) : socket_(socket), open_(std::move(open)) {}
  TakenConnection(TakenConnection&& other) noexcept = default;
  TakenConnection& operator=(TakenConnection&&) = delete;
  ~TakenConnection();
  int socket() const { return socket_; }

 private:
  int socket_;
  std::shared_ptr<std::atomic<size_t>> open_;  // nothing when it has moved on
};

// What becomes of a connection whose request has been served.
struct Served {
  bool is_kept = false;                           // for the next request; else it is closed
  std::function<void(TakenConnection)> taken_by;  // set: the connection is its
};

class Connections {
 public:
  // Serves one request on a blocking worker thread.
  using Serve = std::function<Served(const WaitingRequest&)>;

  // `listen` is "127.0.0.1:8080" or "[::1]:8080"; port 0 takes a free one.
  static Result<std::unique_ptr<Connections>> bind(const std::string& listen, ConnectionLimits limits);

  virtual ~Connections() = default;
  virtual std::string url() const = 0;        // "http://127.0.0.1:40123"
  virtual Result<void> run(Serve serve) = 0;  // until stop()
  virtual void stop() = 0;                    // from any thread, before run() too; open requests are finished
};

}  // namespace sampan
