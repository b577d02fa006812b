// The worked examples of tests/fixtures/import_tax_cases.json, to the cent, on the rules that Sampan ships; and what
// must hold whatever the amounts are.
#include "shared/quote/import_tax.hpp"

#include <algorithm>
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <random>

#include "tests/unit/quote/shipped_rules.hpp"

namespace sampan {
namespace {

struct CaseLine {
  std::string hs6;
  std::string goods;
  std::map<std::string, RuleRate> tariff;  // by layer
};
FIELDS(CaseLine, hs6, goods, tariff)

struct Case {
  std::string id;
  std::string why;
  std::string destination;
  ImportChannel channel{};
  ImportPurpose purpose{};
  Day day;
  Currency currency;
  std::vector<CaseLine> lines;
  std::string domestic_freight;
  std::string service_fee;
  std::string international_freight;
  std::string insurance;
  std::vector<std::string> registrations;
  std::string rule_id;
  std::string duty;
  std::vector<std::string> vat;
  std::string fee;
  std::string total;
};
FIELDS(Case, id, why, destination, channel, purpose, day, currency, lines, domestic_freight, service_fee,
       international_freight, insurance, registrations, rule_id, duty, vat, fee, total)

struct CaseFile {
  std::string source;
  std::vector<Case> cases;
};
FIELDS(CaseFile, source, cases)

ImportTaxRequest request_of(const Case& c) {
  const auto money = [&](const std::string& amount) { return must(parse_money(amount, c.currency)); };
  ImportTaxRequest request;
  request.question = {c.destination, "CN", c.channel, c.purpose, c.day};
  for (const CaseLine& line : c.lines) request.lines.push_back({line.hs6, money(line.goods)});
  request.domestic_freight = money(c.domestic_freight);
  request.service_fee = money(c.service_fee);
  request.international_freight = money(c.international_freight);
  request.insurance = money(c.insurance);
  request.registrations = c.registrations;
  return request;
}

// The example's own tariff in place of the shipped seeds.
ImportRules with_tariff(ImportRules rules, const Case& c) {
  rules.tariff.clear();
  for (const CaseLine& line : c.lines)
    for (const auto& [layer, rate] : line.tariff) {
      const auto same = [&](const TariffRow& row) { return row.hs == line.hs6 && row.layer == layer; };
      if (std::any_of(rules.tariff.begin(), rules.tariff.end(), same)) continue;
      rules.tariff.push_back(
          {{c.destination}, layer, line.hs6, rate, day("2020-01-01"), std::nullopt, "", Confidence::H});
    }
  REQUIRE(validate(rules).has_value());
  return rules;
}

std::vector<Money> of_kind(const ImportTax& tax, TaxKind kind) {
  std::vector<Money> amounts;
  for (const TaxComponent& each : tax.components)
    if (each.kind == kind) amounts.push_back(each.amount);
  return amounts;
}

std::vector<std::string> texts(const std::vector<Money>& amounts) {
  std::vector<std::string> all;
  for (const Money& amount : amounts) all.push_back(text(amount));
  return all;
}

Money total(const ImportTax& tax, TaxKind kind) { return must(sum(tax.total.currency, of_kind(tax, kind))); }

ImportTaxRequest parcel(std::string_view destination, std::string_view currency_code,
                        const std::vector<TaxLine>& lines) {
  ImportTaxRequest request;
  request.question = {std::string(destination), "CN", ImportChannel::courier, ImportPurpose::personal,
                      day("2026-11-24")};
  request.lines = lines;
  const Money nothing{0, currency(currency_code)};
  request.domestic_freight = request.service_fee = request.international_freight = request.insurance = nothing;
  request.registrations = {"IOSS", "UK_VAT", "AU_GST"};
  return request;
}

ImportTax assessed(const ImportTaxRequest& request) {
  static const ImportRules rules = shipped_rules();
  return must(import_tax(rules, request));
}

// Parcels as they come: a seed of the run prints with a failure.
struct Chance {
  std::mt19937 engine{Catch::getSeed()};
  int64_t between(int64_t least, int64_t most) { return std::uniform_int_distribution<int64_t>(least, most)(engine); }
  std::string code() {
    const std::vector<std::string> codes{"610910", "620443", "640411", "420292",
                                         "392690", "851830", "950300", "711719"};
    return codes[static_cast<size_t>(between(0, 7))];
  }
};

}  // namespace

TEST_CASE("every worked example comes out to the cent", "[import_tax]") {
  static const CaseFile file = must(from_json<CaseFile>(file_text("tests/fixtures/import_tax_cases.json")));
  static const ImportRules rules = shipped_rules();
  REQUIRE(file.cases.size() == 24);
  const auto at = GENERATE(range(size_t{0}, size_t{24}));
  const Case& c = file.cases[at];
  CAPTURE(c.id, c.why);
  const ImportTax tax = must(import_tax(with_tariff(rules, c), request_of(c)));
  CHECK(tax.rule_id == c.rule_id);
  CHECK(text(total(tax, TaxKind::duty)) == text(must(parse_money(c.duty, c.currency))));
  std::vector<Money> vat;
  for (const std::string& each : c.vat) vat.push_back(must(parse_money(each, c.currency)));
  CHECK(texts(of_kind(tax, TaxKind::vat)).size() >= vat.size());
  if (!vat.empty()) CHECK(texts(of_kind(tax, TaxKind::vat)) == texts(vat));
  if (vat.empty()) CHECK(total(tax, TaxKind::vat).minor == 0);
  CHECK(text(total(tax, TaxKind::fee)) == text(must(parse_money(c.fee, c.currency))));
  CHECK(text(tax.total) == text(must(parse_money(c.total, c.currency))));
}

TEST_CASE("a component says what it was computed from and who collects it", "[import_tax]") {
  ImportTaxRequest request = parcel("DE", "EUR", {{"610910", in("EUR", "30.00")}, {"640411", in("EUR", "10.00")}});
  const ImportTax tax = assessed(request);
  REQUIRE(tax.components.size() == 2);
  CHECK(tax.components[0].basis == "2 codes at EUR 3.00");
  CHECK(tax.components[1].basis == "19 % of EUR 46.00");
  CHECK(tax.components[1].rule_id == "EU-FLAT3");
  CHECK(tax.components[1].rules_revision == "2026-11-24.1");
  CHECK(tax.components[1].collector == TaxCollector::seller);
  CHECK(tax.components[1].certainty == Certainty::exact);
  CHECK(tax.required == std::vector<std::string>{"recipient_name", "phone", "email"});
}

TEST_CASE("without a registration the carrier collects and the figure is an estimate", "[import_tax]") {
  struct Row {
    const char* destination;
    const char* currency;
    const char* goods;
    const char* vat;
  };
  const Row row = GENERATE(values<Row>({
      {"DE", "EUR", "100.00", "EUR 21.47"},  // the carrier's VAT has no service fee in its base: 19 % of 113.00
      {"GB", "GBP", "100.00", "GBP 22.00"},
  }));
  CAPTURE(row.destination);
  ImportTaxRequest request = parcel(row.destination, row.currency, {{"610910", in(row.currency, row.goods)}});
  request.registrations.clear();
  request.international_freight = in(row.currency, "10.00");
  request.service_fee = in(row.currency, "5.00");
  ImportTax tax = assessed(request);
  CHECK(text(total(tax, TaxKind::vat)) == row.vat);
  CHECK(tax.components.back().collector == TaxCollector::carrier);
  CHECK(tax.components.back().certainty == Certainty::estimate);

  request.is_duty_paid = true;
  tax = assessed(request);
  CHECK(tax.components.back().certainty == Certainty::exact);
}

TEST_CASE("an Australian parcel of an unregistered seller pays nothing up to 1,000", "[import_tax]") {
  ImportTaxRequest request = parcel("AU", "AUD", {{"610910", in("AUD", "1000.00")}});
  request.registrations.clear();
  CHECK(assessed(request).total.minor == 0);
  request.lines[0].goods = in("AUD", "1000.01");
  CHECK(assessed(request).total.minor > 0);
}

TEST_CASE("a product that no row of the tariff names is refused, or taken at the operator's rate and said so",
          "[import_tax]") {
  ImportRules rules = shipped_rules();
  rules.tariff.clear();
  ImportTaxRequest request = parcel("DE", "EUR", {{"999999", in("EUR", "200.00")}});
  const auto refused = import_tax(rules, request);
  REQUIRE(!refused.has_value());
  CHECK(refused.error().code == ErrorCode::not_offered);
  request.unknown_rate_millionths = 100'000;
  request.is_duty_paid = true;
  const ImportTax tax = must(import_tax(rules, request));
  CHECK(text(total(tax, TaxKind::duty)) == "EUR 20.00");
  CHECK(tax.components[0].certainty == Certainty::estimate);
}

TEST_CASE("the default row of a tariff makes the duty an estimate", "[import_tax]") {
  ImportTaxRequest request = parcel("DE", "EUR", {{"999999", in("EUR", "200.00")}});
  request.is_duty_paid = true;
  CHECK(assessed(request).components[0].certainty == Certainty::estimate);
  request.lines[0].hs6 = "610910";
  CHECK(assessed(request).components[0].certainty == Certainty::exact);
}

TEST_CASE("within 2 % of a limit the answer says that customs may see it on the other side", "[import_tax]") {
  struct Row {
    const char* goods;
    bool is_near;
  };
  const Row row = GENERATE(
      values<Row>({{"146.99", false}, {"147.00", true}, {"150.01", true}, {"153.00", true}, {"153.01", false}}));
  CAPTURE(row.goods);
  CHECK(assessed(parcel("DE", "EUR", {{"610910", in("EUR", row.goods)}})).is_near_threshold == row.is_near);
}

TEST_CASE("what cannot be computed is refused with a code", "[import_tax]") {
  static const ImportRules rules = shipped_rules();
  ImportTaxRequest request = parcel("DE", "EUR", {{"610910", in("EUR", "30.00")}});
  const auto code = [&] { return import_tax(rules, request).error().code; };
  SECTION("no goods") {
    request.lines.clear();
    CHECK(code() == ErrorCode::bad_input);
  }
  SECTION("another currency than the rule's") {
    request.lines[0].goods = in("USD", "30.00");
    CHECK(code() == ErrorCode::currency_mismatch);
  }
  SECTION("a negative amount") {
    request.insurance.minor = -1;
    CHECK(code() == ErrorCode::bad_input);
  }
  SECTION("more than can be computed") {
    request.lines[0].goods.minor = 1'000'000'000'001;
    CHECK(code() == ErrorCode::overflow);
  }
  SECTION("a rate of the operator's that is none") {
    request.unknown_rate_millionths = GENERATE(int64_t{-1}, int64_t{20'000'001});
    CHECK(code() == ErrorCode::bad_input);
  }
  SECTION("more lines than a parcel has") {
    request.lines.resize(1'001, request.lines[0]);
    CHECK(code() == ErrorCode::overflow);
  }
  SECTION("a country without rules") {
    request.question.destination = "BR";
    CHECK(code() == ErrorCode::not_offered);
  }
  SECTION("a day before the first rule") {
    request.question.day = day("2019-01-01");
    CHECK(code() == ErrorCode::not_offered);
  }
}

TEST_CASE("the largest parcel is computed without overflow", "[import_tax]") {
  struct Row {
    const char* destination;
    const char* currency;
    int64_t total;
  };
  const Row row = GENERATE(values<Row>({
      {"US", "USD", 257'500'000'000},  // 24 % and 27.5 % of 5 · 10^11
      {"DE", "EUR", 361'955'000'000},  // 12 % and 16.9 % of it, and 19 % of 10^12 and that
  }));
  const Money half{500'000'000'000, currency(row.currency)};
  CHECK(assessed(parcel(row.destination, row.currency, {{"610910", half}, {"640411", half}})).total.minor == row.total);
}

TEST_CASE("more goods inside a band never pay less", "[import_tax][property]") {
  Chance chance;
  CAPTURE(Catch::getSeed());
  struct Row {
    const char* destination;
    const char* currency;
    int64_t least;
    int64_t most;
  };
  const Row row = GENERATE(values<Row>({{"DE", "EUR", 1, 15'000},
                                        {"DE", "EUR", 15'001, 900'000},
                                        {"FR", "EUR", 1, 15'000},
                                        {"GB", "GBP", 1, 13'500},
                                        {"GB", "GBP", 13'501, 900'000},
                                        {"AU", "AUD", 1, 100'000},
                                        {"AU", "AUD", 100'001, 900'000},
                                        {"US", "USD", 1, 900'000},
                                        {"JP", "JPY", 1, 16'666},
                                        {"JP", "JPY", 16'667, 900'000}}));
  CAPTURE(row.destination, row.least);
  for (int i = 0; i < 200; ++i) {
    const std::string code = chance.code();
    const int64_t a = chance.between(row.least, row.most);
    const int64_t b = chance.between(a, row.most);
    CAPTURE(code, a, b);
    const Currency unit = currency(row.currency);
    ImportTaxRequest request = parcel(row.destination, row.currency, {{code, {a, unit}}});
    request.international_freight.minor = chance.between(0, 5'000);
    const int64_t less = assessed(request).total.minor;
    request.lines[0].goods.minor = b;
    CHECK(less <= assessed(request).total.minor);
  }
}

TEST_CASE("the order of the lines never changes a total in the EU and GB", "[import_tax][property]") {
  Chance chance;
  CAPTURE(Catch::getSeed());
  for (int i = 0; i < 200; ++i) {
    const bool is_british = chance.between(0, 1) == 1;
    const char* const unit = is_british ? "GBP" : "EUR";
    ImportTaxRequest request = parcel(is_british ? "GB" : "DE", unit, {});
    for (int64_t n = chance.between(1, 6); n > 0; --n)
      request.lines.push_back({chance.code(), {chance.between(0, 9'000), currency(unit)}});
    request.international_freight.minor = chance.between(0, 4'000);
    const ImportTax before = assessed(request);
    std::shuffle(request.lines.begin(), request.lines.end(), chance.engine);
    CHECK(assessed(request).total == before.total);
  }
}

TEST_CASE("another piece of a code that is already there never changes the flat duty", "[import_tax][property]") {
  Chance chance;
  CAPTURE(Catch::getSeed());
  for (int i = 0; i < 200; ++i) {
    ImportTaxRequest request = parcel("DE", "EUR", {});
    for (int64_t n = chance.between(1, 5); n > 0; --n)
      request.lines.push_back({chance.code(), {chance.between(1, 1'000), currency("EUR")}});
    const Money before = total(assessed(request), TaxKind::duty);
    request.lines.push_back({request.lines[0].hs6, {chance.between(1, 1'000), currency("EUR")}});
    CHECK(total(assessed(request), TaxKind::duty) == before);
  }
}

TEST_CASE("the total is the sum of its components and no component is negative", "[import_tax][property]") {
  Chance chance;
  CAPTURE(Catch::getSeed());
  const std::vector<std::pair<const char*, const char*>> places{{"DE", "EUR"}, {"FR", "EUR"}, {"GB", "GBP"},
                                                                {"AU", "AUD"}, {"US", "USD"}, {"JP", "JPY"}};
  for (int i = 0; i < 300; ++i) {
    const auto& [country, unit] = places[static_cast<size_t>(chance.between(0, 5))];
    ImportTaxRequest request = parcel(country, unit, {});
    for (int64_t n = chance.between(1, 5); n > 0; --n)
      request.lines.push_back({chance.code(), {chance.between(0, 60'000), currency(unit)}});
    request.insurance.minor = chance.between(0, 500);
    request.service_fee.minor = chance.between(0, 900);
    const ImportTax tax = assessed(request);
    int64_t added = 0;
    for (const TaxComponent& each : tax.components) {
      CHECK(each.amount.minor >= 0);
      added += each.amount.minor;
    }
    CHECK(tax.total.minor == added);
  }
}

}  // namespace sampan
