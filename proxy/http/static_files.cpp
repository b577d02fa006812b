#include "proxy/http/static_files.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace sampan {
namespace {

namespace fs = std::filesystem;

struct ContentType {
  std::string_view ending;
  std::string_view type;
};
constexpr std::array content_types{
    ContentType{".html", "text/html; charset=utf-8"},
    ContentType{".js", "text/javascript; charset=utf-8"},
    ContentType{".mjs", "text/javascript; charset=utf-8"},
    ContentType{".css", "text/css; charset=utf-8"},
    ContentType{".wasm", "application/wasm"},
    ContentType{".json", "application/json"},
    ContentType{".webmanifest", "application/manifest+json"},
    ContentType{".txt", "text/plain; charset=utf-8"},
    ContentType{".svg", "image/svg+xml"},
    ContentType{".png", "image/png"},
    ContentType{".webp", "image/webp"},
    ContentType{".jpg", "image/jpeg"},
    ContentType{".ico", "image/x-icon"},
};

struct CompressedName {
  std::string_view ending;
  Encoding encoding;
};
constexpr std::array compressed_names{CompressedName{".br", Encoding::br}, CompressedName{".gz", Encoding::gzip}};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Calls `visit` with each element of a comma-separated header.
template <class Visit>
void for_each_element(std::string_view list, Visit&& visit) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    visit(trimmed(list.substr(0, comma)));
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
  }
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

// "0.8" is 800; what is no weight counts as refused.
int thousandths(std::string_view weight) {
  if (weight.empty() || (weight[0] != '0' && weight[0] != '1') || weight.size() > 5) return 0;
  if (weight.size() > 1 && weight[1] != '.') return 0;
  int value = weight[0] - '0';
  for (size_t i = 2; i < 5; ++i) {
    const char digit = i < weight.size() ? weight[i] : '0';
    if (digit < '0' || digit > '9') return 0;
    value = value * 10 + (digit - '0');
  }
  return value > 1000 ? 0 : value;
}

struct Preference {
  std::string_view coding;
  int weight_thousandths = 1000;
};

Preference parse_preference(std::string_view element) {
  const auto semicolon = element.find(';');
  Preference preference{trimmed(element.substr(0, semicolon))};
  if (semicolon == std::string_view::npos) return preference;
  const std::string_view parameter = trimmed(element.substr(semicolon + 1));
  const bool is_weight = parameter.size() > 2 && equals_ignoring_case(parameter.substr(0, 2), "q=");
  preference.weight_thousandths = is_weight ? thousandths(parameter.substr(2)) : 0;
  return preference;
}

std::string_view coding_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::br: return "br";
    case Encoding::gzip: return "gzip";
    case Encoding::identity: return "identity";
  }
  return {};
}

// RFC 9110, 12.5.3: the coding's own weight, else that of "*"; identity is acceptable unless it is refused.
int weight_of(Encoding encoding, std::string_view accept_encoding) {
  std::optional<int> named;
  std::optional<int> any;
  for_each_element(accept_encoding, [&](std::string_view element) {
    const Preference preference = parse_preference(element);
    if (equals_ignoring_case(preference.coding, coding_of(encoding))) named = preference.weight_thousandths;
    if (preference.coding == "*") any = preference.weight_thousandths;
  });
  if (named) return *named;
  if (any) return *any;
  return encoding == Encoding::identity ? 1 : 0;
}

// RFC 9112, 3.2.2: a server must accept the absolute form too. The query says nothing about which file it is.
std::string_view path_of(std::string_view target) {
  if (const auto scheme = target.find("://"); scheme != std::string_view::npos && target[0] != '/') {
    const auto slash = target.find('/', scheme + 3);
    target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
  }
  return target.substr(0, target.find_first_of("?#"));
}

Result<std::string> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  // An empty file sets failbit while it is copied; only a file that cannot be opened or read is an error.
  if (!in.is_open() || in.bad())
    return fail(ErrorCode::bad_data, "A file of the web folder cannot be read.", path.string());
  return std::move(bytes).str();
}

void add_file(StaticFiles& files, std::string name, std::string bytes) {
  StaticFile& file = files[std::move(name)];
  std::string etag = make_etag(bytes);
  file.representations[Encoding::identity] = {std::move(bytes), std::move(etag)};
}

// "/page.js.br" becomes a representation of "/page.js", if that is there.
void join_compressed(StaticFiles& files) {
  for (auto each = files.begin(); each != files.end();) {
    bool joined = false;
    for (const CompressedName& compressed : compressed_names) {
      if (!each->first.ends_with(compressed.ending)) continue;
      const auto original = files.find(each->first.substr(0, each->first.size() - compressed.ending.size()));
      if (original == files.end()) continue;
      original->second.representations[compressed.encoding] =
          std::move(each->second.representations[Encoding::identity]);
      joined = true;
    }
    each = joined ? files.erase(each) : std::next(each);
  }
}

}  // namespace

std::string_view content_type(std::string_view name) {
  for (const ContentType& row : content_types)
    if (name.ends_with(row.ending)) return row.type;
  return "application/octet-stream";
}

// FNV-1a of 64 bits beside the length: equal only by accident, and nobody gains by making it happen.
std::string make_etag(std::string_view bytes) {
  uint64_t hash = 14695981039346656037U;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
  std::ostringstream etag;
  etag << '"' << std::hex << bytes.size() << '-' << hash << '"';
  return std::move(etag).str();
}

Encoding best_encoding(const StaticFile& file, std::string_view accept_encoding) {
  Encoding best = Encoding::identity;
  int best_weight = weight_of(best, accept_encoding);
  for (const Encoding encoding : {Encoding::gzip, Encoding::br}) {
    if (file.representations.count(encoding) == 0) continue;
    const int weight = weight_of(encoding, accept_encoding);
    if (weight == 0 || weight < best_weight) continue;
    best = encoding;
    best_weight = weight;
  }
  return best;
}

bool is_unchanged(std::string_view if_none_match, std::string_view etag) {
  bool unchanged = false;
  for_each_element(if_none_match, [&](std::string_view element) {
    if (element.starts_with("W/")) element.remove_prefix(2);  // 13.1.2 compares weakly
    if (element == "*" || element == etag) unchanged = true;
  });
  return unchanged;
}

const StaticFile* find_file(const StaticFiles& files, std::string_view target) {
  const std::string_view path = path_of(target);
  const auto found = files.find(path == "/" ? std::string_view("/index.html") : path);
  return found == files.end() ? nullptr : &found->second;
}

Result<StaticFiles> load_static_files(const std::string& folder) {
  std::error_code failed;
  StaticFiles files;
  fs::recursive_directory_iterator entry(folder, failed);
  for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
    if (entry->path().filename().native().starts_with('.')) {
      entry.disable_recursion_pending();
      continue;
    }
    if (entry->symlink_status(failed).type() != fs::file_type::regular) continue;
    TRY(std::string bytes, read_file(entry->path()));
    add_file(files, "/" + entry->path().lexically_relative(folder).generic_string(), std::move(bytes));
  }
  if (failed) return fail(ErrorCode::bad_data, "The web folder cannot be read.", folder + ": " + failed.message());
  join_compressed(files);
  for (auto& [name, file] : files) file.content_type = content_type(name);
  if (files.find("/index.html") == files.end())
    return fail(ErrorCode::bad_data, "The web folder has no index.html; build the storefront first.", folder);
  return files;
}

}  // namespace sampan
