// The landed price of whole carts, every component to the cent, and its replay.
#include "shared/quote/landed_cost.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/unit/quote/shipped_rules.hpp"

namespace sampan {
namespace {

// The ECB's rates of 2024-06-28: units for one euro.
Rate mid_of_2024(std::string_view to) {
  const auto per_euro = [](std::string_view code) -> int64_t {
    if (code == "CNY") return 777'480;
    if (code == "JPY") return 17'194'000;
    if (code == "USD") return 107'050;
    return 100'000;
  };
  Rate rate = must(cross(cny(), per_euro("CNY"), currency(to), per_euro(to)));
  rate.source = "ecb";
  rate.as_of = must(parse_instant("2024-06-28T15:00:00Z"));
  return rate;
}

// A lane of one price: `fen` whatever the parcel weighs.
RateCard lane_of(std::string_view destination, int64_t fen, Incoterm incoterm) {
  RateCard lane;
  lane.id = "lane";
  lane.currency = cny();
  lane.valid_from = day("2026-01-01");
  lane.dest = {std::string(destination)};
  lane.weight = {std::nullopt, VolumeRule::never, std::nullopt, 100, 50, 20'000};
  lane.price.kind = PriceKind::per_kg_item;
  lane.price.per_kg = RuleAmount{};
  lane.price.item = RuleAmount{fen * 100};
  lane.incoterm = incoterm;
  lane.accept = {GoodsAttribute::clothing, GoodsAttribute::shoes, GoodsAttribute::general};
  lane.deny = {GoodsAttribute::battery_pure};
  lane.insurance = LaneInsurance{{RateFrom::text, 20'000, ""}, {100'000}, {50'000'000}, {}};
  lane.source = "test lane";
  return lane;
}

LandedLine line_of(std::string id, int64_t quantity, int64_t ten_thousandths, std::string hs6, GoodsAttribute goods) {
  LandedLine line;
  line.line_id = std::move(id);
  line.quantity = quantity;
  line.unit_price = {ten_thousandths};
  line.hs6 = std::move(hs6);
  line.goods = {goods};
  line.weight_grams = 300;
  line.size = {300, 200, 50};
  line.source = "taobao";
  line.as_of = must(parse_instant("2026-11-24T08:00:00Z"));
  return line;
}

LandedCostRequest request_to(std::string_view destination, std::string_view quote_currency) {
  LandedCostRequest request;
  request.service_fee = {500, in("CNY", "5.00")};
  request.destination = std::string(destination);
  request.day = day("2026-11-24");
  request.rules_revision = "2026-11-24.1";
  request.rate_card_id = "lane";
  request.mid = mid_of_2024(quote_currency);
  request.registrations = {"IOSS", "UK_VAT", "AU_GST"};
  return request;
}

// ¥199.00 of T-shirts and ¥79.90 of shoes from one seller to Germany, spread 2 %.
LandedCostRequest to_germany() {
  LandedCostRequest request = request_to("DE", "EUR");
  request.postcode = "10115";
  request.lines = {line_of("shirts", 1, 1'990'000, "610910", GoodsAttribute::clothing),
                   line_of("shoes", 1, 799'000, "640411", GoodsAttribute::shoes)};
  request.freights = {{"seller", in("CNY", "12.00"), "taobao", must(parse_instant("2026-11-24T08:00:00Z"))}};
  request.spread_basis_points = 200;
  return request;
}

// A bag of ¥1,680.00 to Japan for personal use, spread 3 %; the example's tariff says 10 %.
LandedCostRequest to_japan() {
  LandedCostRequest request = request_to("JP", "JPY");
  request.postcode = "100-0001";
  request.lines = {line_of("bag", 1, 16'800'000, "420221", GoodsAttribute::general)};
  request.spread_basis_points = 300;
  return request;
}

ImportRules rules_at_ten_percent() {
  ImportRules rules = shipped_rules();
  rules.tariff = {
      {{"JP"}, "", "420221", {RateFrom::text, 100'000, ""}, day("2020-01-01"), std::nullopt, "test", Confidence::H}};
  return rules;
}

std::string shown(const LandedComponent& each) {
  return std::string(word(each.kind)) + " " + each.id + " " + (each.in_cny ? text(*each.in_cny) + " = " : "") +
         text(each.amount);
}

std::vector<std::string> shown(const LandedCost& landed) {
  std::vector<std::string> all;
  for (const LandedComponent& each : landed.components) all.push_back(shown(each));
  return all;
}

}  // namespace

TEST_CASE("a cart of two lines to Germany costs EUR 69.94, every component to the cent", "[landed_cost]") {
  const LandedCost landed = must(landed_cost(to_germany(), shipped_rules(), lane_of("DE", 9'680, Incoterm::DDP)));
  CHECK(landed.rate.ten_billionths == 1'311'930'853);
  CHECK(shown(landed) == std::vector<std::string>{
                             "line shirts CNY 199.00 = EUR 26.11",
                             "line shoes CNY 79.90 = EUR 10.48",
                             "domestic_freight seller CNY 12.00 = EUR 1.57",
                             "service_fee service_fee CNY 14.54 = EUR 1.91",
                             "international_freight lane CNY 96.80 = EUR 12.70",
                             "duty duty EUR 6.00",
                             "vat vat EUR 11.17",
                         });
  CHECK(landed.components.back().basis == "19 % of EUR 58.77");
  CHECK(text(landed.total) == "EUR 69.94");
}

TEST_CASE("a bag to Japan costs JPY 49,644: customs value 60 % of the retail price", "[landed_cost]") {
  const LandedCost landed = must(landed_cost(to_japan(), rules_at_ten_percent(), lane_of("JP", 21'350, Incoterm::DDP)));
  CHECK(landed.rate.ten_billionths == 227'784'894'789);
  CHECK(shown(landed) == std::vector<std::string>{
                             "line bag CNY 1680.00 = JPY 38268",
                             "service_fee service_fee CNY 84.00 = JPY 1913",
                             "international_freight lane CNY 213.50 = JPY 4863",
                             "duty duty JPY 2200",
                             "vat consumption_tax JPY 1900",
                             "vat local_consumption_tax JPY 500",
                         });
  CHECK(text(landed.total) == "JPY 49644");
}

TEST_CASE("each component says its source, its time and how sure it is", "[landed_cost]") {
  const LandedCost landed = must(landed_cost(to_germany(), shipped_rules(), lane_of("DE", 9'680, Incoterm::DDP)));
  CHECK(landed.components[0].source == "taobao");
  CHECK(landed.components[0].as_of == must(parse_instant("2026-11-24T08:00:00Z")));
  CHECK(landed.components[0].basis == "1 at CNY 199.0000");
  CHECK(landed.components[0].certainty == Certainty::exact);
  CHECK(landed.components[3].basis == "5.00 %, at least CNY 5.00");
  // The parcel is weighed in the warehouse.
  CHECK(landed.components[4].source == "test lane");
  CHECK(landed.components[4].certainty == Certainty::estimate);
  CHECK(landed.components[6].collector == TaxCollector::seller);
  CHECK(landed.certainty == Certainty::estimate);
  CHECK(landed.spread_basis_points == 200);
  CHECK(landed.mid.ten_billionths == 1'286'206'719);
  CHECK(landed.mid.source == "ecb");
  CHECK(landed.rules_revision == "2026-11-24.1");
  CHECK(landed.rule_id == "EU-FLAT3");
  CHECK(landed.rate_card_id == "lane");
  CHECK(landed.weight_grams == 600);
  CHECK(landed.chargeable_grams == 600);
}

TEST_CASE("the total is the sum of its components", "[landed_cost]") {
  const LandedCost landed = must(landed_cost(to_germany(), shipped_rules(), lane_of("DE", 9'680, Incoterm::DDP)));
  int64_t added = 0;
  using enum LandedKind;
  for (const LandedKind kind : {line, domestic_freight, service_fee, international_freight, insurance, duty, vat, fee})
    added += must(total_of(landed, kind)).minor;
  CHECK(landed.total.minor == added);
  CHECK(text(must(total_of(landed, LandedKind::line))) == "EUR 36.59");
}

TEST_CASE("a quote kept as JSON is replayed to the cent", "[landed_cost]") {
  LandedCostRequest request = to_germany();
  request.is_insured = true;
  const RateCard lane = lane_of("DE", 9'680, Incoterm::DDP);
  const LandedCost landed = must(landed_cost(request, shipped_rules(), lane));
  const auto kept = must(from_json<LandedCostRequest>(to_json(request)));
  CHECK(must(landed_cost(kept, shipped_rules(), lane)) == landed);
  CHECK(must(from_json<LandedCost>(to_json(landed))) == landed);
}

TEST_CASE("a quote is not replayed under other rules or another lane", "[landed_cost]") {
  const LandedCostRequest request = to_germany();
  const RateCard lane = lane_of("DE", 9'680, Incoterm::DDP);
  ImportRules rules = shipped_rules();
  RateCard other = lane;
  other.id = "other";
  CHECK(landed_cost(request, rules, other).error().code == ErrorCode::bad_data);
  rules.revision = "2026-12-01.1";
  CHECK(landed_cost(request, rules, lane).error().code == ErrorCode::bad_data);
}

TEST_CASE("prices below a fen are kept until the line's total", "[landed_cost]") {
  LandedCostRequest request = to_germany();
  request.lines = {line_of("buttons", 1'000, 650, "610910", GoodsAttribute::clothing)};  // ¥0.0650 each
  request.lines[0].weight_grams = 1;
  request.lines[0].size = {10, 10, 2};
  const LandedCost landed = must(landed_cost(request, shipped_rules(), lane_of("DE", 9'680, Incoterm::DDP)));
  CHECK(shown(landed.components[0]) == "line buttons CNY 65.00 = EUR 8.53");
}

TEST_CASE("the service fee has a least amount, and each seller's freight is a component", "[landed_cost]") {
  LandedCostRequest request = to_germany();
  request.lines = {line_of("shirt", 1, 199'000, "610910", GoodsAttribute::clothing)};
  request.freights = {{"a", in("CNY", "6.00"), "taobao", {}}, {"b", in("CNY", "0.00"), "jd", {}}};
  const LandedCost landed = must(landed_cost(request, shipped_rules(), lane_of("DE", 9'680, Incoterm::DDP)));
  CHECK(shown(landed.components[1]) == "domestic_freight a CNY 6.00 = EUR 0.79");
  CHECK(shown(landed.components[2]) == "domestic_freight b CNY 0.00 = EUR 0.00");
  CHECK(shown(landed.components[3]) == "service_fee service_fee CNY 5.00 = EUR 0.66");
}

TEST_CASE("insurance is a component of its own and stands in the VAT's base", "[landed_cost]") {
  LandedCostRequest request = to_germany();
  request.is_insured = true;
  const LandedCost landed = must(landed_cost(request, shipped_rules(), lane_of("DE", 9'680, Incoterm::DDP)));
  CHECK(shown(landed.components[5]) == "insurance lane CNY 10.00 = EUR 1.31");
  CHECK(landed.components[7].basis == "19 % of EUR 60.08");
}

TEST_CASE("a shopper who pays in another currency than customs is taxed in theirs", "[landed_cost]") {
  LandedCostRequest request = to_germany();
  request.mid = mid_of_2024("USD");
  const RateCard lane = lane_of("DE", 9'680, Incoterm::DDP);
  CHECK(landed_cost(request, shipped_rules(), lane).error().code == ErrorCode::bad_input);
  request.customs_rate = must(cross(currency("USD"), 107'050, currency("EUR"), 100'000));
  request.tax_rate = must(with_spread(must(cross(currency("EUR"), 100'000, currency("USD"), 107'050)), 200));
  const LandedCost landed = must(landed_cost(request, shipped_rules(), lane));
  CHECK(landed.total.currency == currency("USD"));
  // EUR 6.00 of duty at 1.091910.
  CHECK(shown(landed.components[5]) == "duty duty USD 6.55");
  CHECK(landed.components[5].basis == "2 codes at EUR 3.00");
}

TEST_CASE("without a registration the carrier collects, and a lane that is not DDP makes it an estimate",
          "[landed_cost]") {
  LandedCostRequest request = to_germany();
  request.registrations.clear();
  const LandedCost landed = must(landed_cost(request, shipped_rules(), lane_of("DE", 9'680, Incoterm::DAP)));
  CHECK(landed.components[6].collector == TaxCollector::carrier);
  CHECK(landed.components[6].certainty == Certainty::estimate);
  CHECK(landed.components[6].basis == "19 % of EUR 56.86");  // without the service fee
}

TEST_CASE("a lane's refusal refuses the quote, its question is kept for a human", "[landed_cost]") {
  LandedCostRequest request = to_germany();
  const RateCard lane = lane_of("DE", 9'680, Incoterm::DDP);
  request.lines[0].goods = {GoodsAttribute::battery_pure};
  const auto refused = landed_cost(request, shipped_rules(), lane);
  REQUIRE(!refused.has_value());
  CHECK(refused.error().code == ErrorCode::not_offered);
  CHECK(refused.error().context == "lane: goods battery_pure");
  request.lines[0].goods = {GoodsAttribute::wood};
  CHECK(must(landed_cost(request, shipped_rules(), lane)).lane_questions == std::vector<std::string>{"goods wood"});
}

TEST_CASE("what cannot be quoted is refused with a code", "[landed_cost]") {
  LandedCostRequest request = to_germany();
  const RateCard lane = lane_of("DE", 9'680, Incoterm::DDP);
  const auto code = [&] { return landed_cost(request, shipped_rules(), lane).error().code; };
  SECTION("an empty cart") {
    request.lines.clear();
    CHECK(code() == ErrorCode::empty_cart);
  }
  SECTION("a country that is not offered") {
    request.destination = "ES";
    CHECK(code() == ErrorCode::not_offered);
  }
  SECTION("a place outside the tax area") {
    request.postcode = "27498";
    CHECK(code() == ErrorCode::not_offered);
  }
  SECTION("a quantity of nothing") {
    request.lines[0].quantity = 0;
    CHECK(code() == ErrorCode::bad_input);
  }
  SECTION("a rate from another currency") {
    request.mid.from = currency("USD");
    CHECK(code() == ErrorCode::bad_input);
  }
  SECTION("a negative spread") {
    request.spread_basis_points = -1;
    CHECK(code() == ErrorCode::bad_input);
  }
  SECTION("a negative freight") {
    request.freights[0].freight.minor = -1;
    CHECK(code() == ErrorCode::bad_input);
  }
  SECTION("a freight in another currency") {
    request.freights[0].freight = in("EUR", "1.00");
    CHECK(code() == ErrorCode::currency_mismatch);
  }
}

}  // namespace sampan
