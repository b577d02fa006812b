// One public change to 10,000 followers of the feed, over HTTP on loopback: from the moment that it is given to the database
// until the last follower has it. The followers are a process of their own, so that both fit into the limit of open files.
//
// Budget  the last follower ≤ 250 ms, the writer's own answer ≤ 10 ms (it waits for no follower): medians of five times
// Needs   about 10,100 open files a process; with less it takes as many followers as fit, and says so
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "proxy/database/group_writer.hpp"
#include "proxy/http/feed.hpp"
#include "proxy/http/server.hpp"

namespace {

using namespace sampan;
using Clock = std::chrono::steady_clock;  // one for both processes

constexpr int rounds = 5;
constexpr double last_follower_ms = 250;
constexpr double writer_ms = 10;

size_t followers_wanted() {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  return std::min<size_t>(10'000, files.rlim_cur - 100);
}

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "feed_bench: %s\n", what);
  std::_Exit(1);
}

int connect_to(uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  must(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0, "a follower cannot connect");
  constexpr std::string_view request = "GET /v1/feed HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
  must(::send(socket, request.data(), request.size(), 0) == static_cast<ssize_t>(request.size()),
       "nothing can be sent");
  return socket;
}

// The followers' process: says on `report` when each of `count` has heard the next event.
[[noreturn]] void follow(uint16_t port, size_t count, int report) {
  const int epoll = ::epoll_create1(0);
  for (size_t i = 0; i < count; ++i) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = connect_to(port);
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, event.data.fd, &event);
  }
  std::array<epoll_event, 512> events{};
  std::array<char, 4096> buffer{};
  size_t heard = 0;
  while (true) {
    const int ready = ::epoll_wait(epoll, events.data(), events.size(), -1);
    for (int i = 0; i < ready; ++i) {
      const ssize_t size = ::recv(events[static_cast<size_t>(i)].data.fd, buffer.data(), buffer.size(), 0);
      if (size <= 0) std::_Exit(0);  // the server has ended
      if (std::string_view(buffer.data(), static_cast<size_t>(size)).find("\ndata: ") != std::string_view::npos)
        ++heard;
    }
    if (heard < count) continue;
    heard = 0;
    const char one = 1;
    if (::write(report, &one, 1) != 1) std::_Exit(1);
  }
}

}  // namespace

int main() {
  const size_t count = followers_wanted();
  std::array<int, 2> port_pipe{};
  std::array<int, 2> report_pipe{};
  if (::pipe(port_pipe.data()) != 0 || ::pipe(report_pipe.data()) != 0) return 1;
  const pid_t child = ::fork();  // before there is a thread
  if (child == 0) {
    uint16_t port = 0;
    if (::read(port_pipe[0], &port, sizeof port) != sizeof port) return 1;
    follow(port, count, report_pipe[1]);
  }

  auto sqlite = SqliteDatabase::open(":memory:");
  must(sqlite.has_value(), "there is no database");
  Feed feed(0);
  GroupWriter writer(**sqlite, 0, [&](std::vector<Change> changes) { feed.tell(std::move(changes)); });
  Site site;
  site.call_prefixes = {"/v1/"};
  site.answer = [&](const HttpRequest&) -> SiteReply {
    return {HttpReply{200, {{"Content-Type", "text/event-stream"}}, ""},
            [&](TakenConnection connection, std::string first_bytes) {
              feed.follow(std::move(connection), ShopperId{"sho_1"}, 0, std::move(first_bytes));
            }};
  };
  auto server = Server::bind("127.0.0.1:0", std::move(site));
  must(server.has_value(), "the server cannot listen");
  std::thread running([&] { must(server->run().has_value(), "the server has failed"); });
  const auto port = static_cast<uint16_t>(std::stoi(server->url().substr(server->url().rfind(':') + 1)));
  must(::write(port_pipe[1], &port, sizeof port) == sizeof port, "the followers have gone");
  for (const auto begin = Clock::now(); feed.followers() < count && milliseconds_since(begin) < 60'000;)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  must(feed.followers() == count, "not all followers came");

  std::vector<double> took;
  std::vector<double> written;
  for (int round = 0; round < rounds; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const auto begin = Clock::now();
    must(writer
             .transact([&](Transaction& tx) {
               return announce(tx, ChangeKind::order, "ord_" + std::to_string(round), ShopperId{}, Instant{0});
             })
             .has_value(),
         "the change is not written");
    written.push_back(milliseconds_since(begin));
    char one = 0;
    must(::read(report_pipe[0], &one, 1) == 1, "the followers have gone");
    took.push_back(milliseconds_since(begin));
  }
  feed.stop();
  server->stop();
  running.join();
  ::waitpid(child, nullptr, 0);
  std::sort(took.begin(), took.end());
  std::sort(written.begin(), written.end());
  const double last = took[rounds / 2];
  const double writer_waited = written[rounds / 2];
  std::printf(
      R"({"figure":"feed_last_follower_ms","value":%.1f,"unit":"ms","budget":%.0f,"followers":%zu,"worst":%.1f,"writer_ms":%.2f})"
      "\n",
      last, last_follower_ms, count, took.back(), writer_waited);
  return last <= last_follower_ms && writer_waited <= writer_ms ? 0 : 1;
}
