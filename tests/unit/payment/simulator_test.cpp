#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/payment/simulator/simulated_provider.hpp"

namespace sampan {
namespace {

constexpr Instant opening{1'795'000'000'000};

Money euros(int64_t cents) { return {cents, currency("EUR")}; }

struct World {
  Instant now = opening;
  SimulatedProvider provider{[this] { return now; }};

  Payment payment(const char* key, int64_t cents) const {
    Payment payment;
    payment.payment_id = {key};
    payment.amount = euros(cents);
    payment.expires_at = now + hours(1);
    return payment;
  }
  Refund refund(const char* key, int64_t cents) const {
    Refund refund;
    refund.refund_id = {key};
    refund.amount = euros(cents);
    return refund;
  }
  ProviderId opened(const char* key, int64_t cents) {
    const auto page = provider.open_page(payment(key, cents));
    REQUIRE(page);
    return page->provider_id;
  }
  ProviderId captured(const char* key, int64_t cents) {
    const ProviderId id = opened(key, cents);
    REQUIRE(provider.pay(id, now));
    return id;
  }
  ProviderState state(const ProviderId& id) { return provider.ask(id)->state; }
};

void check_refused(const Result<void>& result, ErrorCode code) {
  REQUIRE_FALSE(result);
  CHECK(word(result.error().code) == word(code));
}

TEST_CASE("a shopper pays a page once, and the provider keeps its fee", "[payment]") {
  World world;
  const ProviderId id = world.opened("pay_1", 12'345);
  CHECK(world.state(id) == ProviderState::open);
  CHECK(world.provider.ask(id)->captured == euros(0));

  CHECK(world.provider.pay(id, world.now));
  const auto answer = world.provider.ask(id);
  CHECK(answer->state == ProviderState::captured);
  CHECK(answer->captured == euros(12'345));
  CHECK(answer->fee == euros(173 + 25));

  check_refused(world.provider.pay(id, world.now), ErrorCode::rejected);
  CHECK(world.provider.books().lines.front().captured == euros(12'345));
}

TEST_CASE("a fee that the provider tells late is in its books all the while", "[payment]") {
  World world;
  world.provider.set_fee_delay(hours(1));
  const ProviderId id = world.opened("pay_1", 12'345);
  CHECK_FALSE(world.provider.ask(id)->fee);
  REQUIRE(world.provider.pay(id, world.now));
  CHECK_FALSE(world.provider.ask(id)->fee);
  CHECK(world.provider.books().lines.front().fee == euros(198));
  world.now = world.now + hours(1);
  CHECK(world.provider.ask(id)->fee == euros(198));
}

TEST_CASE("the fee is 1.4 % half to even, and 25 minor units", "[payment]") {
  struct Case {
    const char* why;
    int64_t captured;
    int64_t fee;
  };
  const Case c = GENERATE(values<Case>({
      {"exactly", 10'000, 140 + 25},
      {"10.5 goes down to the even neighbour", 750, 10 + 25},
      {"3.5 goes up to the even neighbour", 250, 4 + 25},
      {"less than half is nothing", 35, 0 + 25},
  }));
  CAPTURE(c.why);
  CHECK(provider_fee(euros(c.captured)) == euros(c.fee));
}

TEST_CASE("a repeat opens the same page, and no other amount", "[payment]") {
  World world;
  const ProviderId id = world.opened("pay_1", 500);
  CHECK(world.opened("pay_1", 500) == id);
  CHECK_FALSE(world.opened("pay_2", 500) == id);
  CHECK(world.provider.open_page(world.payment("pay_1", 501)).error().code == ErrorCode::rejected);
  CHECK(world.provider.books().lines.size() == 2);
}

TEST_CASE("a page of nothing, or in the past, is not opened", "[payment]") {
  World world;
  CHECK(world.provider.open_page(world.payment("pay_1", 0)).error().code == ErrorCode::bad_request);
  Payment late = world.payment("pay_1", 500);
  late.expires_at = world.now;
  CHECK(world.provider.open_page(late).error().code == ErrorCode::bad_request);
  CHECK(world.provider.ask({"cs_other"}).error().code == ErrorCode::bad_request);
}

TEST_CASE("an expired page is not paid", "[payment]") {
  World world;
  SECTION("by its time") {
    const ProviderId id = world.opened("pay_1", 500);
    world.now = world.now + hours(1);
    CHECK(world.state(id) == ProviderState::expired);
    check_refused(world.provider.pay(id, world.now), ErrorCode::rejected);
    CHECK(world.provider.books().balances.front() == euros(0));
  }
  SECTION("by our wish, which may be repeated") {
    const ProviderId id = world.opened("pay_1", 500);
    CHECK(world.provider.expire(id));
    CHECK(world.provider.expire(id));
    check_refused(world.provider.pay(id, world.now), ErrorCode::rejected);
  }
  SECTION("but what was paid meanwhile does not expire") {
    const ProviderId id = world.captured("pay_1", 500);
    check_refused(world.provider.expire(id), ErrorCode::rejected);
    world.now = world.now + days(2);
    CHECK(world.state(id) == ProviderState::captured);
  }
}

TEST_CASE("a refund goes out once a key, and never above what was captured", "[payment]") {
  World world;
  const ProviderId id = world.captured("pay_1", 1000);
  CHECK(world.provider.refund(world.refund("ref_1", 600), id));
  CHECK(world.provider.refund(world.refund("ref_1", 600), id));
  check_refused(world.provider.refund(world.refund("ref_1", 400), id), ErrorCode::rejected);
  check_refused(world.provider.refund(world.refund("ref_2", 401), id), ErrorCode::rejected);
  CHECK(world.provider.refund(world.refund("ref_2", 400), id));

  const ProviderBooks books = world.provider.books();
  CHECK(books.lines.front().refunded == euros(1000));
  CHECK(books.balances.front() == euros(1000 - 1000 - 39));

  check_refused(world.provider.refund(world.refund("ref_3", 1), world.opened("pay_2", 5)), ErrorCode::rejected);
}

TEST_CASE("a refund that was taken on is known by our key", "[payment]") {
  World world;
  const ProviderId id = world.captured("pay_1", 1000);
  CHECK_FALSE(*world.provider.has_refund({"ref_1"}, id));
  REQUIRE(world.provider.refund(world.refund("ref_1", 300), id));
  CHECK(*world.provider.has_refund({"ref_1"}, id));
  CHECK_FALSE(*world.provider.has_refund({"ref_2"}, id));
  CHECK_FALSE(*world.provider.has_refund({"ref_1"}, world.captured("pay_2", 1000)));
  CHECK(world.provider.has_refund({"ref_1"}, {"cs_other"}).error().code == ErrorCode::bad_request);
}

TEST_CASE("a refund is of the payment's currency", "[payment]") {
  World world;
  const ProviderId id = world.captured("pay_1", 1000);
  Refund refund = world.refund("ref_1", 100);
  refund.amount.currency = currency("USD");
  check_refused(world.provider.refund(refund, id), ErrorCode::bad_request);
}

TEST_CASE("a key that was forgotten refunds twice", "[payment]") {
  World world;
  world.provider.set_key_memory(hours(24));
  const ProviderId id = world.captured("pay_1", 1000);
  CHECK(world.provider.refund(world.refund("ref_1", 300), id));
  world.now = world.now + hours(23);
  CHECK(world.provider.refund(world.refund("ref_1", 300), id));
  CHECK(world.provider.books().lines.front().refunded == euros(300));
  world.now = world.now + hours(1);
  CHECK(*world.provider.has_refund({"ref_1"}, id));  // who asks before the repeat does not fall for it
  CHECK(world.provider.refund(world.refund("ref_1", 300), id));
  CHECK(world.provider.books().lines.front().refunded == euros(600));
}

TEST_CASE("a stored provider goes on where it stood", "[payment]") {
  World world;
  world.provider.set_key_memory(days(30));
  const ProviderId paid = world.captured("pay_1", 1000);
  const ProviderId open = world.opened("pay_2", 700);
  REQUIRE(world.provider.refund(world.refund("ref_1", 300), paid));

  auto again = SimulatedProvider::load(world.provider.save(), [&] { return world.now; });
  REQUIRE(again);
  CHECK(again->save() == world.provider.save());
  CHECK(again->open_page(world.payment("pay_2", 700))->provider_id == open);
  CHECK(again->refund(world.refund("ref_1", 300), paid));
  CHECK(again->books().lines.front().refunded == euros(300));
  CHECK(again->pay(open, world.now));
  CHECK(again->ask(open)->state == ProviderState::captured);

  CHECK(SimulatedProvider::load("{}", [&] { return world.now; }).error().code == ErrorCode::bad_input);
}

}  // namespace
}  // namespace sampan
