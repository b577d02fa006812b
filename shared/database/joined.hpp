// A database that is one open transaction: an act that runs on it becomes part of what its caller commits.
//
// Promises  those of database.hpp, once the caller commits; the caller gives up as a whole when the act fails
#pragma once

#include "shared/database/database.hpp"

namespace sampan {

class JoinedDatabase final : public Database {
 public:
  explicit JoinedDatabase(Transaction& tx) : tx_(tx) {}
  Result<void> transact(const Work& work) override { return work(tx_); }

 private:
  Transaction& tx_;
};

}  // namespace sampan
