#include "shared/core/currency.hpp"

#include <algorithm>
#include <cassert>

namespace sampan {
namespace {

constexpr std::string_view two_digits =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC "
    "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD "
    "KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK "
    "NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB "
    "TJS TMT TOP TRY TTD TWD TZS UAH USD UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";
constexpr std::string_view no_digits = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
constexpr std::string_view three_digits = "BHD IQD JOD KWD LYD OMR TND";
constexpr std::string_view four_digits = "CLF UYW";

bool lists(std::string_view table, std::string_view code) {
  for (size_t at = 0; at + 3 <= table.size(); at += 4)
    if (table.substr(at, 3) == code) return true;
  return false;
}

}  // namespace

Result<Currency> parse_currency(std::string_view code) {
  const auto made = [&](int8_t digits) { return Currency({code[0], code[1], code[2]}, digits); };
  if (code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
    if (lists(two_digits, code)) return made(2);
    if (lists(no_digits, code)) return made(0);
    if (lists(three_digits, code)) return made(3);
    if (lists(four_digits, code)) return made(4);
  }
  return fail(ErrorCode::bad_input, "This is not a currency: use an ISO 4217 code such as EUR.", std::string(code));
}

Currency currency(std::string_view code) {
  const auto parsed = parse_currency(code);
  assert(parsed.has_value());
  return *parsed;
}

Currency cny() {
  static const Currency yuan = currency("CNY");
  return yuan;
}

}  // namespace sampan
