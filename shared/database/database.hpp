// The database as the rows need it: transactions of SQL statements with typed values.
//
// Promises  1. what `transact` returned successfully is on the disk, whole; what failed has changed nothing
//           2. transactions are serial
//           3. work given together (transact_all) is committed by one physical commit, each part whole or not at all
// Errors    storage: the database failed; conflict: a row changed meanwhile or breaks a uniqueness
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/core/error.hpp"

namespace sampan {

using Value = std::variant<std::monostate, int64_t, std::string>;  // null, integer, text

class Row {
 public:
  explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
  // Column `index` of the statement's own list; null reads as 0 and "".
  int64_t integer(size_t index) const;
  std::string text(size_t index) const;
  bool is_null(size_t index) const { return std::holds_alternative<std::monostate>(values_[index]); }

 private:
  std::vector<Value> values_;
};

class Transaction {
 public:
  virtual ~Transaction() = default;
  // `?` in the statement, from left to right, are `values`. The answer is how many rows it changed.
  virtual Result<int64_t> run(std::string_view sql, const std::vector<Value>& values) = 0;
  virtual Result<std::vector<Row>> select(std::string_view sql, const std::vector<Value>& values) = 0;
};

using Work = std::function<Result<void>(Transaction&)>;

class Database {
 public:
  virtual ~Database() = default;
  virtual Result<void> transact(const Work& work) = 0;
};

// A transaction that yields a value.
template <class T, class F>
Result<T> transact(Database& database, F&& work) {
  Result<T> outcome = fail(ErrorCode::storage, "The transaction did not run.");
  TRY_DO(database.transact([&](Transaction& tx) -> Result<void> {
    outcome = work(tx);
    if (!outcome) return tl::unexpected(outcome.error());
    return done();
  }));
  return outcome;
}

}  // namespace sampan
