#include "shared/core/currency.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace sampan {

TEST_CASE("a currency knows the digits of its minor unit", "[currency]") {
  struct Case {
    const char* codes;
    int digits;
  };
  const Case c = GENERATE(values<Case>({
      {"BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", 0},
      {"BHD IQD JOD KWD LYD OMR TND", 3},
      {"CLF UYW", 4},
      {"AED AUD BRL CAD CHF CNY EUR GBP HKD INR MXN NZD SGD THB TWD USD ZAR", 2},
      {"BGN SLE XCG ZWG", 2},  // ended for the euro, or younger than the list
  }));
  const std::string_view codes = c.codes;
  for (size_t at = 0; at < codes.size(); at += 4) {
    const std::string_view code = codes.substr(at, 3);
    CAPTURE(code);
    const auto parsed = parse_currency(code);
    REQUIRE(parsed.has_value());
    CHECK(parsed->digits() == c.digits);
    CHECK(parsed->code() == code);
  }
}

TEST_CASE("metals, test codes and what is no code are not money", "[currency]") {
  const char* const code = GENERATE("XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA",
                                    "XX"
                                    "X",
                                    "", "EU", "EURO", "eur", "Eur", "E R", "EUR ", " EU", "ABC", "R E", "人民币");
  CAPTURE(code);
  const auto parsed = parse_currency(code);
  REQUIRE(!parsed.has_value());
  CHECK(parsed.error().code == ErrorCode::bad_input);
}

TEST_CASE("no currency is equal to nothing that is money", "[currency]") {
  CHECK(Currency{} != cny());
  CHECK(Currency{} == Currency{});
  CHECK(Currency{}.code().empty());
  CHECK(cny() == currency("CNY"));
  CHECK(currency("EUR") != currency("USD"));
}

}  // namespace sampan
