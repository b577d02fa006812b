// Whether an address may be connected to when only the public network is allowed.
//
// Source  RFC 6890 and its registry: what is not globally reachable
#pragma once

#include <sys/socket.h>

#include <string>

namespace sampan {

bool is_public(const sockaddr& address);

// "localhost", "127.0.0.1", "[::1]", "10.1.2.3": a host that names this machine or a private network by itself.
bool is_written_private(const std::string& host);

}  // namespace sampan
