// A database for one test: in memory, or a file in a folder of its own.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "shared/database/sqlite.hpp"

namespace sampan {

inline std::unique_ptr<SqliteDatabase> open_database(const std::string& path = ":memory:") {
  auto opened = SqliteDatabase::open(path);
  INFO((opened ? "" : opened.error().sentence + " [" + opened.error().context + "]"));
  REQUIRE(opened.has_value());
  return *std::move(opened);
}

class Folder {
 public:
  Folder() : path_((std::filesystem::temp_directory_path() / "sampan-database-XXXXXX").string()) {
    REQUIRE(mkdtemp(path_.data()) != nullptr);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file() const { return path_ + "/shop.sqlite"; }

 private:
  std::string path_;
};

// `work` in a transaction of its own; its error fails the test.
template <class F>
auto in_transaction(Database& database, F&& work) {
  using Answer = typename decltype(work(std::declval<Transaction&>()))::value_type;
  if constexpr (std::is_void_v<Answer>) {
    const Result<void> outcome = database.transact(work);
    INFO((outcome ? "" : outcome.error().sentence + " [" + outcome.error().context + "]"));
    REQUIRE(outcome.has_value());
  } else {
    auto outcome = transact<Answer>(database, work);
    INFO((outcome ? "" : outcome.error().sentence + " [" + outcome.error().context + "]"));
    REQUIRE(outcome.has_value());
    return *std::move(outcome);
  }
}

}  // namespace sampan
