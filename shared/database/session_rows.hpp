// Who is there, and what they were answered: sessions by the hash of their token, replies by their idempotency key.
//
// Errors  conflict on a repeated key
#pragma once

#include <optional>
#include <string>

#include "shared/core/id.hpp"
#include "shared/database/database.hpp"

namespace sampan {

Result<void> insert_session(Transaction& tx, const std::string& token_hash, const ShopperId& shopper_id,
                            Instant expires_at);
// None when it is unknown or expired.
Result<std::optional<ShopperId>> find_session(Transaction& tx, const std::string& token_hash, Instant now);

struct KeptReply {
  std::string request_hash;
  std::string body;
};

Result<std::optional<KeptReply>> find_reply(Transaction& tx, const ShopperId& shopper_id, const std::string& key);
Result<void> keep_reply(Transaction& tx, const ShopperId& shopper_id, const std::string& key, const KeptReply& reply,
                        Instant at);

}  // namespace sampan
