#include "shared/quote/import_rules.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "tests/unit/quote/shipped_rules.hpp"

namespace sampan {
namespace {

std::string sentence_of(const ImportRules& rules) {
  const auto checked = validate(rules);
  REQUIRE(!checked.has_value());
  CHECK(checked.error().code == ErrorCode::bad_data);
  return checked.error().sentence;
}

bool says(const std::string& sentence, std::string_view words) { return sentence.find(words) != sentence.npos; }

ImportRule& rule_called(ImportRules& rules, std::string_view id) {
  for (ImportRule& rule : rules.rules)
    if (rule.id == id) return rule;
  FAIL("no rule " << id);
  return rules.rules[0];
}

}  // namespace

TEST_CASE("the shipped rules are valid and serve six countries", "[import_rules]") {
  const ImportRules rules = shipped_rules();
  std::set<std::string> countries;
  for (const ImportRule& rule : rules.rules) countries.insert(rule.dest.begin(), rule.dest.end());
  CHECK(countries == std::set<std::string>{"AU", "DE", "FR", "GB", "JP", "US"});
}

TEST_CASE("every boundary day of the shipped rules, and the day before, finds exactly one rule", "[import_rules]") {
  const ImportRules rules = shipped_rules();
  std::set<std::string> days;
  for (const ImportRule& rule : rules.rules) {
    days.insert(text(rule.valid_from));
    if (rule.valid_until) days.insert(text(day_at(start_of(*rule.valid_until) - hours(24))));
  }
  for (const std::string& each : days)
    for (const char* const country : {"DE", "FR", "GB", "AU", "JP", "US"})
      for (const ImportChannel channel : {ImportChannel::courier, ImportChannel::post, ImportChannel::post_specific})
        for (const ImportPurpose purpose : {ImportPurpose::personal, ImportPurpose::business}) {
          const RuleQuestion question{country, "CN", channel, purpose, day(each)};
          size_t matching = 0;
          for (const ImportRule& rule : rules.rules) {
            ImportRules alone = rules;
            alone.rules = {rule};
            matching += rule_for(alone, question).has_value() ? 1 : 0;
          }
          CAPTURE(each, country, std::string(word(channel)));
          CHECK(matching <= 1);
          CHECK(rule_for(rules, question).has_value() == (matching == 1));
          const bool must_be_one = channel != ImportChannel::post_specific && !(day(each) < day("2021-07-01")) &&
                                   day(each) < day("2028-04-01");
          if (must_be_one) CHECK(matching == 1);
        }
}

TEST_CASE("the dated history picks its rule", "[import_rules]") {
  struct Row {
    const char* country;
    ImportChannel channel;
    const char* on;
    const char* rule;
  };
  using enum ImportChannel;
  const Row row = GENERATE(values<Row>({
      {"DE", courier, "2026-06-30", "EU-2021"},
      {"DE", courier, "2026-07-01", "EU-FLAT3"},
      {"US", courier, "2025-05-01", "US-FREE800"},
      {"US", courier, "2025-05-02", "US-COURIER-2025-05"},
      {"US", courier, "2025-08-29", "US-COURIER-2025-08"},
      {"US", courier, "2026-02-23", "US-COURIER-2025-08"},
      {"US", courier, "2026-02-24", "US-COURIER-2026-02"},
      {"US", courier, "2026-07-23", "US-COURIER-2026-02"},
      {"US", courier, "2026-07-24", "US-COURIER"},
      {"US", post, "2025-05-13", "US-POST-2025-05A"},
      {"US", post, "2025-05-14", "US-POST-2025-05B"},
      {"US", post_specific, "2026-02-23", "US-POST-SPECIFIC-2025-08"},
  }));
  CAPTURE(row.country, row.on);
  const ImportRules rules = shipped_rules();
  CHECK(must(rule_for(rules, {row.country, "CN", row.channel, ImportPurpose::personal, day(row.on)}))->id == row.rule);
}

TEST_CASE("a country or a part of one that is not offered is refused before anything is computed", "[import_rules]") {
  struct Row {
    const char* country;
    const char* postcode;
    bool is_offered;
  };
  const Row row = GENERATE(values<Row>({
      {"DE", "10115", true},
      {"FR", "75001", true},
      {"US", "94103", true},
      {"GB", "SW1A 1AA", true},
      {"GB", "B1 1AA", true},
      {"AU", "2000", true},
      {"JP", "100-0001", true},
      {"GB", "BT1 1AA", false},  // Northern Ireland
      {"GB", "bt11aa", false},
      {"GB", "JE2 3AB", false},
      {"FR", "97400", false},  // Réunion
      {"DE", "27498", false},  // Heligoland
      {"ES", "28001", false},
      {"BR", "01310-100", false},
      {"TR", "34000", false},
      {"", "", false},
  }));
  CAPTURE(row.country, row.postcode);
  const auto checked = check_destination(shipped_rules(), row.country, row.postcode);
  CHECK(checked.has_value() == row.is_offered);
  if (!checked) CHECK(checked.error().code == ErrorCode::not_offered);
}

TEST_CASE("two rules for the same parcel on the same day are refused by their names", "[import_rules]") {
  ImportRules rules = shipped_rules();
  rule_called(rules, "EU-2021").valid_until = day("2026-07-02");
  const std::string sentence = sentence_of(rules);
  CHECK(says(sentence, "EU-2021"));
  CHECK(says(sentence, "EU-FLAT3"));
}

TEST_CASE("an operator's rule of higher priority overrides without an overlap", "[import_rules]") {
  ImportRules rules = shipped_rules();
  ImportRule own = rule_called(rules, "EU-FLAT3");
  own.id = "OWN";
  own.priority = 20;
  own.valid_from = day("2026-09-01");
  rules.rules.push_back(own);
  REQUIRE(validate(rules).has_value());
  const RuleQuestion question{"DE", "CN", ImportChannel::courier, ImportPurpose::personal, day("2026-11-24")};
  CHECK(must(rule_for(rules, question))->id == "OWN");
}

TEST_CASE("a gap between two rules is refused unless the first may lapse", "[import_rules]") {
  ImportRules rules = shipped_rules();
  rule_called(rules, "EU-2021").valid_until = day("2026-06-30");
  const std::string sentence = sentence_of(rules);
  CHECK(says(sentence, "EU-2021"));
  CHECK(says(sentence, "EU-FLAT3"));
  CHECK(says(sentence, "2026-06-30"));
  rule_called(rules, "EU-2021").lapse = true;
  CHECK(validate(rules).has_value());
}

TEST_CASE("each mistake in a rules file is found and named", "[import_rules]") {
  ImportRules rules = shipped_rules();
  ImportRule& rule = rule_called(rules, "EU-FLAT3");
  SECTION("another format") {
    rules.format = "sampan-import-rules/2";
    CHECK(says(sentence_of(rules), "format"));
  }
  SECTION("no open last band") {
    rule.bands.pop_back();
    CHECK(says(sentence_of(rules), "last band"));
  }
  SECTION("bands that do not rise") {
    rule.bands.insert(rule.bands.begin(), rule.bands[0]);
    CHECK(says(sentence_of(rules), "rise"));
  }
  SECTION("a flat duty without an amount") {
    rule.bands[0].duty.amount.reset();
    CHECK(says(sentence_of(rules), "without an amount"));
  }
  SECTION("an amount finer than its currency") {
    rule.bands[0].duty.amount = RuleAmount{30'001};
    CHECK(says(sentence_of(rules), "finer"));
  }
  SECTION("an amount out of range") {
    rule.bands[0].duty.amount = RuleAmount{GENERATE(int64_t{-1}, int64_t{100'000'000'010'000})};
    CHECK(says(sentence_of(rules), "out of range"));
  }
  SECTION("a rate that needs a base") {
    rule.bands[1].duty.base.reset();
    CHECK(says(sentence_of(rules), "base"));
  }
  SECTION("a VAT that the country has not") {
    rules.vat.erase("FR");
    CHECK(says(sentence_of(rules), "FR"));
  }
  SECTION("an end before the beginning") {
    rule.valid_until = rule.valid_from;
    CHECK(says(sentence_of(rules), "ends before"));
  }
  SECTION("two rules of one name") {
    rule.id = "GB-2021";
    CHECK(says(sentence_of(rules), "GB-2021"));
  }
  SECTION("two tariff rows of one code and day") {
    rules.tariff.push_back(rules.tariff[0]);
    CHECK(says(sentence_of(rules), rules.tariff[0].hs));
  }
  SECTION("two fees of one name") {
    rules.fees.push_back(rules.fees[0]);
    CHECK(says(sentence_of(rules), rules.fees[0].id));
  }
  SECTION("rounding to nothing") {
    rule.rounding.vat.quantum = {};
    CHECK(says(sentence_of(rules), "rounds to nothing"));
  }
}

TEST_CASE("a rules file that is no such file is refused with the pointer of the first fault", "[import_rules]") {
  const auto context_of = [](std::string_view json) {
    const auto rules = parse_import_rules(json);
    REQUIRE(!rules.has_value());
    CHECK(rules.error().code == ErrorCode::bad_data);
    return rules.error().context;
  };
  CHECK(says(context_of("{"), "byte"));
  CHECK(says(context_of("{}"), "/format"));
  std::string text = file_text("assets/rules/import_rules.json");
  text.replace(text.find("\"amount\": \"3.00\""), 16, "\"amount\": 3.0000");
  CHECK(says(context_of(text), "/rules/1/bands/0/duty/amount"));
}

TEST_CASE("the longest prefix of the HS code names the duty, the empty one is the default", "[import_rules]") {
  struct Row {
    const char* hs;
    const char* layer;
    const char* prefix;
  };
  const Row row = GENERATE(values<Row>({
      {"420292", "", "420292"},
      {"420221", "", "4202"},
      {"610910", "", "6109"},
      {"610620", "", "61"},
      {"999999", "", ""},
      {"", "", ""},
      {"610910", "s301", "61"},
      {"392690", "s301", ""},
  }));
  CAPTURE(row.hs, row.layer);
  const ImportRules rules = shipped_rules();
  const TariffRow* const found = tariff_for(rules, "US", row.layer, row.hs, day("2026-11-24"));
  REQUIRE(found != nullptr);
  CHECK(found->hs == row.prefix);
}

TEST_CASE("of two rows of one prefix the later valid one speaks", "[import_rules]") {
  ImportRules rules = shipped_rules();
  const RuleRate later{RateFrom::text, 150'000, ""};
  rules.tariff.push_back({{"DE"}, "", "6109", later, day("2026-12-01"), std::nullopt, "test", Confidence::H});
  CHECK(tariff_for(rules, "DE", "", "610910", day("2026-11-30"))->rate.millionths == 120'000);
  CHECK(tariff_for(rules, "DE", "", "610910", day("2026-12-01"))->rate.millionths == 150'000);
}

}  // namespace sampan
