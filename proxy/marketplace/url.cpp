#include "proxy/marketplace/url.hpp"

#include <ada.h>

#include <string>

namespace sampan {
namespace {

// ada keeps the separators ("https:", "?a=1", "#top"); ParsedUrl does not.
std::string without_first(std::string_view text) { return std::string(text.empty() ? text : text.substr(1)); }

}  // namespace

std::optional<ParsedUrl> parse_url(std::string_view text) {
  const auto url = ada::parse<ada::url_aggregator>(text);
  if (!url) return std::nullopt;
  ParsedUrl parsed;
  parsed.scheme = std::string(url->get_protocol());
  parsed.scheme.pop_back();
  parsed.host = std::string(url->get_hostname());
  parsed.port = std::string(url->get_port());
  parsed.path = std::string(url->get_pathname());
  parsed.query = without_first(url->get_search());
  parsed.fragment = without_first(url->get_hash());
  return parsed;
}

}  // namespace sampan
