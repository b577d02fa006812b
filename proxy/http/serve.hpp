// `sampan serve`: the page's files over HTTP, until SIGINT or SIGTERM.
//
// Prints one line on stdout as soon as it listens: {"event":"listening","url":"http://127.0.0.1:8080"}
// Exits   0 when it was told to stop, 1 when it cannot start or go on (why is on stderr), 2 for an unreadable address
#pragma once

#include <string>

namespace sampan {

struct ServeOptions {
  std::string listen = "127.0.0.1:8080";  // port 0 takes a free one
  std::string data = "./data";            // the folder of what the shop keeps; made when it is missing
  std::string web = "build/web/proxy";    // the folder of the page
};

int serve(const ServeOptions& options);

}  // namespace sampan
