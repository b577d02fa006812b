// The rules and rate cards that Sampan ships, and small values that the tests of a quote speak in.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "shared/quote/import_rules.hpp"
#include "shared/quote/rate_card.hpp"

namespace sampan {

inline std::string file_text(const std::string& path) {
  std::ifstream file(SAMPAN_SOURCE_ROOT "/" + path, std::ios::binary);
  INFO(path);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class T>
T must(Result<T> result) {
  INFO((result ? "" : result.error().sentence + " [" + result.error().context + "]"));
  REQUIRE(result.has_value());
  return *std::move(result);
}

inline ImportRules shipped_rules() { return must(parse_import_rules(file_text("assets/rules/import_rules.json"))); }
inline RateCards shipped_cards() { return must(parse_rate_cards(file_text("assets/rules/rate_cards.json"))); }

inline Money in(std::string_view currency_code, std::string_view amount) {
  return must(parse_money(amount, currency(currency_code)));
}
inline Day day(std::string_view text) { return must(parse_day(text)); }

}  // namespace sampan
