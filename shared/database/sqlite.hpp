// SQLite behind the database port: one writing connection, WAL, synchronous=FULL.
//
// Promises  those of database.hpp; after a failed sync the process must not go on (is_broken())
// Source    sqlite.org/pragma.html, sqlite.org/wal.html; SQLite ≥ 3.51.3 (older ones can corrupt a WAL)
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "shared/database/database.hpp"

namespace sampan {

class SqliteDatabase final : public Database {
 public:
  // A path, or ":memory:". The schema is brought up to date.
  static Result<std::unique_ptr<SqliteDatabase>> open(const std::string& path);
  // A second connection to a file that is open already: it sees what was committed, waits for no writer, and cannot write.
  static Result<std::unique_ptr<SqliteDatabase>> open_reading(const std::string& path);
  ~SqliteDatabase() override;
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  Result<void> transact(const Work& work) override;

  // Each work is a savepoint in one physical commit. A work that fails is undone alone; when the commit itself fails,
  // every answer is that failure.
  std::vector<Result<void>> transact_all(const std::vector<Work>& works);

  // A sync or write failed: what the disk holds is not known any more.
  bool is_broken() const;

 private:
  struct Connection;
  explicit SqliteDatabase(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};

}  // namespace sampan
