#include "proxy/http/server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "shared/core/json.hpp"

using namespace sampan;

namespace {

using Clock = std::chrono::steady_clock;

StaticFiles small_page() {
  StaticFiles files;
  StaticFile& index = files["/index.html"];
  index.content_type = content_type("/index.html");
  index.representations[Encoding::identity] = {"<!doctype html><p>Sampan", "\"i\""};
  index.representations[Encoding::gzip] = {"GZIPPED", "\"i-gz\""};
  index.representations[Encoding::br] = {"BROTLI", "\"i-br\""};
  StaticFile& wasm = files["/sampan.wasm"];
  wasm.content_type = content_type("/sampan.wasm");
  wasm.representations[Encoding::identity] = {std::string(300'000, 'w'), "\"w\""};
  return files;
}

// Says what it was asked; "/v1/die" is cut off, "/v1/no" refused.
HttpReply echo(const HttpRequest& request) {
  HttpReply reply;
  if (request.path == "/v1/die") reply.status = 0;
  if (request.path == "/v1/no") reply.status = 409;
  reply.fields = {{"Content-Type", "text/plain"}, {"X-Own", "yes"}};
  reply.body = request.method + " " + request.path + "?" + request.query + " " + request.body;
  return reply;
}

Site small_site() { return {small_page(), {"/v1/"}, echo}; }

// A server of its own on a free port, stopped at the end.
class RunningServer {
 public:
  explicit RunningServer(ConnectionLimits limits = {}, Site site = small_site())
      : server_(*Server::bind("127.0.0.1:0", std::move(site), limits)), thread_([this] { outcome_ = server_.run(); }) {}
  ~RunningServer() { stop(); }
  void stop() {
    if (!thread_.joinable()) return;
    server_.stop();
    thread_.join();
    CHECK(outcome_);
  }
  std::string url() const { return server_.url(); }
  uint16_t port() const { return static_cast<uint16_t>(std::stoi(url().substr(url().rfind(':') + 1))); }

 private:
  Server server_;
  Result<void> outcome_;
  std::thread thread_;
};

// What a browser sends, byte by byte, so that a test can also send what no browser would.
class Client {
 public:
  explicit Client(const RunningServer& server) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }
  ~Client() { ::close(socket_); }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }
  // All that comes until the server closes.
  std::string rest() {
    std::string all;
    char buffer[16384];
    for (ssize_t size = 0; (size = ::recv(socket_, buffer, sizeof buffer, 0)) > 0;)
      all.append(buffer, static_cast<size_t>(size));
    return all;
  }
  bool is_closed_within(int timeout_ms) {
    pollfd readable{socket_, POLLIN, 0};
    return ::poll(&readable, 1, timeout_ms) > 0;
  }
  // Until `end` has come.
  std::string until(std::string_view end) {
    std::string all;
    char byte = 0;
    while (all.find(end) == std::string::npos && ::recv(socket_, &byte, 1, 0) == 1) all += byte;
    return all;
  }

 private:
  int socket_;
};

std::string ask(const RunningServer& server, const std::string& request_line, const std::string& headers = {}) {
  Client client(server);
  client.send(request_line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
  return client.rest();
}

std::string body_of(const std::string& reply) { return reply.substr(reply.find("\r\n\r\n") + 4); }

bool has(const std::string& reply, std::string_view part) { return reply.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the page comes with its type, its etag and what keeps it safe", "[http]") {
  const RunningServer server;
  const std::string reply = ask(server, "GET /");
  CAPTURE(reply);
  CHECK(reply.starts_with("HTTP/1.1 200 OK\r\n"));
  for (const char* header :
       {"Content-Type: text/html; charset=utf-8\r\n", "ETag: \"i\"\r\n", "Cache-Control: no-cache\r\n",
        "Vary: Accept-Encoding\r\n", "X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: same-origin\r\n",
        "Cross-Origin-Opener-Policy: same-origin\r\n", "Content-Security-Policy: frame-ancestors 'none'\r\n",
        "Content-Length: 24\r\n"}) {
    CAPTURE(header);
    CHECK(has(reply, header));
  }
  CHECK_FALSE(has(reply, "Content-Encoding"));
  CHECK(body_of(reply) == "<!doctype html><p>Sampan");
}

TEST_CASE("the page comes compressed to who can read it", "[http]") {
  const RunningServer server;
  const std::string br = ask(server, "GET /", "Accept-Encoding: gzip, br\r\n");
  CHECK(has(br, "Content-Encoding: br\r\n"));
  CHECK(has(br, "ETag: \"i-br\"\r\n"));
  CHECK(body_of(br) == "BROTLI");
  const std::string gzip = ask(server, "GET /", "Accept-Encoding: gzip, br;q=0\r\n");
  CHECK(has(gzip, "Content-Encoding: gzip\r\n"));
  CHECK(body_of(gzip) == "GZIPPED");
}

TEST_CASE("wasm comes whole, as application/wasm", "[http]") {
  const RunningServer server;
  const std::string reply = ask(server, "GET /sampan.wasm", "Accept-Encoding: br\r\nRange: bytes=0-9\r\n");
  CHECK(reply.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(has(reply, "Content-Type: application/wasm\r\n"));
  CHECK_FALSE(has(reply, "Content-Encoding"));
  CHECK_FALSE(has(reply, "Vary"));
  const bool is_whole = body_of(reply) == std::string(300'000, 'w');
  CHECK(is_whole);
}

TEST_CASE("HEAD says what GET would, without the body", "[http]") {
  const RunningServer server;
  const std::string reply = ask(server, "HEAD /sampan.wasm");
  CHECK(reply.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(has(reply, "Content-Length: 300000\r\n"));
  CHECK(body_of(reply).empty());
}

TEST_CASE("what the browser has already is not sent again", "[http]") {
  const RunningServer server;
  const std::string same = ask(server, "GET /", "Accept-Encoding: br\r\nIf-None-Match: \"i-br\"\r\n");
  CAPTURE(same);
  CHECK(same.starts_with("HTTP/1.1 304 Not Modified\r\n"));
  CHECK(has(same, "ETag: \"i-br\"\r\n"));
  CHECK(has(same, "Vary: Accept-Encoding\r\n"));
  CHECK(body_of(same).empty());
  // The same file in another encoding is another representation.
  CHECK(ask(server, "GET /", "Accept-Encoding: gzip\r\nIf-None-Match: \"i-br\"\r\n").starts_with("HTTP/1.1 200 OK"));
}

TEST_CASE("an error is a problem document with a stable code", "[http]") {
  struct Case {
    const char* why;
    const char* request_line;
    const char* headers;
    int32_t status;
    const char* code;
  };
  const Case c = GENERATE(values<Case>({
      {"an unknown path", "GET /nothing", "", 404, "not_found"},
      {"a path that climbs", "GET /../index.html", "", 404, "not_found"},
      {"a path that climbs in disguise", "GET /%2e%2e%2findex.html", "", 404, "not_found"},
      {"a name with a NUL", "GET /index.html%00", "", 404, "not_found"},
      {"a hidden file", "GET /.env", "", 404, "not_found"},
      {"a form that is sent", "POST /", "Content-Length: 0\r\n", 405, "not_offered"},
      {"a form without a length", "POST /", "", 405, "not_offered"},
      {"an unused method", "DELETE /index.html", "", 405, "not_offered"},
      {"a question for methods", "OPTIONS /", "", 405, "not_offered"},
      {"a trace", "TRACE /", "", 405, "not_offered"},
      {"an upgrade", "GET /feed", "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 404,
       "not_found"},
      {"no method of HTTP", "BREW /", "", 400, "bad_input"},
      {"two lengths", "POST /", "Content-Length: 1\r\nContent-Length: 2\r\n", 400, "bad_input"},
      {"a length and chunks", "POST /", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400, "bad_input"},
  }));
  CAPTURE(c.why);
  const RunningServer server;
  const std::string reply = ask(server, c.request_line, c.headers);
  CAPTURE(reply);
  CHECK(reply.starts_with("HTTP/1.1 " + std::to_string(c.status) + ' '));
  CHECK(has(reply, "Content-Type: application/problem+json\r\n"));
  CHECK(has(reply, "X-Content-Type-Options: nosniff\r\n"));
  CHECK(has(reply, "Allow: GET, HEAD\r\n") == (c.status == 405));
  const auto problem = parse_json(body_of(reply));
  REQUIRE(problem);
  CHECK(problem->find("status")->text == std::to_string(c.status));
  CHECK(problem->find("code")->text == c.code);
  CHECK_FALSE(problem->find("title")->text.empty());
  CHECK_FALSE(problem->find("detail")->text.empty());
}

TEST_CASE("a body of 10 MB is refused on any route", "[http]") {
  const std::string megabytes(10 * 1024 * 1024, 'x');
  const RunningServer server;
  const char* method = GENERATE("POST", "PUT", "PATCH", "DELETE", "GET", "OPTIONS");
  const char* path = GENERATE("/", "/nothing");
  CAPTURE(method, path);
  Client client(server);
  client.send(std::string(method) + ' ' + path +
              " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(megabytes.size()) + "\r\n\r\n");
  client.send(megabytes);
  const std::string reply = client.rest();
  CHECK(reply.starts_with("HTTP/1.1 413 "));
  CHECK(has(reply, "\"code\":\"bad_input\""));
}

TEST_CASE("a body of unknown length is refused as soon as it is too large", "[http]") {
  const RunningServer server;
  Client client(server);
  client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
  for (int i = 0; i < 8 && client.send(chunk); ++i) continue;
  CHECK(client.rest().starts_with("HTTP/1.1 413 "));
}

TEST_CASE("who asks before sending a large body is told not to", "[http]") {
  const RunningServer server;
  Client client(server);
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10485760\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.until("\r\n\r\n").starts_with("HTTP/1.1 413 "));
}

TEST_CASE("a header that does not end is refused", "[http]") {
  const RunningServer server;
  Client client(server);
  client.send("GET / HTTP/1.1\r\n");
  for (int i = 0; i < 40; ++i) client.send("X-" + std::to_string(i) + ": " + std::string(1000, 'x') + "\r\n");
  const std::string reply = client.rest();
  CHECK(reply.starts_with("HTTP/1.1 431 "));
  CHECK(parse_json(body_of(reply))->find("status")->text == "431");
}

TEST_CASE("a slow sender of headers is cut off, though it never stops sending", "[http]") {
  ConnectionLimits limits;
  limits.header_ms = 200;
  const RunningServer server(limits);
  Client client(server);
  const auto start = Clock::now();
  REQUIRE(client.send("GET / HTTP/1.1\r\n"));
  while (!client.is_closed_within(10) && Clock::now() - start < std::chrono::seconds(5)) client.send("X: y\r\n");
  CHECK(Clock::now() - start < std::chrono::seconds(2));
  CHECK(client.rest().empty());
}

TEST_CASE("slow senders hold up nobody else", "[http]") {
  ConnectionLimits limits;
  limits.workers = 1;
  const RunningServer server(limits);
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 20; ++i) {
    slow.push_back(std::make_unique<Client>(server));
    slow.back()->send("GET / HTTP/1.1\r\nX-Slow: ");
  }
  CHECK(ask(server, "GET /").starts_with("HTTP/1.1 200 OK"));
  // And a slow one that gets there is served.
  slow.front()->send("yes\r\nConnection: close\r\n\r\n");
  CHECK(slow.front()->rest().starts_with("HTTP/1.1 200 OK"));
}

TEST_CASE("a body that does not come is not waited for without end", "[http]") {
  ConnectionLimits limits;
  limits.body_ms = 100;
  const RunningServer server(limits);
  Client client(server);
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
  const auto start = Clock::now();
  CHECK(client.rest().starts_with("HTTP/1.1 405 "));
  CHECK(Clock::now() - start < std::chrono::seconds(5));
}

TEST_CASE("one connection serves request after request, also those sent ahead", "[http]") {
  const RunningServer server;
  Client client(server);
  const std::string request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  client.send(request);
  CHECK(client.until("Sampan").starts_with("HTTP/1.1 200 OK"));
  client.send(request + request + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string replies = client.rest();
  size_t count = 0;
  for (size_t at = replies.find("HTTP/1.1 200 OK"); at != std::string::npos;
       at = replies.find("HTTP/1.1 200 OK", at + 1))
    ++count;
  CHECK(count == 3);
}

TEST_CASE("an idle connection is closed after its time", "[http]") {
  ConnectionLimits limits;
  limits.header_ms = 100;
  limits.idle_ms = 100;
  const RunningServer server(limits);
  Client client(server);
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(has(client.rest(), "<p>Sampan"));
}

TEST_CASE("more connections than allowed are turned away, not kept", "[http]") {
  ConnectionLimits limits;
  limits.connections = 2;
  const RunningServer server(limits);
  Client first(server);
  Client second(server);
  first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(first.until("Sampan").starts_with("HTTP/1.1 200 OK"));
  Client third(server);
  CHECK(third.rest().empty());
}

TEST_CASE("a server that is told to stop before it runs does not run", "[http]") {
  auto server = Server::bind("127.0.0.1:0", small_site());
  REQUIRE(server);
  server->stop();
  CHECK(server->run());
}

TEST_CASE("an address that cannot be listened on is named", "[http]") {
  const RunningServer other;
  struct Case {
    std::string listen;
    ErrorCode code;
  };
  for (const Case& c : {Case{"127.0.0.1", ErrorCode::bad_input}, Case{":80", ErrorCode::bad_input},
                        Case{"127.0.0.1:", ErrorCode::bad_input}, Case{"127.0.0.1:http", ErrorCode::bad_input},
                        Case{other.url().substr(7), ErrorCode::conflict}}) {
    CAPTURE(c.listen);
    const auto server = Server::bind(c.listen, small_site());
    REQUIRE_FALSE(server);
    CHECK(server.error().code == c.code);
    CHECK(server.error().context.find(c.listen) != std::string::npos);
  }
}

TEST_CASE("a call is answered by its function, with its query and its body", "[http]") {
  const RunningServer server;
  const std::string get = ask(server, "GET /v1/things?a=%20b");
  CHECK(get.starts_with("HTTP/1.1 200"));
  CHECK(has(get, "X-Own: yes"));
  CHECK(has(get, "X-Content-Type-Options: nosniff"));
  CHECK(body_of(get) == "GET /v1/things?a=%20b ");

  Client client(server);
  REQUIRE(client.send("POST /v1/things HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"));
  const std::string post = client.until("hello");
  CHECK(post.starts_with("HTTP/1.1 200"));
  // The connection lives on: the body was read.
  REQUIRE(client.send("PUT /v1/things HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nnew"));
  CHECK(body_of(client.rest()) == "PUT /v1/things? new");
  CHECK(body_of(ask(server, "POST /v1/empty", "Content-Length: 0\r\n")) == "POST /v1/empty? ");
}

TEST_CASE("a refused call keeps the words of its refusal", "[http]") {
  const RunningServer server;
  const std::string reply = ask(server, "GET /v1/no");
  CHECK(reply.starts_with("HTTP/1.1 409"));
  CHECK(body_of(reply) == "GET /v1/no? ");
}

TEST_CASE("a call that is not answered is cut off without a byte", "[http]") {
  const RunningServer server;
  CHECK(ask(server, "GET /v1/die").empty());
  CHECK(ask(server, "POST /v1/die", "Content-Length: 0\r\n").empty());
}

TEST_CASE("a call's body beyond the limit is refused", "[http]") {
  const RunningServer server;
  CHECK(ask(server, "POST /v1/things", "Content-Length: 10000000\r\n").starts_with("HTTP/1.1 413"));
}

TEST_CASE("a connection whose reply goes on is given away with its header, and still counts", "[http]") {
  ConnectionLimits limits;
  limits.workers = 1;
  limits.connections = 2;
  std::mutex mutex;
  std::vector<TakenConnection> taken;
  Site site = small_site();
  site.answer = [&](const HttpRequest& request) -> SiteReply {
    if (request.path != "/v1/stream") return echo(request);
    HttpReply reply{200, {{"Content-Type", "text/event-stream"}}, "first\n"};
    return {std::move(reply), [&](TakenConnection connection, const std::string& first_bytes) {
              const std::string bytes = first_bytes + "second\n";
              ::send(connection.socket(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
              const std::lock_guard lock(mutex);
              taken.push_back(std::move(connection));
            }};
  };
  const RunningServer server(limits, std::move(site));
  Client follower(server);
  follower.send("GET /v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const std::string begun = follower.until("second\n");
  CAPTURE(begun);
  CHECK(begun.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(has(begun, "Connection: close\r\n"));
  CHECK(has(begun, "Content-Type: text/event-stream\r\n"));
  CHECK(has(begun, "X-Content-Type-Options: nosniff\r\n"));
  CHECK_FALSE(has(begun, "Content-Length"));
  CHECK(body_of(begun) == "first\nsecond\n");
  // The one worker is free again.
  CHECK(ask(server, "GET /v1/things").starts_with("HTTP/1.1 200"));
  {
    Client second(server);
    second.send("GET /v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    second.until("second\n");
    Client third(server);
    CHECK(third.rest().empty());
  }
  {
    const std::lock_guard lock(mutex);
    taken.clear();
  }
  CHECK(follower.rest().empty());
  CHECK(ask(server, "GET /v1/things").starts_with("HTTP/1.1 200"));
}
