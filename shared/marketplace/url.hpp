// A URL in its parts, as the WHATWG parser reads it, and the port to that parser.
//
// Shape   scheme without ":", query without "?", fragment without "#"; the host in lower case, names beyond ASCII as
//         punycode; the port empty when it is the scheme's own
// Source  url.spec.whatwg.org; natively ada, in the browser the page's URL; both read tests/fixtures/urls.json alike
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sampan {

struct ParsedUrl {
  std::string scheme;
  std::string host;
  std::string port;
  std::string path;
  std::string query;
  std::string fragment;
  bool operator==(const ParsedUrl&) const = default;
};

// Nothing, when the parser refuses the text.
using ParseUrl = std::function<std::optional<ParsedUrl>(std::string_view)>;

}  // namespace sampan
