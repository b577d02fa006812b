// HTTP out of the proxy, by libcurl: one base address, a deadline for the whole exchange, one bounded reply.
//
// Shape   thread-safe; a thread borrows a connection that is kept for the next one · a redirect is a reply like any other
// Range   http and https only; with `public_only` no address of this machine or of a private network is connected to, whatever
//         the name resolves to, unless the base address itself is written as one; proxies of the environment are not used
// Errors  retry_later: not a byte of the request went out · outcome_unknown: it may have arrived · bad_request: no request
// Trap    libcurl repeats a request by itself when a kept connection turns out to be dead, though the other side may have read
//         it; here a body is handed out once only, so that such a request ends as outcome_unknown
#pragma once

#include <cstddef>
#include <string>

#include "shared/core/http.hpp"
#include "shared/core/instant.hpp"

namespace sampan {

struct TransportLimits {
  Duration deadline = seconds(15);
  Duration connect_timeout = seconds(4);
  size_t most_reply_bytes = 8U << 20;  // header and body
  bool public_only = true;
};

// `base_url` is "https://gw.open.1688.com"; a request's path is put behind it. bad_input for what is no such address.
Result<HttpSend> transport(std::string base_url, const TransportLimits& limits);

}  // namespace sampan
