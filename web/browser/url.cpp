#include "web/browser/url.hpp"

#include <emscripten.h>

#include <algorithm>
#include <array>
#include <string>

#include "web/browser/text.hpp"

// Gives the parts to take_given_text, each but the first behind a line feed, which no part of a URL can hold.
// 0 when there is no URL.
EM_JS(int, give_parts_of_url, (const char* text, int size), {
  let url;
  try {
    url = new URL(new TextDecoder('utf-8', {ignoreBOM : true}).decode(HEAPU8.subarray(text, text + size)));
  } catch (refused) {
    return 0;
  }
  // The standard refuses such a host, whose "%" is left after decoding; Chromium makes "%20" of a space in it.
  if (url.hostname.includes('%') && /^(https?|wss?|ftp|file):$/.test(url.protocol)) return 0;
  const parts =
      [ url.protocol.slice(0, -1), url.hostname, url.port, url.pathname, url.search.slice(1), url.hash.slice(1) ];
  const bytes = new TextEncoder().encode(parts.join('\n'));
  const room = _make_room_for_text(bytes.length);
  HEAPU8.set(bytes, room);
  return 1;
});

namespace sampan {

std::optional<ParsedUrl> parse_url(std::string_view text) {
  if (give_parts_of_url(text.data(), static_cast<int>(text.size())) == 0) return std::nullopt;
  const std::string given = take_given_text();
  std::string_view rest = given;
  std::array<std::string, 6> parts;
  for (std::string& part : parts) {
    const std::string_view next = rest.substr(0, rest.find('\n'));
    part = std::string(next);
    rest.remove_prefix(std::min(next.size() + 1, rest.size()));
  }
  return ParsedUrl{parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]};
}

}  // namespace sampan
