// What happens to an order on the simulated 1688, as stories.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "shared/marketplace/simulator/journey.hpp"
#include "tests/unit/marketplace/small_market.hpp"

namespace sampan {
namespace {

using namespace small_market;

const PurchaseId our_key{"pur_1"};

int64_t stock(SimulatedMarket& market, const PurchaseItem& item) {
  const auto view = market.read_offer(item.product_id, market.now());
  REQUIRE(view);
  for (const SkuOffer& sku : view->offer.skus)
    if (sku.sku_id == item.sku_id) return sku.level.quantity;
  FAIL("no such SKU: " << item.sku_id.value);
  return 0;
}

UpstreamOrderId placed(SimulatedMarket& market, const PurchaseItem& item, Instant now) {
  const auto order = market.create(our_key, {item}, now);
  REQUIRE(order);
  return order->upstream_order_id;
}

UpstreamOrderId paid(SimulatedMarket& market, const PurchaseItem& item, Instant now) {
  const UpstreamOrderId id = placed(market, item, now);
  REQUIRE(market.pay(id, now));
  return id;
}

UpstreamState state(SimulatedMarket& market, const UpstreamOrderId& id, Instant now) {
  return market.read_order(id, now)->state;
}

template <class T>
void check_refused(const Result<T>& result, ErrorCode code, std::string_view platform_code) {
  REQUIRE_FALSE(result);
  CAPTURE(result.error().context);
  CHECK(word(result.error().code) == word(code));
  CHECK(result.error().context.rfind(std::string(platform_code) + " ", 0) == 0);
}

TEST_CASE("an order's number has 19 digits and is nobody else's", "[simulator]") {
  SimulatedMarket world = market();
  std::vector<std::string> numbers;
  for (int i = 0; i < 20; ++i) numbers.push_back(placed(world, so_many(hourglass, 12), opening).value);
  for (const std::string& number : numbers) {
    CHECK(number.size() == 19);
    CHECK(number.find_first_not_of("0123456789") == std::string::npos);
  }
  std::sort(numbers.begin(), numbers.end());
  CHECK(std::adjacent_find(numbers.begin(), numbers.end()) == numbers.end());
}

TEST_CASE("an order takes its pieces out of stock, and a closed one puts them back", "[simulator]") {
  SimulatedMarket world = market();
  const UpstreamOrderId id = placed(world, so_many(white_cup, 60), opening);
  CHECK(stock(world, white_cup) == 40);
  check_refused(world.create(our_key, {so_many(white_cup, 41)}, opening), ErrorCode::sold_out, "500_004");

  REQUIRE(world.cancel(id, opening + minutes(1)));
  CHECK(stock(world, white_cup) == 100);
  CHECK(world.create(our_key, {so_many(white_cup, 100)}, opening + minutes(1)));
}

TEST_CASE("two lines of one SKU are one line, and together within the stock", "[simulator]") {
  SimulatedMarket world = market();
  check_refused(world.create(our_key, {blue_cup, blue_cup}, opening), ErrorCode::sold_out, "500_004");
  const auto order = world.create(our_key, {white_cup, white_cup}, opening);
  REQUIRE(order);
  CHECK(order->lines.size() == 1);
  CHECK(order->lines.front().quantity == 4);
}

TEST_CASE("a second create with the same key is a second order", "[simulator]") {
  SimulatedMarket world = market();
  const UpstreamOrderId first = placed(world, white_cup, opening);
  const UpstreamOrderId second = placed(world, white_cup, opening);
  CHECK_FALSE(first == second);
  CHECK(world.books().orders.at(our_key).size() == 2);
  CHECK(stock(world, white_cup) == 96);
}

TEST_CASE("a new order is missing from the list for five seconds, but has an id at once", "[simulator]") {
  SimulatedMarket world = market();
  const UpstreamOrderId id = placed(world, white_cup, opening);
  CHECK(world.read_order(id, opening));
  CHECK(world.list_orders(our_key, opening).empty());
  CHECK(world.list_orders(our_key, opening + milliseconds(4999)).empty());
  CHECK(world.list_orders(our_key, opening + seconds(5)).size() == 1);
  CHECK(world.list_orders({"pur_2"}, opening + seconds(5)).empty());
}

TEST_CASE("closing within ten seconds is too fast", "[simulator]") {
  SimulatedMarket world = market();
  const UpstreamOrderId id = placed(world, white_cup, opening);
  check_refused(world.cancel(id, opening + milliseconds(9999)), ErrorCode::retry_later, "CLOSE_ORDER_TOO_FAST");
  CHECK(state(world, id, opening + milliseconds(9999)) == UpstreamState::awaiting_payment);
  CHECK(world.cancel(id, opening + seconds(10)));
  CHECK(world.cancel(id, opening + seconds(10)));
}

TEST_CASE("an unpaid order closes after five days, not before", "[simulator]") {
  SimulatedMarket world = market();
  const UpstreamOrderId id = placed(world, white_cup, opening);
  CHECK(world.next_event() == opening + days(5));
  CHECK(state(world, id, opening + milliseconds(days(5).ms - 1)) == UpstreamState::awaiting_payment);
  CHECK(state(world, id, opening + days(5)) == UpstreamState::closed);
  CHECK(stock(world, white_cup) == 100);
  CHECK_FALSE(world.next_event());
  check_refused(world.pay(id, opening + days(5)), ErrorCode::rejected, "not_in_this_state");
}

TEST_CASE("an order is paid once from the balance", "[simulator]") {
  SimulatedMarket world = market();
  const UpstreamOrderId id = placed(world, white_cup, opening);
  CHECK(world.books().balance == Money{100'000, cny()});
  CHECK(world.pay(id, opening));
  CHECK(world.pay(id, opening));
  CHECK(world.books().balance == Money{100'000 - 1980 - 400, cny()});
  CHECK(world.books().paid == Money{2380, cny()});
}

TEST_CASE("too low a balance pays nothing until it is topped up", "[simulator]") {
  MarketRules poor = quiet_rules();
  poor.opening_balance_fen = 2379;
  SimulatedMarket world = market(poor);
  const UpstreamOrderId id = placed(world, white_cup, opening);
  check_refused(world.pay(id, opening), ErrorCode::rejected, "balance_not_enough");
  CHECK(state(world, id, opening) == UpstreamState::awaiting_payment);
  CHECK(world.books().balance == Money{2379, cny()});

  REQUIRE(world.deposit({1, cny()}, opening));
  CHECK(world.pay(id, opening));
  CHECK(world.books().balance == Money{0, cny()});
  check_refused(world.deposit({0, cny()}, opening), ErrorCode::bad_request, "400");
  check_refused(world.deposit({100, currency("EUR")}, opening), ErrorCode::bad_request, "400");
}

TEST_CASE("a seller sends when he usually does, and the parcel is at the warehouse within four days of it",
          "[simulator]") {
  struct Case {
    const char* why;
    PurchaseItem item;
    int64_t first_hour;
    int64_t last_hour;
  };
  const Case c = GENERATE(values<Case>({
      {"this one always on the same day", white_cup, 1, 8},
      {"this one always after eight days or more", tee_m, 8 * 24 + 1, 12 * 24 + 8},
  }));
  CAPTURE(c.why);
  SimulatedMarket world = market();
  for (int i = 0; i < 5; ++i) (void)placed(world, so_many(hourglass, 12), opening);  // other numbers, other fates
  const UpstreamOrderId id = paid(world, c.item, opening);
  const Instant due = world.read_order(id, opening)->due->at;
  CHECK(opening + hours(c.first_hour) <= due);
  CHECK(due <= opening + hours(c.last_hour));

  CHECK(state(world, id, due - milliseconds(1)) == UpstreamState::paid);
  CHECK(world.read_order(id, due - milliseconds(1))->shipments.empty());
  CHECK(state(world, id, due) == UpstreamState::shipped);
  const auto shipped = world.read_order(id, due);
  REQUIRE(shipped->shipments.size() == 1);
  CHECK(shipped->shipments.front().tracking_number.value.size() == 15);
  CHECK_FALSE(shipped->shipments.front().carrier.empty());

  const Instant arrives = shipped->due->at;
  CHECK(due + days(1) <= arrives);
  CHECK(arrives < due + days(4));
  CHECK(state(world, id, arrives) == UpstreamState::received);
}

TEST_CASE("of many orders, a seller sends as many a day as his record says", "[simulator]") {
  const std::vector<int64_t> record = {100, 150, 400, 300, 40, 10};
  const CatalogueSeller seller{{"tea"}, "", "", "", "", record};
  std::vector<int64_t> sent(record.size());
  constexpr int64_t orders = 10'000;
  for (int64_t i = 0; i < orders; ++i) {
    const int64_t day = time_to_dispatch(seller, 1, {std::to_string(i)}).ms / days(1).ms;
    REQUIRE(day <= 12);
    ++sent[day < 4 ? static_cast<size_t>(day) : (day < 8 ? 4 : 5)];
  }
  for (size_t bucket = 0; bucket < record.size(); ++bucket) {
    CAPTURE(bucket, sent[bucket]);
    CHECK(sent[bucket] * 1000 >= (record[bucket] - 10) * orders);
    CHECK(sent[bucket] * 1000 <= (record[bucket] + 10) * orders);
    CHECK(sent[bucket] > 0);
  }
}

TEST_CASE("a refund asked before shipping is granted after a day, and stops the shipping", "[simulator]") {
  SimulatedMarket world = market();
  const UpstreamOrderId id = paid(world, white_cup, opening);
  REQUIRE(world.request_refund(id, opening + minutes(1)));
  CHECK(state(world, id, opening + hours(23)) == UpstreamState::refunding);
  CHECK(world.request_refund(id, opening + hours(23)));
  CHECK(world.books().balance == Money{100'000 - 2380, cny()});

  CHECK(state(world, id, opening + minutes(1) + hours(24)) == UpstreamState::refunded);
  CHECK(world.request_refund(id, opening + days(3)));
  CHECK(world.books().balance == Money{100'000, cny()});
  CHECK(world.books().refunded == Money{2380, cny()});
  CHECK(world.read_order(id, opening + days(3))->shipments.empty());
  CHECK(stock(world, white_cup) == 100);
}

TEST_CASE("a refund after shipping waits for the return", "[simulator]") {
  SimulatedMarket world = market();
  const UpstreamOrderId id = paid(world, white_cup, opening);
  const Instant asked = opening + hours(GENERATE(8, 24 * 5));  // on the road, received
  REQUIRE(world.request_refund(id, asked));
  CHECK(state(world, id, asked + days(9)) == UpstreamState::refunding);
  CHECK(state(world, id, asked + days(10)) == UpstreamState::refunded);
  CHECK(world.books().balance == Money{100'000, cny()});
}

TEST_CASE("a seller may close an order until it is sent", "[simulator]") {
  SimulatedMarket world = market();
  SECTION("unpaid, it is closed") {
    const UpstreamOrderId id = placed(world, white_cup, opening);
    REQUIRE(world.seller_closes(id, opening));
    CHECK(state(world, id, opening) == UpstreamState::closed);
    CHECK(world.books().refunded == Money{0, cny()});
  }
  SECTION("paid, the money comes back") {
    const UpstreamOrderId id = paid(world, white_cup, opening);
    REQUIRE(world.seller_closes(id, opening));
    CHECK(state(world, id, opening + days(9)) == UpstreamState::refunded);
    CHECK(world.books().balance == Money{100'000, cny()});
    CHECK(stock(world, white_cup) == 100);
  }
  SECTION("sent, it is too late") {
    const UpstreamOrderId id = paid(world, white_cup, opening);
    check_refused(world.seller_closes(id, opening + days(9)), ErrorCode::rejected, "not_in_this_state");
  }
}

TEST_CASE("every pair of state and event is either in the table or refused", "[simulator]") {
  for (const auto& from : words(static_cast<UpstreamState*>(nullptr)))
    for (const auto& on : words(static_cast<MarketEvent*>(nullptr))) {
      const auto to = next_state<UpstreamState>(market_order_transitions, from.value, on.value);
      CAPTURE(from.word, on.word);
      CHECK(to.has_value() == allows(market_order_transitions, from.value, on.value));
      if (to) CHECK_FALSE(*to == from.value);
    }
  CHECK(is_final(market_order_transitions, UpstreamState::closed));
  CHECK(is_final(market_order_transitions, UpstreamState::refunded));
}

TEST_CASE("time is never turned back", "[simulator]") {
  SimulatedMarket world = market();
  const UpstreamOrderId id = placed(world, white_cup, opening);
  world.advance(opening + days(6));
  CHECK(state(world, id, opening) == UpstreamState::closed);
  CHECK(world.now() == opening + days(6));
}

TEST_CASE("what happens is announced in the order of its time", "[simulator]") {
  SimulatedMarket world = market();
  const UpstreamOrderId forgotten = placed(world, white_cup, opening);
  const UpstreamOrderId id = paid(world, white_cup, opening);
  world.advance(opening + days(30));
  std::vector<MarketEvent> events;
  for (const MarketLogEntry& entry : world.log())
    if (entry.upstream_order_id == id) events.push_back(entry.event);
  using E = MarketEvent;
  CHECK(events == std::vector{E::placed, E::paid, E::dispatched, E::arrived});
  CHECK(std::is_sorted(world.log().begin(), world.log().end(),
                       [](const MarketLogEntry& a, const MarketLogEntry& b) { return a.at < b.at; }));
  CHECK(std::any_of(world.log().begin(), world.log().end(), [&](const MarketLogEntry& entry) {
    return entry.upstream_order_id == forgotten && entry.event == E::payment_timed_out && entry.at == opening + days(5);
  }));
}

// Whether time comes in one stride or in many, the world is the same.
TEST_CASE("a long wait is as many short ones", "[simulator]") {
  MarketRules lively = quiet_rules();
  lively.others_trade = true;
  SimulatedMarket at_once = market(lively);
  SimulatedMarket step_by_step = market(lively);
  for (SimulatedMarket* world : {&at_once, &step_by_step}) {
    (void)paid(*world, white_cup, opening);
    (void)placed(*world, tee_m, opening);
  }
  at_once.advance(opening + days(20));
  for (int hour = 0; hour <= 20 * 24; ++hour) step_by_step.advance(opening + hours(hour));
  CHECK(at_once.save() == step_by_step.save());
}

TEST_CASE("a stored market goes on where it stood", "[simulator]") {
  MarketRules lively = quiet_rules();
  lively.others_trade = true;
  SimulatedMarket world = market(lively);
  const UpstreamOrderId sent = paid(world, white_cup, opening);
  const UpstreamOrderId unpaid = placed(world, tee_m, opening);
  REQUIRE(world.set_price(tee_m.product_id, price_of_fen(3000), opening));
  REQUIRE(world.take_off_sale(hourglass.product_id, opening));

  auto again = SimulatedMarket::load(catalogue(), world.save());
  REQUIRE(again);
  CHECK(again->save() == world.save());
  for (SimulatedMarket* each : {&world, &*again}) {
    each->advance(opening + days(3));
    REQUIRE(each->pay(unpaid, opening + days(3)));
    (void)placed(*each, tee_l, opening + days(4));
    REQUIRE(each->request_refund(sent, opening + days(6)));
    each->advance(opening + days(40));
  }
  CHECK(again->save() == world.save());
}

TEST_CASE("a document that is no market is refused, and a lost product is forgotten", "[simulator]") {
  CHECK(SimulatedMarket::load(catalogue(), "{}").error().code == ErrorCode::bad_input);
  CHECK(SimulatedMarket::load(catalogue(), "no").error().code == ErrorCode::bad_input);

  SimulatedMarket world = market();
  const UpstreamOrderId id = paid(world, white_cup, opening);
  Catalogue smaller = catalogue();
  smaller.products.erase(smaller.products.begin());
  auto again = SimulatedMarket::load(smaller, world.save());
  REQUIRE(again);
  CHECK(again->read_offer(white_cup.product_id, opening).error().code == ErrorCode::not_found);
  CHECK(again->seller_closes(id, opening));
  CHECK(again->books().balance == Money{100'000, cny()});

  smaller.sellers.clear();
  smaller.products.clear();
  CHECK(SimulatedMarket::load(smaller, world.save()).error().code == ErrorCode::bad_data);
}

}  // namespace
}  // namespace sampan
