#include "shared/database/token_rows.hpp"

namespace sampan {

Result<std::optional<KeptTokens>> find_tokens(Transaction& tx, MarketplaceName marketplace) {
  TRY(const auto rows, tx.select(R"(select granted_from, access_token, access_ends_at, refresh_token
                                    from marketplace_token
                                    where marketplace = ?)",
                                 {std::string(word(marketplace))}));
  if (rows.empty()) return std::optional<KeptTokens>();
  const Row& row = rows.front();
  KeptTokens tokens{row.text(0), row.text(1), std::nullopt, row.text(3)};
  if (!row.is_null(2)) tokens.access_ends_at = Instant{row.integer(2)};
  return std::optional<KeptTokens>(std::move(tokens));
}

Result<void> keep_tokens(Transaction& tx, MarketplaceName marketplace, const KeptTokens& tokens) {
  Value ends_at;
  if (tokens.access_ends_at) ends_at = tokens.access_ends_at->ms;
  TRY_DO(tx.run(
      R"(insert into marketplace_token (marketplace, granted_from, access_token, access_ends_at, refresh_token)
                   values (?, ?, ?, ?, ?)
                   on conflict (marketplace) do update
                   set granted_from = excluded.granted_from, access_token = excluded.access_token,
                       access_ends_at = excluded.access_ends_at, refresh_token = excluded.refresh_token)",
      {std::string(word(marketplace)), tokens.granted_from, tokens.access_token, ends_at, tokens.refresh_token}));
  return done();
}

}  // namespace sampan
