// HTTP/1.1 over Connections: the page's files, and calls that are answered by a function. A body is read only for a call.
//
// Errors  those of Connections::bind
// Source  RFC 9110, RFC 9112; cpp-httplib parses requests and writes replies
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "proxy/http/connections.hpp"
#include "proxy/http/static_files.hpp"
#include "shared/core/error.hpp"
#include "shared/core/http.hpp"

namespace sampan {

inline constexpr size_t body_limit_bytes = 64 * 1024;

// A reply, after which the connection may be somebody's who goes on writing to it: a stream.
struct SiteReply : HttpReply {
  // The connection, and what is to be written to it first: the header and the body of this reply. Such a reply tells no
  // length, it ends with its connection.
  using GoOn = std::function<void(TakenConnection, std::string first_bytes)>;

  SiteReply(HttpReply reply, GoOn goes_on = {}) : HttpReply(std::move(reply)), go_on(std::move(goes_on)) {}

  GoOn go_on;
};

// What stands at an address. A path that begins with one of `call_prefixes` is a call; all others are files.
struct Site {
  StaticFiles files;
  std::vector<std::string> call_prefixes;
  // A reply of status 0 is none: the connection is cut, as a peer does that dies.
  std::function<SiteReply(const HttpRequest&)> answer;
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
