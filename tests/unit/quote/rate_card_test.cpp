#include "shared/quote/rate_card.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/unit/quote/shipped_rules.hpp"

namespace sampan {
namespace {

constexpr RuleAmount yuan(int64_t amount) { return {amount * 10'000}; }
RuleRate rate(int64_t millionths) { return {RateFrom::text, millionths, ""}; }

RateCard card_with(LanePrice price) {
  RateCard card;
  card.id = "test";
  card.currency = cny();
  card.valid_from = day("2026-01-01");
  card.dest = {"DE"};
  card.weight = {5000, VolumeRule::always, std::nullopt, 500, 0, 30'000};
  card.price = std::move(price);
  card.accept = {GoodsAttribute::general, GoodsAttribute::clothing};
  card.deny = {GoodsAttribute::battery_pure};
  card.source = "test";
  return card;
}

LanePrice first_step(int64_t first_g, int64_t first, int64_t step_g, int64_t step) {
  LanePrice price;
  price.kind = PriceKind::first_step;
  price.first_g = first_g;
  price.first = yuan(first);
  price.step_g = step_g;
  price.step = yuan(step);
  return price;
}

LanePrice per_kg_item(int64_t per_kg, int64_t item) {
  LanePrice price;
  price.kind = PriceKind::per_kg_item;
  price.per_kg = yuan(per_kg);
  price.item = yuan(item);
  return price;
}

LanePrice bands(std::vector<PriceBand> rows) {
  LanePrice price;
  price.kind = PriceKind::band;
  price.bands = std::move(rows);
  return price;
}

// 142 for the first half kilogram, 38 for each other; remote: the greater of 190 and 4 a kilogram; fuel on both.
RateCard express() {
  RateCard card = card_with(first_step(500, 142, 500, 38));
  Surcharge remote;
  remote.id = "remote";
  remote.when = SurchargeWhen::remote;
  remote.fixed = yuan(190);
  remote.per_kg = yuan(4);
  Surcharge fuel;
  fuel.id = "fuel";
  fuel.pct = rate(225'000);
  fuel.on = std::vector<std::string>{"base", "remote"};
  card.surcharges = {fuel, remote};  // the amounts come first, however they stand
  return card;
}

std::string cost(const RateCard& card, int64_t grams) {
  return text(must(lane_cost(card, {grams, false, day("2026-11-24")})).total);
}

LaneQuestion question() {
  return {"DE", "10115", day("2026-11-24"), {1'000, {300, 200, 100}}, {GoodsAttribute::clothing}, {in("EUR", "40.00")}};
}

std::string file_of(const RateCards& cards, std::string_view what) {
  const auto checked = validate(cards);
  REQUIRE(!checked.has_value());
  CHECK(checked.error().code == ErrorCode::bad_data);
  CHECK(checked.error().sentence.find(what) != std::string::npos);
  return checked.error().context;
}

}  // namespace

TEST_CASE("a first weight and its steps", "[rate_card]") {
  const RateCard card = card_with(first_step(500, 240, 500, 75));
  CHECK(cost(card, 100) == "CNY 240.00");
  CHECK(cost(card, 500) == "CNY 240.00");
  CHECK(cost(card, 510) == "CNY 315.00");
  CHECK(cost(card, 2'500) == "CNY 540.00");
}

TEST_CASE("a price a kilogram and an item fee", "[rate_card]") {
  CHECK(cost(card_with(per_kg_item(96, 23)), 350) == "CNY 56.60");
  CHECK(cost(card_with(per_kg_item(88, 25)), 1'200) == "CNY 130.60");
}

TEST_CASE("a band has one price, and above it every begun kilogram of the whole weight", "[rate_card]") {
  const RateCard card = card_with(bands({{1'000, yuan(90), {}}, {21'000, yuan(400), {}}, {{}, {}, yuan(31)}}));
  CHECK(cost(card, 1'000) == "CNY 90.00");
  CHECK(cost(card, 1'001) == "CNY 400.00");
  CHECK(cost(card, 22'300) == "CNY 713.00");  // 23 kg
}

TEST_CASE("a weight above the last band is not offered", "[rate_card]") {
  const RateCard card = card_with(bands({{1'000, yuan(90), {}}}));
  CHECK(lane_cost(card, {1'001, false, day("2026-11-24")}).error().code == ErrorCode::not_offered);
}

TEST_CASE("fuel is a share of the base and of what it names", "[rate_card]") {
  const LaneCost remote = must(lane_cost(express(), {3'000, true, day("2026-11-24")}));
  REQUIRE(remote.charges.size() == 3);
  CHECK(text(remote.charges[0].amount) == "CNY 332.00");
  CHECK(text(remote.charges[1].amount) == "CNY 190.00");
  CHECK(text(remote.charges[2].amount) == "CNY 117.45");
  CHECK(text(remote.total) == "CNY 639.45");
  const LaneCost near = must(lane_cost(express(), {3'000, false, day("2026-11-24")}));
  CHECK(text(near.charges[1].amount) == "CNY 74.70");
  CHECK(text(near.total) == "CNY 406.70");
}

TEST_CASE("a surcharge of the season ends with it", "[rate_card]") {
  RateCard card = card_with(first_step(500, 100, 500, 10));
  Surcharge peak;
  peak.id = "peak";
  peak.fixed = yuan(15);
  peak.valid_from = day("2026-11-01");
  peak.valid_until = day("2026-12-31");
  card.surcharges = {peak};
  CHECK(text(must(lane_cost(card, {500, false, day("2026-12-30")})).total) == "CNY 115.00");
  CHECK(text(must(lane_cost(card, {500, false, day("2026-12-31")})).total) == "CNY 100.00");
}

TEST_CASE("insurance is a share of the value, at least the least and at most that of the cap", "[rate_card]") {
  RateCard card = card_with(first_step(500, 100, 500, 10));
  CHECK(insurance_cost(card, in("CNY", "860.00")).error().code == ErrorCode::not_offered);
  card.insurance = LaneInsurance{rate(20'000), yuan(10), yuan(5'000), {}};
  CHECK(text(must(insurance_cost(card, in("CNY", "860.00")))) == "CNY 17.20");
  CHECK(text(must(insurance_cost(card, in("CNY", "100.00")))) == "CNY 10.00");
  CHECK(text(must(insurance_cost(card, in("CNY", "9000.00")))) == "CNY 100.00");
  CHECK(insurance_cost(card, in("EUR", "1.00")).error().code == ErrorCode::currency_mismatch);
}

TEST_CASE("a lane accepts, refuses or asks", "[rate_card]") {
  RateCard card = card_with(first_step(500, 100, 500, 10));
  card.size = {60, 90, 200};
  card.max_declared = in("EUR", "150.00");
  card.postcode.deny = {"97", "BT"};
  LaneQuestion asked = question();
  using enum LaneAnswer;
  SECTION("what it takes") { CHECK(admission(card, asked).answer == accept); }
  SECTION("goods that it names") {
    asked.goods = {GoodsAttribute::clothing, GoodsAttribute::battery_pure};
    CHECK(admission(card, asked).answer == deny);
    CHECK(admission(card, asked).reasons == std::vector<std::string>{"goods battery_pure"});
  }
  SECTION("goods that it does not name") {
    asked.goods = {GoodsAttribute::wood};
    CHECK(admission(card, asked).answer == ask);
  }
  SECTION("goods that nobody knows") {
    asked.goods.clear();
    CHECK(admission(card, asked).answer == ask);
  }
  SECTION("a replica, though it were listed") {
    card.accept.push_back(GoodsAttribute::replica);
    asked.goods = {GoodsAttribute::replica};
    CHECK(admission(card, asked).answer == deny);
  }
  SECTION("another country") {
    asked.destination = "ES";
    CHECK(admission(card, asked).answer == deny);
  }
  SECTION("a postcode of its list, however it is written") {
    asked.postcode = "bt1 1aa";
    CHECK(admission(card, asked).answer == deny);
  }
  SECTION("a day before the card") {
    asked.day = day("2025-12-31");
    CHECK(admission(card, asked).answer == deny);
  }
  SECTION("the heaviest parcel, and a gram more") {
    asked.parcel.weight_grams = 30'000;
    CHECK(admission(card, asked).answer == accept);
    asked.parcel.weight_grams = 30'001;
    CHECK(admission(card, asked).answer == deny);
  }
  SECTION("the longest side, and a millimetre more") {
    asked.parcel.size = {100, 600, 100};
    CHECK(admission(card, asked).answer == accept);
    asked.parcel.size = {100, 601, 100};
    CHECK(admission(card, asked).answer == deny);
  }
  SECTION("the sum of the sides") {
    asked.parcel.size = {400, 300, 201};
    CHECK(admission(card, asked).answer == deny);
  }
  SECTION("the girth") {
    card.size = {std::nullopt, std::nullopt, 200};
    asked.parcel.size = {800, 300, 300};
    CHECK(admission(card, asked).answer == accept);
    asked.parcel.size = {800, 301, 300};
    CHECK(admission(card, asked).answer == deny);
  }
  SECTION("a value above what may be declared") {
    asked.declared = {in("CNY", "1000.00"), in("EUR", "150.01")};
    CHECK(admission(card, asked).answer == deny);
  }
  SECTION("a value that is not known in the limit's currency") {
    asked.declared = {in("CNY", "1000.00")};
    CHECK(admission(card, asked).answer == ask);
  }
}

TEST_CASE("the shipped cards are valid, marked as seeds, and each country has a lane for most goods", "[rate_card]") {
  const RateCards cards = shipped_cards();
  for (const RateCard& card : cards.cards) {
    CAPTURE(card.id);
    CHECK(card.source == "seed, an operator replaces it");
    CHECK(std::count(card.deny.begin(), card.deny.end(), GoodsAttribute::replica) == 1);
    CHECK(lane_cost(card, {1'000, true, day("2026-11-24")}).has_value());
  }
  for (const char* const country : {"DE", "FR", "US", "GB", "AU", "JP"}) {
    CAPTURE(country);
    const std::vector<const RateCard*> lanes = lanes_to(cards, country, day("2026-11-24"));
    CHECK(lanes.size() >= 2);
    CHECK(lanes.size() <= 3);
    for (const GoodsAttribute goods :
         {GoodsAttribute::clothing, GoodsAttribute::shoes, GoodsAttribute::battery_builtin, GoodsAttribute::cosmetic}) {
      CAPTURE(std::string(word(goods)));
      CHECK(std::any_of(lanes.begin(), lanes.end(), [&](const RateCard* lane) {
        return std::count(lane->accept.begin(), lane->accept.end(), goods) == 1;
      }));
    }
  }
  CHECK(lanes_to(cards, "ES", day("2026-11-24")).empty());
  CHECK(lanes_to(cards, "DE", day("2026-10-31")).empty());
}

TEST_CASE("a card is found by its id", "[rate_card]") {
  const RateCards cards = shipped_cards();
  CHECK(must(rate_card_of(cards, "jp-air"))->dest == std::vector<std::string>{"JP"});
  CHECK(rate_card_of(cards, "none").error().code == ErrorCode::not_found);
}

TEST_CASE("a remote postcode is one of the card's list", "[rate_card]") {
  const RateCards cards = shipped_cards();
  const RateCard& card = *must(rate_card_of(cards, "dhl-us"));
  CHECK(must(is_remote(cards, card, "99501")));
  CHECK(!must(is_remote(cards, card, "94103")));
  CHECK(!must(is_remote(cards, *must(rate_card_of(cards, "jp-air")), "99501")));
}

TEST_CASE("each mistake in the cards is found and named", "[rate_card]") {
  RateCards cards{"sampan-rate-card/1", "1", {}, {express()}};
  REQUIRE(validate(cards).has_value());
  RateCard& card = cards.cards[0];
  SECTION("another format") {
    cards.format = "sampan-rate-card/2";
    file_of(cards, "format");
  }
  SECTION("a card twice") {
    cards.cards.push_back(card);
    file_of(cards, "twice");
  }
  SECTION("another currency than yuan") {
    card.currency = currency("USD");
    CHECK(file_of(cards, "CNY") == "rate card test");
  }
  SECTION("no weight step") {
    card.weight.step_g = 0;
    file_of(cards, "weight step");
  }
  SECTION("size counts and has no divisor") {
    card.weight.divisor.reset();
    file_of(cards, "divisor");
  }
  SECTION("an incomplete price") {
    card.price.step.reset();
    file_of(cards, "incomplete");
  }
  SECTION("bands that do not rise") {
    card.price = bands({{1'000, yuan(90), {}}, {1'000, yuan(95), {}}});
    file_of(cards, "rise");
  }
  SECTION("an open band before the last") {
    card.price = bands({{{}, yuan(90), {}}, {1'000, yuan(95), {}}});
    file_of(cards, "open band");
  }
  SECTION("a band of two prices") {
    card.price = bands({{{}, yuan(90), yuan(1)}});
    file_of(cards, "one price");
  }
  SECTION("a surcharge of nothing") {
    card.surcharges[0].pct.reset();
    file_of(cards, "neither");
  }
  SECTION("a surcharge on something unknown") {
    card.surcharges[0].on = std::vector<std::string>{"storage"};
    file_of(cards, "unknown");
  }
  SECTION("a remote list that is not there") {
    card.postcode.remote_list = "nowhere";
    file_of(cards, "remote list");
  }
  SECTION("goods both ways") {
    card.deny.push_back(GoodsAttribute::clothing);
    file_of(cards, "clothing");
  }
  SECTION("a price below nothing") {
    card.price.first = yuan(-1);
    file_of(cards, "out of range");
  }
  SECTION("a price above a million") {
    card.price.step = yuan(1'000'001);
    file_of(cards, "out of range");
  }
}

}  // namespace sampan
