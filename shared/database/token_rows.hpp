// The tokens that a marketplace has handed out to the shop, newer than those of its configuration.
//
// Trap    whoever can read these rows can buy in the shop's name: the file is its owner's only
#pragma once

#include <optional>
#include <string>

#include "shared/catalog/marketplace_name.hpp"
#include "shared/core/instant.hpp"
#include "shared/database/database.hpp"

namespace sampan {

struct KeptTokens {
  std::string granted_from;  // what the chain of refreshes began with: configured anew, these are of the past
  std::string access_token;
  std::optional<Instant> access_ends_at;
  std::string refresh_token;
};

Result<std::optional<KeptTokens>> find_tokens(Transaction& tx, MarketplaceName marketplace);
Result<void> keep_tokens(Transaction& tx, MarketplaceName marketplace, const KeptTokens& tokens);

}  // namespace sampan
