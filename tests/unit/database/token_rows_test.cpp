#include "shared/database/token_rows.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/unit/database/open.hpp"

namespace sampan {

TEST_CASE("the newest tokens of a marketplace outlive the shop's process", "[database]") {
  const Folder folder;
  constexpr MarketplaceName marketplace = MarketplaceName::alibaba1688;
  {
    const auto database = open_database(folder.file());
    in_transaction(*database, [&](Transaction& tx) -> Result<void> {
      TRY(const auto none, find_tokens(tx, marketplace));
      CHECK_FALSE(none);
      TRY_DO(keep_tokens(tx, marketplace, {"grant-1", "access-1", Instant{5'000}, "refresh-1"}));
      TRY_DO(keep_tokens(tx, marketplace, {"grant-2", "access-2", std::nullopt, "refresh-2"}));
      return keep_tokens(tx, MarketplaceName::taobao, {"grant-3", "access-3", Instant{7'000}, "refresh-3"});
    });
  }
  const auto database = open_database(folder.file());
  const auto found = [&](MarketplaceName name) {
    return in_transaction(*database, [&](Transaction& tx) { return find_tokens(tx, name); });
  };
  const auto kept = found(marketplace);
  REQUIRE(kept);
  CHECK(kept->granted_from == "grant-2");
  CHECK(kept->access_token == "access-2");
  CHECK_FALSE(kept->access_ends_at);
  CHECK(kept->refresh_token == "refresh-2");
  CHECK(found(MarketplaceName::taobao)->access_ends_at == Instant{7'000});
  CHECK_FALSE(found(MarketplaceName::jd));
}

}  // namespace sampan
