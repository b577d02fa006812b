#include "proxy/http/serve.hpp"

#include <pthread.h>
#include <signal.h>

#include <cstdio>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "proxy/http/server.hpp"
#include "proxy/http/static_files.hpp"
#include "shared/core/json.hpp"

namespace sampan {
namespace {

struct Listening {
  std::string event;
  std::string url;
};
FIELDS(Listening, event, url)

// Stops the server at SIGINT and SIGTERM. No handler runs: a thread waits for the signals, which all threads block.
class StopAtSignal {
 public:
  explicit StopAtSignal(Server& server) {
    thread_ = std::thread([&server] {
      const sigset_t signals = stop_signals();
      int signal = 0;
      sigwait(&signals, &signal);
      server.stop();
    });
  }
  ~StopAtSignal() {
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
  }

  // To be called before any thread starts: threads inherit it.
  static void block() {
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  }

 private:
  static sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
  }
  std::thread thread_;
};

Result<void> make_folder(const std::string& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) return fail(ErrorCode::storage, "The data folder cannot be made.", folder + ": " + failed.message());
  return done();
}

Result<void> serve_until_stopped(const ServeOptions& options) {
  TRY_DO(make_folder(options.data));
  TRY(StaticFiles files, load_static_files(options.web));
  TRY(Server server, Server::bind(options.listen, {std::move(files), {}, {}}));
  StopAtSignal::block();
  const StopAtSignal stop(server);

  std::printf("%s\n", to_json(Listening{"listening", server.url()}).c_str());
  std::fflush(stdout);
  return server.run();
}

}  // namespace

int serve(const ServeOptions& options) {
  const Result<void> outcome = serve_until_stopped(options);
  if (outcome) return 0;
  const Error& error = outcome.error();
  std::fprintf(stderr, "sampan: %s (%s)\n", error.sentence.c_str(), error.context.c_str());
  return error.code == ErrorCode::bad_input ? 2 : 1;
}

}  // namespace sampan
