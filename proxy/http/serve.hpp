// Sites that listen until SIGINT or SIGTERM.
//
// Prints one line a place on stdout as soon as all listen: {"event":"listening","url":"http://127.0.0.1:8080"}, with
// "name" where the place has one
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "proxy/http/server.hpp"

namespace sampan {

struct Place {
  std::string name;    // empty: the one and only
  std::string listen;  // "127.0.0.1:8080"; port 0 takes a free one
  Site site;
};

// To be called before any thread starts: the signals are taken by run() alone.
void block_stop_signals();

class Listening {
 public:
  // All listen, or none.
  static Result<Listening> bind(std::vector<Place> places);

  std::string url(size_t place) const;
  Result<void> run();  // until SIGINT or SIGTERM; requests that have begun are finished

 private:
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<Server>> servers_;
};

}  // namespace sampan
