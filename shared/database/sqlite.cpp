#include "shared/database/sqlite.hpp"

#include <sqlite3.h>

#include <map>

#include "shared/database/schema.hpp"

namespace sampan {
namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

// A statement is ready for its next use whatever way its last one ended.
class Reset {
 public:
  explicit Reset(sqlite3_stmt* statement) : statement_(statement) {}
  ~Reset() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  Reset(const Reset&) = delete;
  Reset& operator=(const Reset&) = delete;

 private:
  sqlite3_stmt* statement_;
};

bool breaks_the_file(int code) {
  const int primary = code & 0xff;
  return primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_FULL || primary == SQLITE_NOTADB;
}

Value column_of(sqlite3_stmt* statement, int index) {
  switch (sqlite3_column_type(statement, index)) {
    case SQLITE_NULL: return std::monostate{};
    case SQLITE_INTEGER: return static_cast<int64_t>(sqlite3_column_int64(statement, index));
    default: break;
  }
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, index));
  return std::string(bytes, static_cast<size_t>(sqlite3_column_bytes(statement, index)));
}

}  // namespace

int64_t Row::integer(size_t index) const {
  const auto* value = std::get_if<int64_t>(&values_[index]);
  return value == nullptr ? 0 : *value;
}

std::string Row::text(size_t index) const {
  const auto* value = std::get_if<std::string>(&values_[index]);
  return value == nullptr ? std::string() : *value;
}

struct SqliteDatabase::Connection final : Transaction {
  sqlite3* handle = nullptr;
  std::map<std::string, Statement, std::less<>> statements;  // prepared once each
  const char* begin = "begin immediate";
  bool broken = false;

  ~Connection() override {
    statements.clear();
    sqlite3_close(handle);
  }

  tl::unexpected<Error> failed(int code, std::string_view sql) {
    broken = broken || breaks_the_file(code);
    std::string context = std::string(sqlite3_errmsg(handle)) + " in: " + std::string(sql.substr(0, 120));
    if ((code & 0xff) == SQLITE_CONSTRAINT)
      return fail(ErrorCode::conflict, "This was changed or made already.", std::move(context));
    return fail(ErrorCode::storage, "The database failed; nothing was changed. Try again later.", std::move(context));
  }

  Result<void> execute(const char* sql) {
    const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failed(code, sql);
    return done();
  }

  // Some failures (a full disk) undo the whole transaction by themselves; what followed would be committed by pieces.
  Result<void> check_in_transaction(std::string_view sql) {
    if (sqlite3_get_autocommit(handle) == 0) return done();
    return fail(ErrorCode::storage, "The database failed; nothing was changed. Try again later.",
                "the transaction was undone before: " + std::string(sql.substr(0, 120)));
  }

  Result<sqlite3_stmt*> prepared(std::string_view sql) {
    TRY_DO(check_in_transaction(sql));
    const auto known = statements.find(sql);
    if (known != statements.end()) return known->second.get();
    sqlite3_stmt* made = nullptr;
    const int code =
        sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK) return failed(code, sql);
    statements.emplace(std::string(sql), Statement(made));
    return made;
  }

  Result<void> bind(sqlite3_stmt* statement, const std::vector<Value>& values, std::string_view sql) {
    int index = 0;
    for (const Value& value : values) {
      ++index;
      int code = SQLITE_OK;
      if (const auto* number = std::get_if<int64_t>(&value))
        code = sqlite3_bind_int64(statement, index, *number);
      else if (const auto* words = std::get_if<std::string>(&value))
        code = sqlite3_bind_text(statement, index, words->data(), static_cast<int>(words->size()), SQLITE_STATIC);
      if (code != SQLITE_OK) return failed(code, sql);
    }
    return done();
  }

  Result<int64_t> run(std::string_view sql, const std::vector<Value>& values) override {
    TRY(sqlite3_stmt* const statement, prepared(sql));
    const Reset reset(statement);
    TRY_DO(bind(statement, values, sql));
    const int code = sqlite3_step(statement);
    if (code != SQLITE_DONE && code != SQLITE_ROW) return failed(code, sql);
    return sqlite3_changes64(handle);
  }

  Result<std::vector<Row>> select(std::string_view sql, const std::vector<Value>& values) override {
    TRY(sqlite3_stmt* const statement, prepared(sql));
    const Reset reset(statement);
    TRY_DO(bind(statement, values, sql));
    std::vector<Row> rows;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
      std::vector<Value> columns;
      for (int i = 0; i < sqlite3_column_count(statement); ++i) columns.push_back(column_of(statement, i));
      rows.emplace_back(std::move(columns));
    }
    if (code != SQLITE_DONE) return failed(code, sql);
    return rows;
  }
};

namespace {

// Undoes what was not committed, however the scope is left.
template <class Connection>
class Unfinished {
 public:
  Unfinished(Connection& connection, const char* undo) : connection_(connection), undo_(undo) {}
  ~Unfinished() {
    if (!finished_) sqlite3_exec(connection_.handle, undo_, nullptr, nullptr, nullptr);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  void finish() { finished_ = true; }

 private:
  Connection& connection_;
  const char* undo_;
  bool finished_ = false;
};

}  // namespace

SqliteDatabase::SqliteDatabase(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
SqliteDatabase::~SqliteDatabase() = default;

bool SqliteDatabase::is_broken() const { return connection_->broken; }

Result<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(const std::string& path) {
  auto connection = std::make_unique<Connection>();
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &connection->handle, flags, nullptr);
  if (code != SQLITE_OK) return connection->failed(code, path);
  TRY_DO(connection->execute("pragma journal_mode = wal"));
  TRY_DO(connection->execute("pragma synchronous = full"));
  TRY_DO(connection->execute("pragma foreign_keys = on"));
  TRY_DO(connection->execute("pragma mmap_size = 0"));
  // 16 MB of log between checkpoints: each one is a pause for whoever commits then.
  TRY_DO(connection->execute("pragma wal_autocheckpoint = 4000"));
  TRY_DO(connection->execute("pragma busy_timeout = 5000"));
  auto database = std::unique_ptr<SqliteDatabase>(new SqliteDatabase(std::move(connection)));
  TRY_DO(database->transact([](Transaction& tx) { return migrate(tx); }));
  return database;
}

Result<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open_reading(const std::string& path) {
  auto connection = std::make_unique<Connection>();
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &connection->handle, flags, nullptr);
  if (code != SQLITE_OK) return connection->failed(code, path);
  TRY_DO(connection->execute("pragma query_only = on"));
  TRY_DO(connection->execute("pragma mmap_size = 0"));
  TRY_DO(connection->execute("pragma busy_timeout = 5000"));
  connection->begin = "begin";
  return std::unique_ptr<SqliteDatabase>(new SqliteDatabase(std::move(connection)));
}

Result<void> SqliteDatabase::transact(const Work& work) {
  TRY_DO(connection_->execute(connection_->begin));
  Unfinished<Connection> unfinished(*connection_, "rollback");
  TRY_DO(work(*connection_));
  TRY_DO(connection_->execute("commit"));
  unfinished.finish();
  return done();
}

std::vector<Result<void>> SqliteDatabase::transact_all(const std::vector<Work>& works) {
  std::vector<Result<void>> answers;
  const Result<void> committed = transact([&](Transaction&) -> Result<void> {
    for (const Work& work : works) {
      TRY_DO(connection_->check_in_transaction("savepoint work"));
      TRY_DO(connection_->execute("savepoint work"));
      Unfinished<Connection> unfinished(*connection_, "rollback to work; release work");
      answers.push_back(work(*connection_));
      if (!answers.back()) continue;
      TRY_DO(connection_->execute("release work"));
      unfinished.finish();
    }
    return done();
  });
  if (!committed) answers.assign(works.size(), committed);
  return answers;
}

}  // namespace sampan
