#include "proxy/http/connections.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sampan {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Closed when it goes out of scope.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

struct Address {
  std::string host;
  std::string port;
};

Result<Address> parse_address(std::string_view listen) {
  const auto colon = listen.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == listen.size())
    return fail(ErrorCode::bad_input, "The address to listen on must look like 127.0.0.1:8080.", std::string(listen));
  std::string_view host = listen.substr(0, colon);
  if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  return Address{std::string(host), std::string(listen.substr(colon + 1))};
}

Result<Descriptor> listening_socket(const std::string& listen_on) {
  TRY(const Address address, parse_address(listen_on));
  addrinfo hints{};
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int failed = ::getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found); failed != 0)
    return fail(ErrorCode::bad_input, "The address to listen on is not known.",
                listen_on + ": " + ::gai_strerror(failed));
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, ::freeaddrinfo);

  Descriptor socket(::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(socket.number(), found->ai_addr, found->ai_addrlen) != 0 || ::listen(socket.number(), 511) != 0)
    return fail(ErrorCode::conflict, "Nothing can listen there; is another program using the address?",
                listen_on + ": " + std::strerror(errno));
  return socket;
}

std::string url_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> port{};
  ::getnameinfo(reinterpret_cast<sockaddr*>(&address), size, host.data(), host.size(), port.data(), port.size(),
                NI_NUMERICHOST | NI_NUMERICSERV);
  const bool is_v6 = address.ss_family == AF_INET6;
  return "http://" + (is_v6 ? "[" + std::string(host.data()) + "]" : std::string(host.data())) + ":" + port.data();
}

// How many connections the system lets us hold, of those that we want.
size_t connections_allowed(size_t wanted) {
  constexpr rlim_t ours = 64;  // files, the epoll set, the log
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return wanted;
  files.rlim_cur = std::min(files.rlim_max, std::max<rlim_t>(files.rlim_cur, wanted + ours));
  ::setrlimit(RLIMIT_NOFILE, &files);
  return std::min<size_t>(wanted, files.rlim_cur - std::min(files.rlim_cur, ours));
}

// Closes so that the client can still read the reply: closing with unread input would reset the connection.
void close_gently(int socket) {
  ::shutdown(socket, SHUT_WR);
  const auto deadline = Clock::now() + milliseconds(1000);
  std::array<char, 16 * 1024> unread{};
  for (;;) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now()).count();
    pollfd readable{socket, POLLIN, 0};
    if (left <= 0 || ::poll(&readable, 1, static_cast<int>(left)) <= 0) break;
    if (::recv(socket, unread.data(), unread.size(), MSG_DONTWAIT) <= 0) break;
  }
  ::close(socket);
}

class Workers {
 public:
  explicit Workers(size_t count) {
    for (size_t i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
  }
  ~Workers() {
    {
      const std::lock_guard lock(mutex_);
      finishing_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  void add(std::function<void()> task) {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
  }

 private:
  void work() {
    for (;;) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return finishing_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      const std::function<void()> task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
    }
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  std::vector<std::thread> threads_;
  bool finishing_ = false;
};

class EpollConnections final : public Connections {
 public:
  EpollConnections(Descriptor listener, ConnectionLimits limits)
      : limits_(limits),
        listener_(std::move(listener)),
        epoll_(::epoll_create1(EPOLL_CLOEXEC)),
        stop_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        peeked_(limits.header_bytes, '\0') {
    limits_.connections = connections_allowed(limits.connections);
    watch(EPOLL_CTL_ADD, listener_.number(), EPOLLIN);
    watch(EPOLL_CTL_ADD, stop_.number(), EPOLLIN);
  }
  ~EpollConnections() override {
    for (const auto& [socket, deadline] : waiting_) ::close(socket);
  }

  std::string url() const override { return url_of(listener_.number()); }

  void stop() override {
    const uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(stop_.number(), &one, sizeof one);
  }

  Result<void> run(Serve serve) override {
    Workers workers(limits_.workers);
    std::array<epoll_event, 256> events{};
    for (;;) {
      const int count = ::epoll_wait(epoll_.number(), events.data(), events.size(), milliseconds_to_next_sweep());
      if (count < 0 && errno != EINTR)
        return fail(ErrorCode::storage, "The server cannot wait for requests.", std::strerror(errno));
      for (int i = 0; i < count; ++i) {
        const int socket = events[static_cast<size_t>(i)].data.fd;
        if (socket == stop_.number()) return done();
        if (socket == listener_.number())
          accept_all();
        else
          look_at(socket, serve, workers);
      }
      close_overdue();
    }
  }

 private:
  struct Deadline {
    Clock::time_point at;
    bool is_idle = true;  // no byte of a header has come yet
  };

  bool watch(int operation, int socket, uint32_t for_events) {
    epoll_event event{};
    event.events = for_events;
    event.data.fd = socket;
    return ::epoll_ctl(epoll_.number(), operation, socket, &event) == 0;
  }

  void accept_all() {
    for (;;) {
      Descriptor client(::accept4(listener_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (client.number() < 0) return;
      const std::lock_guard lock(mutex_);
      if (*open_ >= limits_.connections) continue;
      const int yes = 1;
      ::setsockopt(client.number(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      const int socket = client.release();
      waiting_[socket] = {Clock::now() + milliseconds(limits_.header_ms)};
      ++*open_;
      watch(EPOLL_CTL_ADD, socket, for_next_request);
    }
  }

  // Edge-triggered: told once for all that came, so half a header does not wake us again until more comes.
  static constexpr uint32_t for_next_request = EPOLLIN | EPOLLRDHUP | EPOLLET;

  void look_at(int socket, const Serve& serve, Workers& workers) {
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.count(socket) == 0) return;  // a worker has it; it is looked at again when it comes back
    }
    const ssize_t size = ::recv(socket, peeked_.data(), peeked_.size(), MSG_PEEK | MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (size <= 0) return drop(socket);

    const std::string_view arrived(peeked_.data(), static_cast<size_t>(size));
    const auto end = arrived.find("\r\n\r\n");
    const bool is_whole = end != std::string_view::npos;
    if (!is_whole && arrived.size() < peeked_.size()) return await_rest(socket);

    {
      const std::lock_guard lock(mutex_);
      waiting_.erase(socket);
    }
    watch(EPOLL_CTL_MOD, socket, 0);
    const WaitingRequest request{socket, is_whole ? end + 4 : 0};
    workers.add([this, request, serve] { put_back(request.socket, serve(request)); });
  }

  void await_rest(int socket) {
    const std::lock_guard lock(mutex_);
    Deadline& deadline = waiting_[socket];
    if (!deadline.is_idle) return;
    deadline = {Clock::now() + milliseconds(limits_.header_ms), false};
  }

  void put_back(int socket, const Served& served) {
    if (served.taken_by) {
      watch(EPOLL_CTL_DEL, socket, 0);  // before: its number may be another connection's as soon as its owner has it
      served.taken_by(TakenConnection(socket, open_));
    } else if (served.is_kept) {
      keep(socket);
    } else {
      let_go(socket);
    }
  }

  // EPOLL_CTL_MOD tells at once of what has come meanwhile. Under the lock: as soon as it waits, the loop may close it.
  void keep(int socket) {
    const std::lock_guard lock(mutex_);
    waiting_[socket] = {Clock::now() + milliseconds(limits_.idle_ms)};
    watch(EPOLL_CTL_MOD, socket, for_next_request);
  }

  void let_go(int socket) {
    close_gently(socket);
    --*open_;
  }

  void drop(int socket) {
    const std::lock_guard lock(mutex_);
    waiting_.erase(socket);
    ::close(socket);
    --*open_;
  }

  int milliseconds_to_next_sweep() {
    const std::lock_guard lock(mutex_);
    return waiting_.empty() && *open_ == 0 ? -1 : sweep_every_ms();
  }
  int sweep_every_ms() const { return std::clamp(limits_.header_ms / 4, 1, 1000); }

  void close_overdue() {
    const auto now = Clock::now();
    if (now < next_sweep_) return;
    next_sweep_ = now + milliseconds(sweep_every_ms());
    const std::lock_guard lock(mutex_);
    for (auto each = waiting_.begin(); each != waiting_.end();) {
      if (now < each->second.at) {
        ++each;
        continue;
      }
      ::close(each->first);
      --*open_;
      each = waiting_.erase(each);
    }
  }

  ConnectionLimits limits_;
  Descriptor listener_;
  Descriptor epoll_;
  Descriptor stop_;
  std::string peeked_;
  Clock::time_point next_sweep_{};
  std::mutex mutex_;  // of what follows: the loop and the workers change it
  std::unordered_map<int, Deadline> waiting_;
  // Waiting, with a worker or taken; shared with those that took one, who may outlive us.
  const std::shared_ptr<std::atomic<size_t>> open_ = std::make_shared<std::atomic<size_t>>(0);
};

}  // namespace

TakenConnection::~TakenConnection() {
  if (open_ == nullptr) return;
  ::close(socket_);
  --*open_;
}

Result<std::unique_ptr<Connections>> Connections::bind(const std::string& listen, ConnectionLimits limits) {
  TRY(Descriptor listener, listening_socket(listen));
  return std::make_unique<EpollConnections>(std::move(listener), limits);
}

}  // namespace sampan
