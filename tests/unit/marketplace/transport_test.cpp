// The transport against raw sockets on the loopback, which answer what no HTTP library would.
#include "proxy/marketplace/transport.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "proxy/marketplace/network_address.hpp"

namespace sampan {
namespace {

// A connection as the server sees it.
class Peer {
 public:
  explicit Peer(int socket) : socket_(socket) {}
  ~Peer() { ::close(socket_); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  // A request with its body; empty when the other side has closed.
  std::string request() {
    std::string all;
    while (!is_whole(all)) {
      char buffer[4096];
      const ssize_t size = ::recv(socket_, buffer, sizeof buffer, 0);
      if (size <= 0) return {};
      all.append(buffer, static_cast<size_t>(size));
    }
    return all;
  }
  // False once the other side does not listen any more.
  bool say(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }
  bool answer(const std::string& body) {
    return say("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }

 private:
  static bool is_whole(const std::string& bytes) {
    const size_t end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const size_t length = bytes.find("Content-Length: ");
    const size_t body = length == std::string::npos ? 0 : std::stoul(bytes.substr(length + 16));
    return bytes.size() >= end + 4 + body;
  }
  int socket_;
};

using Serve = std::function<void(Peer&)>;

// Listens on a free port; each connection is served by a thread of its own.
class RawServer {
 public:
  explicit RawServer(Serve serve) : serve_(std::move(serve)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener_, 64) == 0);
    socklen_t size = sizeof address;
    REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = std::to_string(ntohs(address.sin_port));
    acceptor_ = std::thread([this] { accept_all(); });
  }
  ~RawServer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    for (std::thread& each : servers_) each.join();
  }
  std::string url(const std::string& host = "127.0.0.1") const { return "http://" + host + ":" + port_; }
  int connections() const { return connections_; }

 private:
  void accept_all() {
    for (int socket = 0; (socket = ::accept(listener_, nullptr, nullptr)) >= 0;) {
      ++connections_;
      servers_.emplace_back([this, socket] {
        Peer peer(socket);
        serve_(peer);
      });
    }
  }
  Serve serve_;
  int listener_;
  std::string port_;
  std::atomic<int> connections_ = 0;
  std::vector<std::thread> servers_;
  std::thread acceptor_;
};

TransportLimits short_limits() {
  TransportLimits limits;
  limits.deadline = milliseconds(5000);
  limits.connect_timeout = milliseconds(1000);
  limits.most_reply_bytes = 100'000;
  return limits;
}

HttpSend to(const std::string& url, const TransportLimits& limits = short_limits()) {
  const auto made = transport(url, limits);
  if (!made) FAIL(made.error().context);
  return *made;
}

HttpRequest post(std::string body) {
  HttpRequest request;
  request.method = "POST";
  request.path = "/openapi/api";
  request.fields = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = std::move(body);
  return request;
}

HttpRequest get(std::string path) {
  HttpRequest request;
  request.method = "GET";
  request.path = std::move(path);
  return request;
}

void check_failed(const Result<HttpReply>& reply, ErrorCode code) {
  REQUIRE_FALSE(reply);
  CAPTURE(reply.error().context);
  CHECK(word(reply.error().code) == word(code));
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a request arrives as it was given, and its reply as it was sent", "[marketplace][threads]") {
  std::string seen;
  HttpReply reply;
  {
    const RawServer server([&](Peer& peer) {
      seen = peer.request();
      peer.say(
          "HTTP/1.1 100 Continue\r\nX-Interim: yes\r\n\r\n"
          "HTTP/1.1 429 Too Many\r\nRetry-After:  10 \r\nContent-Length: 3\r\n\r\nbad");
    });
    HttpRequest request = post("a=1&b=%E4%BD%A0");
    request.path = "/openapi/../a%2Fb";
    request.query = "q=1";
    const auto answered = to(server.url() + "/")(request);
    REQUIRE(answered);
    reply = *answered;
  }
  CAPTURE(seen);
  CHECK(seen.rfind("POST /openapi/../a%2Fb?q=1 HTTP/1.1\r\n", 0) == 0);
  CHECK(has(seen, "\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
  CHECK(has(seen, "\r\n\r\na=1&b=%E4%BD%A0"));
  CHECK_FALSE(has(seen, "Expect"));
  CHECK(reply.status == 429);
  CHECK(reply.body == "bad");
  CHECK(reply.fields == std::vector<HttpField>{{"Retry-After", "10"}, {"Content-Length", "3"}});
}

TEST_CASE("a connection is kept for the next request", "[marketplace][threads]") {
  const RawServer server([](Peer& peer) {
    while (!peer.request().empty()) peer.answer("ok");
  });
  const HttpSend send = to(server.url());
  for (int i = 0; i < 5; ++i) CHECK(send(i % 2 == 0 ? post("x=1") : get("/"))->body == "ok");
  CHECK(server.connections() == 1);
}

TEST_CASE("many threads share one transport, and each gets its own reply", "[marketplace][threads]") {
  const RawServer server([](Peer& peer) {
    for (std::string request; !(request = peer.request()).empty();)
      peer.answer(request.substr(request.find("\r\n\r\n") + 4));
  });
  const HttpSend send = to(server.url());
  std::atomic<int> right = 0;
  {
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread)
      threads.emplace_back([&, thread] {
        for (int i = 0; i < 20; ++i) {
          const std::string body = "n=" + std::to_string(thread * 100 + i);
          const auto reply = send(post(body));
          if (reply && reply->body == body) ++right;
        }
      });
    for (std::thread& each : threads) each.join();
  }
  CHECK(right == 160);
  CHECK(server.connections() <= 8);
}

TEST_CASE("what never went out may be repeated", "[marketplace][threads]") {
  std::string closed_port;
  {
    closed_port = RawServer([](Peer&) {}).url();
  }
  check_failed(to(closed_port)(post("x=1")), ErrorCode::retry_later);
  check_failed(to("http://nobody.invalid")(post("x=1")), ErrorCode::retry_later);
}

TEST_CASE("what may have arrived is not known to have failed", "[marketplace][threads]") {
  struct Case {
    const char* why;
    const char* reply;
  };
  const Case c = GENERATE(values<Case>({
      {"closes without a word", ""},
      {"closes within the header", "HTTP/1.1 200 OK\r\nContent-Le"},
      {"closes within the body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"},
      {"closes within a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nhalf"},
      {"garbage", "\x01\x02\x03 not HTTP at all\r\n\r\n"},
      {"a status that is none", "HTTP/1.1 abc\r\n\r\n"},
  }));
  CAPTURE(c.why);
  std::atomic<int> requests = 0;
  const RawServer server([&](Peer& peer) {
    if (peer.request().empty()) return;
    ++requests;
    peer.say(c.reply);
  });
  check_failed(to(server.url())(post("x=1")), ErrorCode::outcome_unknown);
  CHECK(requests == 1);
}

TEST_CASE("the deadline is for the whole exchange, however lively the server drips", "[marketplace][threads]") {
  const bool drips = GENERATE(false, true);
  CAPTURE(drips);
  const RawServer server([&](Peer& peer) {
    peer.request();
    if (!drips) {
      peer.request();  // until the other side gives up
      return;
    }
    peer.say("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (peer.say("x")) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  });
  TransportLimits limits = short_limits();
  limits.deadline = milliseconds(300);
  const auto begun = std::chrono::steady_clock::now();
  check_failed(to(server.url(), limits)(post("x=1")), ErrorCode::outcome_unknown);
  const auto taken = std::chrono::steady_clock::now() - begun;
  CHECK(taken >= std::chrono::milliseconds(290));
  CHECK(taken < std::chrono::milliseconds(4000));
}

TEST_CASE("a reply that does not end is cut off", "[marketplace][threads]") {
  const bool in_header = GENERATE(false, true);
  CAPTURE(in_header);
  std::atomic<int64_t> said = 0;
  const RawServer server([&](Peer& peer) {
    peer.request();
    peer.say("HTTP/1.1 200 OK\r\n");
    if (!in_header) peer.say("\r\n");
    const std::string line = "X-Filler: " + std::string(1000, 'x') + "\r\n";
    while (said < 100'000'000 && peer.say(line)) said += static_cast<int64_t>(line.size());
  });
  check_failed(to(server.url())(post("x=1")), ErrorCode::outcome_unknown);
  CHECK(said < 100'000'000);
}

TEST_CASE("a redirect is a reply like any other", "[marketplace][threads]") {
  std::atomic<int> requests = 0;
  const RawServer server([&](Peer& peer) {
    while (!peer.request().empty()) {
      ++requests;
      peer.say("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
    }
  });
  const auto reply = to(server.url())(post("x=1"));
  REQUIRE(reply);
  CHECK(reply->status == 302);
  CHECK(field_of(reply->fields, "location") == "/elsewhere");
  CHECK(requests == 1);
}

// Without care libcurl sends it again on a new connection: an order would be made twice.
TEST_CASE("a request that a kept connection has swallowed is not sent again", "[marketplace][threads]") {
  std::atomic<int> requests = 0;
  const RawServer server([&](Peer& peer) {
    while (!peer.request().empty()) {
      if (++requests == 2) return;  // read, acted upon, and then the connection breaks
      peer.answer("ok");
    }
  });
  const HttpSend send = to(server.url());
  REQUIRE(send(post("order=1")));
  check_failed(send(post("order=2")), ErrorCode::outcome_unknown);
  CHECK(requests == 2);
  CHECK(send(post("order=3"))->body == "ok");
  CHECK(requests == 3);
}

TEST_CASE("a name that leads to this machine is not followed, unless it is written so", "[marketplace][threads]") {
  std::atomic<int> requests = 0;
  const RawServer server([&](Peer& peer) {
    while (!peer.request().empty()) {
      ++requests;
      peer.answer("ok");
    }
  });
  // Every name below .localhost resolves to the loopback (RFC 6761).
  check_failed(to(server.url("shop.localhost"))(post("x=1")), ErrorCode::retry_later);
  CHECK(requests == 0);
  TransportLimits all = short_limits();
  all.public_only = false;
  CHECK(to(server.url("shop.localhost"), all)(post("x=1")));
  CHECK(to(server.url("127.0.0.1"))(post("x=1")));
  CHECK(to(server.url("localhost"))(post("x=1")));
  CHECK(requests == 3);
}

TEST_CASE("only http and https addresses without user, query or fragment are base addresses",
          "[marketplace][threads]") {
  const char* const url = GENERATE("", "gw.open.1688.com", "ftp://gw.open.1688.com", "file:///etc/passwd", "http://",
                                   "https://user@gw.open.1688.com", "https://gw.open.1688.com/?a=1",
                                   "https://gw.open.1688.com/#a", "https://gw.open.1688.com\r\nX: y");
  CAPTURE(url);
  const auto made = transport(url, {});
  REQUIRE_FALSE(made);
  CHECK(word(made.error().code) == word(ErrorCode::bad_input));
  CHECK(transport("https://gw.open.1688.com", {}));
}

TEST_CASE("what would break the request's lines is not sent", "[marketplace][threads]") {
  const HttpSend send = to("http://127.0.0.1:9");
  HttpRequest bad_path = get("/");
  bad_path.path = "elsewhere.example/";
  HttpRequest bad_query = get("/");
  bad_query.query = "a=1\r\nX: y";
  HttpRequest bad_field = get("/");
  bad_field.fields = {{"X", "y\r\nZ: w"}};
  HttpRequest no_method = get("/");
  no_method.method = "";
  for (const HttpRequest& request : {bad_path, bad_query, bad_field, no_method})
    check_failed(send(request), ErrorCode::bad_request);
}

TEST_CASE("an address is public, or of this machine or a private network", "[marketplace]") {
  struct Case {
    const char* address;
    bool is_public;
  };
  const Case c = GENERATE(values<Case>({
      {"8.8.8.8", true},
      {"172.15.255.255", true},
      {"172.32.0.1", true},
      {"100.63.0.1", true},
      {"0.0.0.0", false},
      {"10.1.2.3", false},
      {"127.0.0.1", false},
      {"127.255.0.1", false},
      {"169.254.169.254", false},
      {"172.16.0.1", false},
      {"172.31.9.9", false},
      {"192.168.1.1", false},
      {"100.64.0.1", false},
      {"198.19.0.1", false},
      {"224.0.0.1", false},
      {"255.255.255.255", false},
      {"2606:4700::1", true},
      {"::1", false},
      {"::", false},
      {"fe80::1", false},
      {"fd00::1", false},
      {"ff02::1", false},
      {"::ffff:10.0.0.1", false},
      {"::ffff:8.8.8.8", true},
      {"64:ff9b::7f00:1", false},
      {"2002:7f00:1::", false},
      {"2001:db8::1", false},
  }));
  CAPTURE(c.address);
  CHECK(is_written_private(c.address) != c.is_public);
  CHECK(is_written_private("[" + std::string(c.address) + "]") == (has(c.address, ":") && !c.is_public));
}

TEST_CASE("a name is not an address, but localhost is", "[marketplace]") {
  CHECK(is_written_private("localhost"));
  CHECK_FALSE(is_written_private("gw.open.1688.com"));
  CHECK_FALSE(is_written_private("localhost.example"));
}

}  // namespace sampan
