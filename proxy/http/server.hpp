// HTTP/1.1 over Connections: the page's files, nothing else. No body is wanted anywhere, and none is kept.
//
// Errors  those of Connections::bind
// Source  RFC 9110, RFC 9112; cpp-httplib parses requests and writes replies
#pragma once

#include <memory>
#include <string>

#include "proxy/http/connections.hpp"
#include "proxy/http/static_files.hpp"
#include "shared/core/error.hpp"

namespace sampan {

inline constexpr size_t body_limit_bytes = 64 * 1024;

class Server {
 public:
  // Listens from here on; run() answers.
  static Result<Server> bind(const std::string& listen, StaticFiles files, ConnectionLimits limits = {});

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
