#include "proxy/http/server.hpp"

#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <functional>
#include <string_view>
#include <utility>

#include "proxy/http/problem.hpp"

namespace sampan {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// One request of a client: its header, already here, then the body as it comes until the deadline.
class RequestStream final : public httplib::Stream {
 public:
  RequestStream(const WaitingRequest& request, const ConnectionLimits& limits)
      : socket_(request.socket),
        write_ms_(limits.write_ms),
        header_(request.header_bytes, '\0'),
        body_deadline_(Clock::now() + milliseconds(limits.body_ms)) {
    const ssize_t size = ::recv(socket_, header_.data(), header_.size(), 0);
    header_.resize(size > 0 ? static_cast<size_t>(size) : 0);
  }

  // The status line's number. The library tells a client after an error that it closes, and leaves the closing to us.
  int status() const { return status_; }

  ssize_t read(char* into, size_t size) override {
    if (taken_ < header_.size()) {
      const size_t count = std::min(size, header_.size() - taken_);
      std::memcpy(into, header_.data() + taken_, count);
      taken_ += count;
      return static_cast<ssize_t>(count);
    }
    if (!wait_for(POLLIN, milliseconds_left())) return -1;
    return ::recv(socket_, into, size, 0);
  }

  // Nothing is written any more, and the connection does not live on.
  void cut() { is_cut_ = true; }

  ssize_t write(const char* from, size_t size) override {
    if (is_cut_) return -1;
    read_status({from, size});
    size_t written = 0;
    while (written < size) {
      const ssize_t count = ::send(socket_, from + written, size - written, MSG_NOSIGNAL);
      if (count > 0) {
        written += static_cast<size_t>(count);
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        if (!wait_for(POLLOUT, write_ms_)) return -1;
      } else if (errno != EINTR) {
        return -1;
      }
    }
    return static_cast<ssize_t>(written);
  }

  bool is_readable() const override { return taken_ < header_.size(); }
  bool wait_readable() const override { return is_readable() || wait_for(POLLIN, milliseconds_left()); }
  bool wait_writable() const override { return wait_for(POLLOUT, write_ms_); }
  socket_t socket() const override { return socket_; }
  time_t duration() const override { return 0; }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}

 private:
  int milliseconds_left() const {
    const auto left = std::chrono::duration_cast<milliseconds>(body_deadline_ - Clock::now()).count();
    return static_cast<int>(std::max<int64_t>(left, 0));
  }
  bool wait_for(short events, int timeout_ms) const {
    pollfd ready{socket_, events, 0};
    return ::poll(&ready, 1, timeout_ms) > 0 && (ready.revents & events) != 0;
  }
  void read_status(std::string_view reply) {
    constexpr std::string_view version = "HTTP/1.1 ";
    if (status_ != 0 || !reply.starts_with(version)) return;
    std::from_chars(reply.data() + version.size(), reply.data() + reply.size(), status_);
    if (status_ == 100) status_ = 0;  // "continue" comes before the reply
  }

  int socket_;
  int write_ms_;
  std::string header_;
  size_t taken_ = 0;
  Clock::time_point body_deadline_;
  int status_ = 0;
  bool is_cut_ = false;
};

// What every reply says to the browser, whatever it is a reply to.
const httplib::Headers security_headers{
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Content-Security-Policy", "frame-ancestors 'none'"},
};

bool is_too_large(const httplib::Request& request) {
  return request.get_header_value_u64("Content-Length") > body_limit_bytes;
}

bool has_body(const httplib::Request& request) {
  return request.get_header_value_u64("Content-Length") > 0 || request.has_header("Transfer-Encoding");
}

void write_problem(httplib::Response& response) {
  const Problem& problem = problem_of(response.status);
  response.status = problem.status;
  if (problem.status == 405) response.set_header("Allow", "GET, HEAD");
  response.set_header("Cache-Control", "no-store");
  response.set_content(problem_json(problem), std::string(problem_content_type));
}

void write_file(const StaticFile& file, const httplib::Request& request, httplib::Response& response) {
  const Encoding encoding = best_encoding(file, request.get_header_value("Accept-Encoding"));
  const Representation& representation = file.representations.at(encoding);
  response.set_header("ETag", representation.etag);
  response.set_header("Cache-Control", "no-cache");  // names do not change with content, so each use asks
  response.set_header("Accept-Ranges", "none");
  if (file.representations.size() > 1) response.set_header("Vary", "Accept-Encoding");
  if (is_unchanged(request.get_header_value("If-None-Match"), representation.etag)) {
    response.status = 304;
    return;
  }
  response.status = 200;
  if (encoding == Encoding::br) response.set_header("Content-Encoding", "br");
  if (encoding == Encoding::gzip) response.set_header("Content-Encoding", "gzip");
  // A provider writes from the snapshot; set_content would copy the file for each request.
  response.set_content_provider(representation.bytes.size(), std::string(file.content_type),
                                [&bytes = representation.bytes](size_t offset, size_t length, httplib::DataSink& sink) {
                                  return sink.write(bytes.data() + offset, length);
                                });
}

HttpRequest plain_request(const httplib::Request& request, std::string body) {
  HttpRequest plain;
  plain.method = request.method;
  const size_t query = std::min(request.target.find('?'), request.target.size());
  plain.path = request.target.substr(0, query);
  if (query < request.target.size()) plain.query = request.target.substr(query + 1);
  for (const auto& [name, value] : request.headers) plain.fields.push_back({name, value});
  plain.body = std::move(body);
  return plain;
}

// The request that this thread is serving.
struct Turn {
  RequestStream& stream;
  bool has_read_body = false;
  std::function<void(TakenConnection)> taken_by = {};
};
thread_local Turn* turn = nullptr;

// The library's parser and writer, without its sockets and threads.
class Exchange final : public httplib::Server {
 public:
  explicit Exchange(Site site) : site_(std::move(site)) {
    svr_sock_ = 0;  // never used: without one the library takes itself for shut down and sends no content
    set_default_headers(security_headers);
    set_payload_max_length(body_limit_bytes);
    set_error_handler([](const httplib::Request&, httplib::Response& response) {
      if (response.body.empty()) write_problem(response);  // a call has said its own
    });
    set_post_routing_handler([](const httplib::Request&, httplib::Response& response) {
      response.headers.erase("Keep-Alive");  // it would tell the library's limits, not ours
      if (response.status == 304) response.headers.erase("Content-Length");
    });
    set_expect_100_continue_handler([](const httplib::Request& request, httplib::Response& response) {
      if (!is_too_large(request)) return 100;
      return response.status = 413;
    });
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      return answer(request, response) ? HandlerResponse::Handled : HandlerResponse::Unhandled;
    });
    const HandlerWithContentReader take_body = [this](const httplib::Request& request, httplib::Response& response,
                                                      const httplib::ContentReader& read) {
      response.status = 405;
      std::string body;
      const bool is_call = this->is_call(request);
      // For a file it is thrown away; beyond the limit the library says 413.
      const bool is_whole = read([&](const char* bytes, size_t size) {
        if (is_call) body.append(bytes, size);
        return true;
      });
      if (!is_call || !is_whole) return;
      turn->has_read_body = true;
      call(request, std::move(body), response);
    };
    Post(".*", take_body);
    Put(".*", take_body);
    Patch(".*", take_body);
    Delete(".*", take_body);
  }

  Served serve(const WaitingRequest& waiting, const ConnectionLimits& limits) {
    RequestStream stream(waiting, limits);
    if (waiting.header_bytes == 0) {
      refuse_header(stream);
      return {};
    }
    Turn now{stream};
    turn = &now;
    bool closed = false;
    bool brings_body = false;
    const bool answered = process_request(stream, {}, 0, {}, 0, false, closed, [&](httplib::Request& request) {
      request.ranges.clear();  // RFC 9110, 14.2: a server may ignore Range
      // What is left of a body goes with the connection; the library would read on until it ends or the time is over.
      request.body_consumed_ = true;
      brings_body = has_body(request);
    });
    turn = nullptr;
    return {answered && !closed && (!brings_body || now.has_read_body) && stream.status() < 400,
            std::move(now.taken_by)};
  }

 private:
  // Everything but a body of unknown length, which has to be read to know whether it is too large.
  bool answer(const httplib::Request& request, httplib::Response& response) const {
    const bool reads = request.method == "GET" || request.method == "HEAD";
    if (is_too_large(request)) {
      response.status = 413;
    } else if (is_call(request)) {
      if (has_body(request)) return false;
      call(request, {}, response);
    } else if (!reads) {
      response.status = 405;
      return !request.has_header("Transfer-Encoding");
    } else if (const StaticFile* file = find_file(site_.files, request.target); file != nullptr) {
      write_file(*file, request, response);
    } else {
      response.status = 404;
    }
    return true;
  }

  bool is_call(const httplib::Request& request) const {
    return std::any_of(site_.call_prefixes.begin(), site_.call_prefixes.end(),
                       [&](const std::string& prefix) { return request.target.starts_with(prefix); });
  }

  void call(const httplib::Request& request, std::string body, httplib::Response& response) const {
    const SiteReply reply = site_.answer(plain_request(request, std::move(body)));
    if (reply.go_on) return hand_over(reply);
    if (reply.status == 0) turn->stream.cut();
    response.status = reply.status == 0 ? 500 : reply.status;
    std::string content_type = "application/octet-stream";
    for (const HttpField& field : reply.fields) {
      if (field.name == "Content-Type")
        content_type = field.value;
      else
        response.set_header(field.name, field.value);
    }
    response.set_content(reply.body, content_type);
  }

  // The library would write the reply to its end; it is cut off from a connection that is not ours any more.
  static void hand_over(const SiteReply& reply) {
    std::string first_bytes = header_until_close("200 OK");
    for (const HttpField& field : reply.fields) first_bytes += field.name + ": " + field.value + "\r\n";
    first_bytes += "\r\n" + reply.body;
    turn->taken_by = [go_on = reply.go_on, first_bytes = std::move(first_bytes)](TakenConnection connection) {
      go_on(std::move(connection), first_bytes);
    };
    turn->stream.cut();
  }

  static std::string header_until_close(std::string_view status) {
    std::string header = "HTTP/1.1 " + std::string(status) + "\r\nConnection: close\r\n";
    for (const auto& [name, value] : security_headers) header += name + ": " + value + "\r\n";
    return header;
  }

  static void refuse_header(RequestStream& stream) {
    const Problem& problem = problem_of(431);
    const std::string body = problem_json(problem);
    std::string reply = header_until_close("431 " + std::string(problem.title));
    reply += "Content-Type: " + std::string(problem_content_type) + "\r\n";
    reply += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    stream.write(reply.data(), reply.size());
  }

  const Site site_;
};

}  // namespace

struct Server::Parts {
  std::unique_ptr<Connections> connections;
  ConnectionLimits limits;
  Exchange exchange;
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::Server(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::bind(const std::string& listen, Site site, ConnectionLimits limits) {
  TRY(auto connections, Connections::bind(listen, limits));
  return Server(std::unique_ptr<Parts>(new Parts{std::move(connections), limits, Exchange(std::move(site))}));
}

std::string Server::url() const { return parts_->connections->url(); }

Result<void> Server::run() {
  return parts_->connections->run(
      [this](const WaitingRequest& request) { return parts_->exchange.serve(request, parts_->limits); });
}

void Server::stop() { parts_->connections->stop(); }

}  // namespace sampan
