// The files that a browser loads, held in memory: each as it is and as it was compressed at build time.
//
// A request is a look-up by exact name, so no path can lead out of the folder: what was not loaded does not exist.
// Source  RFC 9110: 8.8.3 (ETag), 12.5.3 (Accept-Encoding), 13.1.2 (If-None-Match); RFC 9112: 3.2 (request target)
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/error.hpp"

namespace sampan {

enum class Encoding { identity, gzip, br };

struct Representation {
  std::string bytes;
  std::string etag;  // strong, with its quotes; another one for each encoding
};

struct StaticFile {
  std::string_view content_type;
  std::map<Encoding, Representation> representations;  // identity is always there
};

// By path: "/sampan.wasm"; "/" is index.html.
using StaticFiles = std::map<std::string, StaticFile, std::less<>>;

// Everything below `folder`, read once; hidden files and symbolic links are left out.
// bad_data when there is no such folder, it has no index.html, or a file cannot be read.
Result<StaticFiles> load_static_files(const std::string& folder);

// The file of a request target ("/", "/page.js?v=1", "http://host/page.js"), or null.
const StaticFile* find_file(const StaticFiles& files, std::string_view target);

// What the client likes best among what there is; of equals br, then gzip. Identity when it likes nothing.
Encoding best_encoding(const StaticFile& file, std::string_view accept_encoding);

// Whether If-None-Match names this very representation.
bool is_unchanged(std::string_view if_none_match, std::string_view etag);

// By the end of the name; application/octet-stream when it says nothing.
std::string_view content_type(std::string_view name);

std::string make_etag(std::string_view bytes);

}  // namespace sampan
