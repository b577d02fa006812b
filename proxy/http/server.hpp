// HTTP/1.1 over Connections: the page's files, and calls that are answered by a function. A body is read only for a call.
//
// Errors  those of Connections::bind
// Source  RFC 9110, RFC 9112; cpp-httplib parses requests and writes replies
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "proxy/http/connections.hpp"
#include "proxy/http/static_files.hpp"
#include "shared/core/error.hpp"
#include "shared/core/http.hpp"

namespace sampan {

inline constexpr size_t body_limit_bytes = 64 * 1024;

// What stands at an address. A path that begins with one of `call_prefixes` is a call; all others are files.
struct Site {
  StaticFiles files;
  std::vector<std::string> call_prefixes;
  // A reply of status 0 is none: the connection is cut, as a peer does that dies.
  HttpHandler answer;
};

class Server {
 public:
  // Listens from here on; run() answers.
  static Result<Server> bind(const std::string& listen, Site site, ConnectionLimits limits = {});

  Server(Server&&) noexcept;
  ~Server();
  std::string url() const;
  Result<void> run();  // until stop()
  void stop();         // from any thread

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace sampan
