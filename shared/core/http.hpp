// An HTTP request and its reply as plain values: what an adapter asks, what a gateway or a route answers. No sockets here.
//
// Shape   a path begins with "/" and is as it was sent; a query is what stands behind "?", undecoded; field names compare
//         without case
// Source  RFC 9110; application/x-www-form-urlencoded by url.spec.whatwg.org, "application/x-www-form-urlencoded parsing"
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/error.hpp"

namespace sampan {

struct HttpField {
  std::string name;
  std::string value;
  bool operator==(const HttpField&) const = default;
};

struct HttpRequest {
  std::string method;  // "GET"
  std::string path;
  std::string query;
  std::vector<HttpField> fields;
  std::string body;
};

struct HttpReply {
  int32_t status = 200;
  std::vector<HttpField> fields;
  std::string body;
};

// Answers whatever comes; it never throws.
using HttpHandler = std::function<HttpReply(const HttpRequest&)>;

// Sends to a base address that the sender knows. retry_later: it never went out. outcome_unknown: it may have arrived;
// what that means is for the caller to say, who knows whether the call changes something.
using HttpSend = std::function<Result<HttpReply>(const HttpRequest&)>;

// The first field of that name; empty when there is none.
std::string_view field_of(const std::vector<HttpField>& fields, std::string_view name);

// One name or value of a form: "+" is a space, a "%" that encodes nothing stays.
std::string form_decoded(std::string_view text);

// Decoded pairs in the order of the text ("+" is a space); broken escapes stay as they are.
std::vector<HttpField> parse_form(std::string_view text);

// "a=1&b=%E4%BD%A0": every byte but letters, digits and *-._ is escaped, a space is "+".
std::string form_text(const std::vector<HttpField>& fields);

}  // namespace sampan
