#include "shared/usecase/hear_push.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/database/outbox.hpp"
#include "tests/story/teller.hpp"

namespace sampan::story {
namespace {

// A paid order whose purchases are paid upstream too, and followed from time to time.
struct Paid {
  Teller teller;
  World& world = teller.world;

  Paid() {
    teller.finds_and_quotes();
    teller.orders();
    teller.pays();
    world.until("both are paid upstream", [&] {
      return teller.purchase_of(dress).state == PurchaseState::paid &&
             teller.purchase_of(shoes).state == PurchaseState::paid;
    });
  }

  UpstreamOrderId upstream(const ProductKey& product) {
    return teller.purchase_of(product).bought.at(0).upstream_order_id;
  }
  Push push(const std::string& id, std::vector<UpstreamOrderId> orders) {
    return {MarketplaceName::alibaba1688, id, std::move(orders), R"({"msgId":)" + id + "}"};
  }

  // How often a look at the purchase was enqueued, and when it is due.
  struct Look {
    int64_t wanted = 0;
    Instant due_at{};
    bool operator==(const Look&) const = default;
  };
  Look look_of(const ProductKey& product) {
    const std::string subject = teller.purchase_of(product).purchase_id.value;
    return world.stored<Look>([&](Transaction& tx) -> Result<Look> {
      TRY(const auto rows,
          tx.select("select wanted, due_at from job where kind = 'follow_purchase' and subject = ?", {subject}));
      REQUIRE(rows.size() == 1);
      return Look{rows[0].integer(0), {rows[0].integer(1)}};
    });
  }
  int64_t kept() {
    return world.stored<int64_t>([](Transaction& tx) -> Result<int64_t> {
      TRY(const auto rows, tx.select("select count(*) from message where handled_at is not null", {}));
      return rows.at(0).integer(0);
    });
  }
};

}  // namespace

TEST_CASE("a push makes the look at its purchase due now, and at no other", "[push]") {
  Paid paid;
  const Paid::Look before = paid.look_of(dress);
  const Paid::Look others = paid.look_of(shoes);
  REQUIRE(paid.world.now() < before.due_at);
  REQUIRE(hear_push(paid.world.shop(), paid.push("1", {paid.upstream(dress)})));
  CHECK(paid.look_of(dress) == Paid::Look{before.wanted + 1, paid.world.now()});
  CHECK(paid.look_of(shoes) == others);
}

TEST_CASE("a push that comes twice is acted on once", "[push]") {
  Paid paid;
  const int64_t before = paid.look_of(dress).wanted;
  for (int i = 0; i < 3; ++i) REQUIRE(hear_push(paid.world.shop(), paid.push("1", {paid.upstream(dress)})));
  CHECK(paid.look_of(dress).wanted == before + 1);
  CHECK(paid.kept() == 1);
  REQUIRE(hear_push(paid.world.shop(), paid.push("2", {paid.upstream(dress)})));
  CHECK(paid.look_of(dress).wanted == before + 2);
  CHECK(paid.kept() == 2);
}

TEST_CASE("a push about several orders has each looked at", "[push]") {
  Paid paid;
  REQUIRE(hear_push(paid.world.shop(), paid.push("1", {paid.upstream(dress), paid.upstream(shoes)})));
  CHECK(paid.look_of(dress).due_at == paid.world.now());
  CHECK(paid.look_of(shoes).due_at == paid.world.now());
}

TEST_CASE("a push about nothing of ours is kept, and moves nothing", "[push]") {
  struct Case {
    const char* why;
    std::vector<UpstreamOrderId> orders;
  };
  const Case c = GENERATE(values<Case>({{"about a product", {}}, {"about an order that is not ours", {{"999"}}}}));
  CAPTURE(c.why);
  Paid paid;
  const Paid::Look before = paid.look_of(dress);
  REQUIRE(hear_push(paid.world.shop(), paid.push("1", c.orders)));
  CHECK(paid.look_of(dress) == before);
  CHECK(paid.kept() == 1);
}

TEST_CASE("a push is kept with the job that it asks for, or neither is", "[push]") {
  Paid paid;
  const Paid::Look before = paid.look_of(dress);
  const Push push = paid.push("1", {paid.upstream(dress)});
  SECTION("the disk is full, and 1688 pushes again") {
    // Everything but the commit has been done.
    struct Dying final : Database {
      explicit Dying(Database& real) : inner(real) {}
      Result<void> transact(const Work& work) override {
        return inner.transact([&](Transaction& tx) -> Result<void> {
          TRY_DO(work(tx));
          return fail(ErrorCode::storage, "The disk is full.");
        });
      }
      Database& inner;
    };
    Dying dying(paid.world.shop().database);
    const Ports& shop = paid.world.shop();
    Ports ports{dying,         shop.now,     shop.random,      shop.marketplace,
                shop.payments, shop.carrier, shop.fetch_rates, shop.terms};
    const auto heard = hear_push(ports, push);
    REQUIRE(!heard);
    CHECK(heard.error().code == ErrorCode::storage);
    CHECK(paid.kept() == 0);
    CHECK(paid.look_of(dress) == before);
  }
  REQUIRE(hear_push(paid.world.shop(), push));
  CHECK(paid.kept() == 1);
  CHECK(paid.look_of(dress).wanted == before.wanted + 1);
}

}  // namespace sampan::story
