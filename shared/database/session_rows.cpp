#include "shared/database/session_rows.hpp"

namespace sampan {

Result<void> insert_session(Transaction& tx, const std::string& token_hash, const ShopperId& shopper_id,
                            Instant expires_at) {
  TRY_DO(tx.run(R"(insert into session (token_hash, shopper_id, expires_at)
                   values (?, ?, ?))",
                {token_hash, shopper_id.value, expires_at.ms}));
  return done();
}

Result<std::optional<ShopperId>> find_session(Transaction& tx, const std::string& token_hash, Instant now) {
  TRY(const auto rows, tx.select(R"(select shopper_id from session
                                    where token_hash = ? and expires_at > ?)",
                                 {token_hash, now.ms}));
  if (rows.empty()) return std::optional<ShopperId>();
  return std::optional<ShopperId>(ShopperId{rows.front().text(0)});
}

Result<std::optional<KeptReply>> find_reply(Transaction& tx, const ShopperId& shopper_id, const std::string& key) {
  TRY(const auto rows, tx.select(R"(select request_hash, body from kept_reply
                                    where shopper_id = ? and key = ?)",
                                 {shopper_id.value, key}));
  if (rows.empty()) return std::optional<KeptReply>();
  return std::optional<KeptReply>(KeptReply{rows.front().text(0), rows.front().text(1)});
}

Result<void> keep_reply(Transaction& tx, const ShopperId& shopper_id, const std::string& key, const KeptReply& reply,
                        Instant at) {
  TRY_DO(tx.run(R"(insert into kept_reply (shopper_id, key, request_hash, body, at)
                   values (?, ?, ?, ?, ?))",
                {shopper_id.value, key, reply.request_hash, reply.body, at.ms}));
  return done();
}

}  // namespace sampan
