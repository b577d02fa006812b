#include "proxy/http/static_files.hpp"

#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <fstream>

using namespace sampan;
namespace fs = std::filesystem;

namespace {

StaticFile file_with(std::initializer_list<Encoding> encodings) {
  StaticFile file;
  for (const Encoding encoding : encodings) file.representations[encoding] = {"bytes", "\"tag\""};
  return file;
}

// A folder of its own, gone at the end.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("sampan-static-files-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  void write(const std::string& name, const std::string& bytes) {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  fs::path operator/(const std::string& name) const { return path_ / name; }
  std::string text() const { return path_.string(); }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("a browser gets the encoding that it likes best", "[http]") {
  struct Case {
    const char* why;
    const char* accept_encoding;
    Encoding chosen;
  };
  const Case c = GENERATE(values<Case>({
      {"of equals br is the smallest", "gzip, deflate, br, zstd", Encoding::br},
      {"the weight goes before the size", "br;q=0.5, gzip;q=0.8", Encoding::gzip},
      {"a weight of zero refuses", "br;q=0, gzip", Encoding::gzip},
      {"a weight of 0.000 refuses too", "br;q=0.000, gzip;q=0.001", Encoding::gzip},
      {"names are of any case, spaces are free", "  GZip ; Q=1.0 ", Encoding::gzip},
      {"the star means the rest", "gzip;q=0.2, *", Encoding::br},
      {"the star refuses the rest", "gzip, *;q=0", Encoding::gzip},
      {"identity can be liked more", "br;q=0.5, identity", Encoding::identity},
      {"no wish is no compression", "", Encoding::identity},
      {"what is not known is not sent", "zstd, deflate", Encoding::identity},
      {"nothing acceptable: as it is, rather than nothing", "identity;q=0, zstd", Encoding::identity},
      {"a weight that is none refuses", "br;q=high, gzip", Encoding::gzip},
      {"a weight above one refuses", "br;q=1.5, gzip", Encoding::gzip},
      {"a name is not the beginning of another", "brotli, gzipped", Encoding::identity},
  }));
  CAPTURE(c.why, c.accept_encoding);
  CHECK(best_encoding(file_with({Encoding::identity, Encoding::gzip, Encoding::br}), c.accept_encoding) == c.chosen);
}

TEST_CASE("an encoding that was not built is not offered", "[http]") {
  CHECK(best_encoding(file_with({Encoding::identity}), "br, gzip") == Encoding::identity);
  CHECK(best_encoding(file_with({Encoding::identity, Encoding::gzip}), "br, gzip;q=0.1") == Encoding::gzip);
}

TEST_CASE("a file's type is told by the end of its name", "[http]") {
  CHECK(content_type("/index.html") == "text/html; charset=utf-8");
  CHECK(content_type("/sampan.js") == "text/javascript; charset=utf-8");
  CHECK(content_type("/sampan.wasm") == "application/wasm");
  CHECK(content_type("/page.css") == "text/css; charset=utf-8");
  CHECK(content_type("/LICENSE") == "application/octet-stream");
}

TEST_CASE("If-None-Match names the representation that the browser has", "[http]") {
  struct Case {
    const char* if_none_match;
    bool unchanged;
  };
  const Case c = GENERATE(values<Case>({
      {"\"a-1\"", true},
      {"W/\"a-1\"", true},
      {"\"x\", \"a-1\" ,\"y\"", true},
      {"*", true},
      {"\"a-2\"", false},
      {"a-1", false},
      {"", false},
  }));
  CAPTURE(c.if_none_match);
  CHECK(is_unchanged(c.if_none_match, "\"a-1\"") == c.unchanged);
}

TEST_CASE("one byte more, less or other is another etag", "[http]") {
  CHECK(make_etag("sampan") == make_etag("sampan"));
  CHECK(make_etag("sampan") != make_etag("sampam"));
  CHECK(make_etag("sampan") != make_etag("sampan "));
  CHECK(make_etag(std::string("\0", 1)) != make_etag(""));
  CHECK(make_etag("sampan").front() == '"');
  CHECK(make_etag("sampan").back() == '"');
}

TEST_CASE("the web folder is read once, with what was compressed beside each file", "[http]") {
  Folder folder;
  folder.write("index.html", "<!doctype html>");
  folder.write("page.js", "let a");
  folder.write("page.js.br", "BR");
  folder.write("page.js.gz", "GZ");
  folder.write("alone.gz", "a file of its own");
  folder.write("below/deep.css", "");
  folder.write(".hidden", "secret");
  folder.write(".git/config", "secret");
  fs::create_symlink("/etc/hostname", folder / "outside.txt");

  const auto files = load_static_files(folder.text());
  REQUIRE(files);
  CHECK(files->size() == 4);

  const StaticFile* page = find_file(*files, "/page.js");
  REQUIRE(page != nullptr);
  CHECK(page->content_type == "text/javascript; charset=utf-8");
  CHECK(page->representations.at(Encoding::identity).bytes == "let a");
  CHECK(page->representations.at(Encoding::br).bytes == "BR");
  CHECK(page->representations.at(Encoding::gzip).bytes == "GZ");
  CHECK(page->representations.at(Encoding::br).etag != page->representations.at(Encoding::gzip).etag);
  CHECK(find_file(*files, "/alone.gz") != nullptr);
  CHECK(find_file(*files, "/below/deep.css")->representations.at(Encoding::identity).bytes.empty());

  CHECK(load_static_files(folder.text() + "/")->size() == 4);

  SECTION("and stays as it was read") {
    folder.write("page.js", "let b");
    CHECK(find_file(*files, "/page.js")->representations.at(Encoding::identity).bytes == "let a");
  }
}

TEST_CASE("a target finds its file whatever its form", "[http]") {
  Folder folder;
  folder.write("index.html", "home");
  const auto files = load_static_files(folder.text());
  REQUIRE(files);
  for (const char* target : {"/", "/?q=https%3A%2F%2Fitem.jd.com%2F1.html", "/index.html", "/#top",
                             "http://127.0.0.1:80/", "http://127.0.0.1", "http://a.example/index.html?x=/../y"}) {
    CAPTURE(target);
    const StaticFile* file = find_file(*files, target);
    REQUIRE(file != nullptr);
    CHECK(file->representations.at(Encoding::identity).bytes == "home");
  }
}

TEST_CASE("no path leads out of the web folder", "[http]") {
  Folder folder;
  folder.write("index.html", "home");
  folder.write("below/page.js", "");
  folder.write(".env", "secret");
  const auto files = load_static_files(folder.text());
  REQUIRE(files);
  for (const char* target : {"/../index.html",
                             "/below/../index.html",
                             "/%2e%2e/etc/passwd",
                             "/..%2findex.html",
                             "/below%2Fpage.js",
                             "/below\\page.js",
                             "/%5c..%5c",
                             "//index.html",
                             "/./index.html",
                             "/index.html%00.js",
                             "/index.html/",
                             "/.env",
                             "/%2eenv",
                             "/below",
                             "/below/",
                             "index.html",
                             "",
                             "*",
                             "file:///etc/passwd",
                             "/INDEX.HTML",
                             "///etc/passwd"}) {
    CAPTURE(target);
    CHECK(find_file(*files, target) == nullptr);
  }
}

TEST_CASE("a web folder that cannot be served is named", "[http]") {
  const auto absent = load_static_files("/nowhere/web");
  REQUIRE_FALSE(absent);
  CHECK(absent.error().code == ErrorCode::bad_data);
  CHECK(absent.error().context.find("/nowhere/web") != std::string::npos);

  const Folder empty;
  const auto without_index = load_static_files(empty.text());
  REQUIRE_FALSE(without_index);
  CHECK(without_index.error().code == ErrorCode::bad_data);
  CHECK(without_index.error().context == empty.text());
}
