#include "proxy/http/serve.hpp"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <optional>
#include <thread>
#include <utility>

#include "shared/core/json.hpp"

namespace sampan {
namespace {

struct ListeningLine {
  std::string event;
  std::optional<std::string> name;
  std::string url;
};
FIELDS(ListeningLine, event, name, url)

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

void block_stop_signals() {
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

Result<Listening> Listening::bind(std::vector<Place> places) {
  Listening listening;
  for (Place& place : places) {
    TRY(Server server, Server::bind(place.listen, std::move(place.site)));
    listening.names_.push_back(std::move(place.name));
    listening.servers_.push_back(std::make_unique<Server>(std::move(server)));
  }
  return listening;
}

std::string Listening::url(size_t place) const { return servers_[place]->url(); }

Result<void> Listening::run() {
  for (size_t i = 0; i < servers_.size(); ++i) {
    const ListeningLine line{"listening", names_[i].empty() ? std::nullopt : std::optional(names_[i]), url(i)};
    std::printf("%s\n", to_json(line).c_str());
  }
  std::fflush(stdout);

  std::vector<Result<void>> outcomes(servers_.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < servers_.size(); ++i)
    threads.emplace_back([this, i, &outcomes] {
      outcomes[i] = servers_[i]->run();
      // One that cannot go on ends all.
      if (!outcomes[i]) ::kill(::getpid(), SIGTERM);
    });
  const sigset_t signals = stop_signals();
  int signal = 0;
  sigwait(&signals, &signal);
  for (const auto& server : servers_) server->stop();
  for (std::thread& thread : threads) thread.join();
  for (const Result<void>& outcome : outcomes)
    if (!outcome) return outcome;
  return done();
}

}  // namespace sampan
