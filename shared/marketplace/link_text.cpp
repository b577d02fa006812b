#include "shared/marketplace/link_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "shared/marketplace/link_sites.hpp"

namespace sampan {
namespace {

struct CodePoint {
  uint32_t value = 0;
  size_t bytes = 1;
};

// Broken UTF-8 yields its bytes one by one as U+FFFD, which is no link's business.
CodePoint code_point_at(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + bytes > text.size()) return {0xFFFD, 1};
  uint32_t value = lead & (0xFFU >> (bytes + 1));
  for (size_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return {0xFFFD, 1};
    value = value << 6 | (byte(at + i) & 0x3FU);
  }
  return {value, bytes};
}

struct Range {
  uint32_t first;
  uint32_t last;
};

// White space, quotes, brackets, CJK punctuation, and the signs that enclose a share code.
// Full-width "．" and "／" are not among them: in a host, WHATWG reads or refuses them.
constexpr std::array link_ends{
    Range{0x00, 0x20},     Range{'"', '"'},       Range{'\'', '\''},     Range{'<', '<'},       Range{'>', '>'},
    Range{'[', '['},       Range{']', ']'},       Range{'`', '`'},       Range{'{', '{'},       Range{'}', '}'},
    Range{0x7F, 0xA0},     Range{0xA5, 0xA5},     Range{0xAB, 0xAB},     Range{0xBB, 0xBB},     Range{0x1680, 0x1680},
    Range{0x2000, 0x200B}, Range{0x2018, 0x201F}, Range{0x2026, 0x2029}, Range{0x202F, 0x202F}, Range{0x205F, 0x205F},
    Range{0x20A4, 0x20A4}, Range{0x20AC, 0x20AC}, Range{0x3000, 0x303F}, Range{0xFEFF, 0xFEFF}, Range{0xFF01, 0xFF02},
    Range{0xFF07, 0xFF09}, Range{0xFF0C, 0xFF0C}, Range{0xFF1A, 0xFF1B}, Range{0xFF1F, 0xFF1F}, Range{0xFF3B, 0xFF3B},
    Range{0xFF3D, 0xFF3D}, Range{0xFF5B, 0xFF5B}, Range{0xFF5D, 0xFF65}, Range{0xFFE5, 0xFFE5},
};

bool ends_link(uint32_t code_point) {
  return std::any_of(link_ends.begin(), link_ends.end(),
                     [&](const Range& range) { return code_point >= range.first && code_point <= range.last; });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_slash(char c) { return c == '/' || c == '\\'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool begins_with_scheme(std::string_view text) {
  constexpr std::string_view scheme = "http";
  for (size_t i = 0; i < scheme.size(); ++i)
    if (i >= text.size() || lower(text[i]) != scheme[i]) return false;
  text.remove_prefix(scheme.size());
  if (!text.empty() && lower(text[0]) == 's') text.remove_prefix(1);
  return text.size() >= 3 && text[0] == ':' && is_slash(text[1]) && is_slash(text[2]);
}

// Only a host: "item.taobao.com@evil.example" is left to the URL parser, which sees who is the host there.
bool begins_with_listed_host(std::string_view text) {
  constexpr size_t longest_host = 253;
  std::string host;
  for (const char c : text) {
    if (!is_digit(c) && !is_lower(lower(c)) && c != '.' && c != '-') break;
    if (host.size() == longest_host) return false;
    host += lower(c);
  }
  return host.find('.') != std::string::npos && find_site(host) != nullptr;
}

// A link may begin behind these without a space; behind "=" or "/" it is a part of another.
bool parts_links(char c) { return !is_ascii(c) || c == ',' || c == ';' || c == '|'; }

size_t link_size(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const CodePoint here = code_point_at(text, at);
    if (ends_link(here.value)) break;
    if (at > 0 && parts_links(text[at - 1]) && begins_with_scheme(text.substr(at))) break;
    at += here.bytes;
  }
  return at;
}

std::string_view without_closing_punctuation(std::string_view link) {
  constexpr std::string_view closing = ".,;:!?)";
  while (!link.empty() && closing.find(link.back()) != std::string_view::npos) link.remove_suffix(1);
  return link;
}

bool is_code_sign(uint32_t c) {
  constexpr std::array<uint32_t, 8> signs{0xFFE5, 0xA5, 0x20A4, '$', 0x20AC, '(', ')', '/'};
  return std::find(signs.begin(), signs.end(), c) != signs.end();
}

// Between brackets or slashes stand ordinary words too; a code mixes digits, capitals and small letters.
bool looks_random(std::string_view code) {
  const bool has_digit = std::any_of(code.begin(), code.end(), is_digit);
  const bool has_small = std::any_of(code.begin(), code.end(), is_lower);
  const bool has_inner_capital = std::any_of(code.begin() + 1, code.end(), is_upper);
  return has_digit || (has_small && has_inner_capital);
}

bool is_share_code(std::string_view code, uint32_t sign_before, uint32_t sign_behind) {
  if (code.size() < 8 || code.size() > 12) return false;
  if (std::all_of(code.begin(), code.end(), is_digit)) return false;
  const auto is_money = [](uint32_t sign) { return sign == '$' || sign >= 0x80; };
  return (is_money(sign_before) && is_money(sign_behind)) || looks_random(code);
}

}  // namespace

std::optional<std::string> as_link(std::string_view text) {
  if (begins_with_scheme(text)) return std::string(text);
  const std::string_view bare = text.starts_with("//") ? text.substr(2) : text;
  if (begins_with_listed_host(bare)) return "https://" + std::string(bare);
  return std::nullopt;
}

LinkText take_apart(std::string_view text) {
  LinkText found;
  bool at_start = true;  // of a word; a scheme may stand anywhere
  for (size_t at = 0; at < text.size();) {
    const std::string_view ahead = text.substr(at);
    if (begins_with_scheme(ahead) || (at_start && as_link(ahead.substr(0, 256)))) {
      const size_t size = link_size(ahead);
      found.links.push_back(*as_link(without_closing_punctuation(ahead.substr(0, size))));
      found.words += ' ';
      at += size;
      at_start = true;
      continue;
    }
    const CodePoint here = code_point_at(text, at);
    found.words.append(ahead.substr(0, here.bytes));
    at_start = ends_link(here.value) || here.value >= 0x80 || here.value == '(' || parts_links(text[at]);
    at += here.bytes;
  }
  return found;
}

std::string_view before_foreign_words(std::string_view link) {
  const auto foreign = std::find_if(link.begin(), link.end(), [](char c) { return !is_ascii(c); });
  return without_closing_punctuation(link.substr(0, static_cast<size_t>(foreign - link.begin())));
}

bool has_share_code(std::string_view words) {
  uint32_t sign_before = 0;  // the sign that the current run of letters and digits follows, if it follows one
  size_t begin = 0;
  for (size_t at = 0; at < words.size();) {
    const CodePoint here = code_point_at(words, at);
    const bool in_run = here.value < 0x80 && (is_digit(words[at]) || is_lower(lower(words[at])));
    if (!in_run) {
      const bool is_sign = is_code_sign(here.value);
      if (sign_before != 0 && is_sign && is_share_code(words.substr(begin, at - begin), sign_before, here.value))
        return true;
      sign_before = is_sign ? here.value : 0;
      begin = at + here.bytes;
    }
    at += here.bytes;
  }
  return false;
}

bool is_product_id(std::string_view text) {
  return text.size() >= 5 && text.size() <= 19 && text[0] != '0' && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_only_numbers(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  bool has_number = false;
  while (true) {
    const size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return has_number;
    text.remove_prefix(begin);
    const std::string_view token = text.substr(0, text.find_first_of(blanks));
    if (!is_product_id(token)) return false;
    has_number = true;
    text.remove_prefix(token.size());
  }
}

}  // namespace sampan
