// The address that a parcel can go to, and the terms that a quote is replayed under.
#include "shared/quote/quote.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "shared/quote/terms.hpp"

namespace sampan {
namespace {

const Recipient home{
    "Anna Schmidt", "anna@example.com", "+4930123456", "Lindenstr. 5", "", "Berlin", "", "10969", "DE"};

std::string times(size_t count, const std::string& text) {
  std::string all;
  for (size_t i = 0; i < count; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("a complete address is taken", "[quote]") {
  const char* const name = GENERATE("Anna Schmidt", "Jürgen Müller", "Zoë O’Hara", "Łukasz Żółć", "Nguyễn Thị Ánh");
  CAPTURE(name);
  Recipient recipient = home;
  recipient.name = name;
  recipient.phone = "+49 30 123456";
  CHECK(check_recipient(recipient));
}

TEST_CASE("an address is refused at the first field that the carrier cannot use", "[quote]") {
  struct Case {
    const char* why;
    std::string Recipient::* field;
    std::string value;
    const char* says;
  };
  const Case c = GENERATE(values<Case>({
      {"no name", &Recipient::name, "", "name"},
      {"a name of only spaces", &Recipient::name, "   ", "name"},
      {"a name longer than a label", &Recipient::name,
       "Anna Schmidt Schmidt Schmidt Schmidt Schmidt Schmidt Schmidt Schmidt", "60"},
      {"a name in Chinese", &Recipient::name, "安娜", "Latin"},
      {"a city in Cyrillic", &Recipient::city, "Москва", "Latin"},
      {"a phone number of letters", &Recipient::phone, "+abcdefgh", "+"},
      {"a phone number too long", &Recipient::phone, "+4930123456789012", "+"},
      {"a name with a control character", &Recipient::name, "Anna\nSchmidt", "Latin"},
      {"no street", &Recipient::line1, "", "street"},
      {"a street too long for the label", &Recipient::line1, times(36, "a"), "35"},
      {"a second line too long", &Recipient::line2, times(36, "a"), "35"},
      {"no city", &Recipient::city, "", "city"},
      {"no postcode", &Recipient::postcode, "", "postcode"},
      {"no phone", &Recipient::phone, "", "phone"},
      {"a phone number without a country", &Recipient::phone, "030123456", "+"},
      {"a phone number too short", &Recipient::phone, "+493012", "+"},
      {"no e-mail", &Recipient::email, "", "e-mail"},
      {"an e-mail address without an at", &Recipient::email, "anna", "e-mail"},
  }));
  CAPTURE(c.why);
  Recipient recipient = home;
  recipient.*c.field = c.value;
  const auto checked = check_recipient(recipient);
  REQUIRE(!checked);
  CHECK(checked.error().code == ErrorCode::bad_input);
  CHECK(checked.error().sentence.find(c.says) != std::string::npos);
}

TEST_CASE("an address line is counted in characters, as it is printed", "[quote]") {
  Recipient recipient = home;
  recipient.line1 = times(35, "ß");
  CHECK(check_recipient(recipient));
  recipient.line1 = times(36, "ß");
  CHECK(!check_recipient(recipient));
}

TEST_CASE("what a person may leave out is the second line and the region", "[quote]") {
  Recipient recipient = home;
  recipient.line2 = times(35, "a");
  recipient.region = "Berlin";
  CHECK(check_recipient(recipient));
}

TEST_CASE("a seller's part is named by its marketplace and its seller", "[quote]") {
  CHECK(part_name({MarketplaceName::alibaba1688, {"b2b-1"}}) == "alibaba1688:b2b-1");
  CHECK(part_name({MarketplaceName::jd, {"b2b-1"}}) == "jd:b2b-1");
}

TEST_CASE("a quote finds the very revision and lane that it was made by, or is not replayed", "[quote]") {
  TradeTerms terms;
  terms.import_rules.resize(2);
  terms.import_rules[0].revision = "2026-06-01.1";
  terms.import_rules[1].revision = "2026-11-24.1";
  REQUIRE(import_rules_of(terms, "2026-06-01.1"));
  CHECK(*import_rules_of(terms, "2026-06-01.1") == &terms.import_rules[0]);
  CHECK(*import_rules_of(terms, "2026-11-24.1") == &terms.import_rules[1]);

  const auto gone = import_rules_of(terms, "2025-01-01.1");
  REQUIRE(!gone);
  CHECK(gone.error().code == ErrorCode::bad_data);
  CHECK(gone.error().context == "2025-01-01.1");

  LandedCostRequest request;
  request.rules_revision = "2025-01-01.1";
  CHECK(landed_cost(request, terms).error().code == ErrorCode::bad_data);
  request.rules_revision = "2026-11-24.1";
  request.rate_card_id = "a lane that is not kept";
  CHECK(landed_cost(request, terms).error().code == ErrorCode::bad_data);
}

}  // namespace sampan
