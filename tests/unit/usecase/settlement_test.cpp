// The journal of one order, to the cent: trade.md 3.7. Three things differ from the examples there on purpose: the
// service fee is earned when the parcel ships, not when the goods are bought, since until then an order that comes to
// nothing gives it back; and the wallet (2100) is not part of it, money comes from the provider (1100) and is owed back
// to the shopper (2500). And of a dearer price the fee's share differs by a cent, see journal 4.
#include "shared/usecase/settlement.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <map>

#include "tests/unit/usecase/lp1.hpp"

namespace sampan {
namespace {

using Lines = std::vector<std::string>;

Entry blank() { return {{"ent_1"}, "test", {"ord_1"}, {}, {}}; }

// Each posting as "account EUR 1.00", debit positive. It balances per currency, or the test fails.
Lines booked(const Entry& entry) {
  Lines lines;
  for (const Posting& posting : must(balanced(entry)).postings)
    lines.push_back(std::string(word(posting.account)) + " " + text(posting.amount));
  return lines;
}

Charge charge() { return must(charge_of(lp1::order().landed)); }
Charge charge_of_wanted(const Purchase& purchase) {
  return must(charge_of(must(reland(lp1::order(), {purchase}, lp1::terms()))));
}

// What is left on each account after some entries.
class Books {
 public:
  void book(const Entry& entry) {
    for (const Posting& posting : must(balanced(entry)).postings)
      sums_[std::string(word(posting.account)) + " " + std::string(posting.amount.currency.code())] +=
          posting.amount.minor;
  }
  int64_t of(const std::string& account) { return sums_[account]; }
  void check_escrow_is_empty() {
    for (const char* const part : {"goods", "fee", "ship", "duty"}) {
      CAPTURE(part);
      CHECK(of(std::string("escrow_") + part + " EUR") == 0);
    }
  }

 private:
  std::map<std::string, int64_t> sums_;
};

}  // namespace

TEST_CASE("a landed cost falls into five parts that are its total", "[settlement]") {
  const Charge parts = charge();
  CHECK(parts.goods == in("EUR", "38.16"));
  CHECK(parts.fee == in("EUR", "1.91"));
  CHECK(parts.ship == in("EUR", "12.70"));
  CHECK(parts.duty == in("EUR", "6.00"));
  CHECK(parts.vat == in("EUR", "11.17"));
  CHECK(total(parts) == in("EUR", "69.94"));
}

TEST_CASE("every kind of cost stands in one part", "[settlement]") {
  struct Case {
    LandedKind kind;
    Money Charge::* part;
  };
  using enum LandedKind;
  const std::vector<Case> cases{
      {line, &Charge::goods},
      {domestic_freight, &Charge::goods},
      {service_fee, &Charge::fee},
      {insurance, &Charge::ship},
      {international_freight, &Charge::ship},
      {duty, &Charge::duty},
      {fee, &Charge::duty},
      {vat, &Charge::vat},
  };
  CHECK(words(static_cast<LandedKind*>(nullptr)).size() == cases.size());
  for (const Case& c : cases) {
    CAPTURE(word(c.kind));
    LandedCost landed;
    landed.total = in("EUR", "0.00");
    landed.components.push_back({c.kind, "x", std::nullopt, in("EUR", "1.00"), "", "", std::nullopt, {}, std::nullopt});
    const Charge parts = must(charge_of(landed));
    CHECK(parts.*c.part == in("EUR", "1.00"));
    CHECK(total(parts) == in("EUR", "1.00"));
  }
}

TEST_CASE("journal 2: a captured payment fills the escrow and owes the VAT; the provider's fee is ours",
          "[settlement]") {
  CHECK(booked(entry_of_capture(charge(), in("EUR", "69.94"), blank())) ==
        Lines{"psp_clearing EUR 69.94", "escrow_goods EUR -38.16", "escrow_fee EUR -1.91", "escrow_ship EUR -12.70",
              "escrow_duty EUR -6.00", "vat_payable EUR -11.17"});
  CHECK(booked(entry_of_provider_fee(in("EUR", "1.75"), blank())) ==
        Lines{"psp_fee EUR 1.75", "psp_clearing EUR -1.75"});
}

TEST_CASE("journal 3: goods bought at what was quoted release their escrow, the spread is ours", "[settlement]") {
  CHECK(booked(must(entry_of_placement(lp1::order(), lp1::purchase(), blank()))) ==
        Lines{"escrow_goods EUR 38.16", "fx_clearing EUR -37.42", "fx_spread EUR -0.74", "fx_clearing CNY 290.90",
              "upstream_payable CNY -290.90"});
}

TEST_CASE("journal 4: the difference of a dearer price is goods, fee and VAT", "[settlement]") {
  Purchase dearer = lp1::purchase();
  dearer.lines[0].unit_price = {2'090'000};  // ¥10.00 more
  const Charge more = must(difference(charge_of_wanted(dearer), charge()));
  CHECK(more.goods == in("EUR", "1.31"));
  // The example converts the fee's ¥0.50 (0.07); a charge is always a landed cost as a whole, so it is 1.97 − 1.91.
  CHECK(more.fee == in("EUR", "0.06"));
  CHECK(more.ship == in("EUR", "0.00"));
  CHECK(more.duty == in("EUR", "0.00"));
  CHECK(more.vat == in("EUR", "0.26"));
  CHECK(total(more) == in("EUR", "1.63"));
}

TEST_CASE("journal 5: a line sold out before buying gives back its goods, fee, duty and VAT", "[settlement]") {
  Purchase shirts_only = lp1::purchase();
  shirts_only.lines[1].quantity = 0;
  const GivenBack back = must(entry_of_lower_charge(charge(), charge_of_wanted(shirts_only), blank()));
  CHECK(back.refund == in("EUR", "16.68"));
  CHECK(booked(back.entry) == Lines{"escrow_goods EUR 10.48", "escrow_fee EUR 0.53", "escrow_duty EUR 3.00",
                                    "vat_payable EUR 2.67", "refunds_payable EUR -16.68"});
}

TEST_CASE("journal 6: a shipped parcel releases freight and duty, earns the margin and the fee", "[settlement]") {
  CHECK(booked(must(entry_of_shipping(lp1::order(), charge(), in("CNY", "91.20"), blank()))) ==
        Lines{"escrow_ship EUR 12.70", "fx_clearing EUR -11.73", "shipping_margin EUR -0.97", "escrow_duty EUR 6.00",
              "duties_payable EUR -6.00", "escrow_fee EUR 1.91", "service_fee EUR -1.91", "fx_clearing CNY 91.20",
              "shipping_payable CNY -91.20"});
}

TEST_CASE("a carrier that bills more than was charged is a loss of ours, not the shopper's", "[settlement]") {
  const Lines lines = booked(must(entry_of_shipping(lp1::order(), charge(), in("CNY", "120.00"), blank())));
  CHECK(lines[1] == "fx_clearing EUR -15.43");
  CHECK(lines[2] == "shipping_margin EUR 2.73");
}

TEST_CASE("journal 7: a lost parcel gives back all but the fee", "[settlement]") {
  const GivenBack back = must(entry_of_lost_parcel(charge(), blank()));
  CHECK(back.refund == in("EUR", "68.03"));
  CHECK(booked(back.entry) == Lines{"compensation EUR 50.86", "duties_payable EUR 6.00", "vat_payable EUR 11.17",
                                    "refunds_payable EUR -68.03"});
}

TEST_CASE("a seller's refund is the placement mirrored, into the prepaid balance", "[settlement]") {
  const Lines placed = booked(must(entry_of_placement(lp1::order(), lp1::purchase(), blank())));
  const Lines mirrored = booked(must(entry_of_seller_refund(lp1::order(), lp1::purchase(), blank())));
  CHECK(mirrored == Lines{"escrow_goods EUR -38.16", "fx_clearing EUR 37.42", "fx_spread EUR 0.74",
                          "fx_clearing CNY -290.90", "upstream_prepaid CNY 290.90"});
  CHECK(mirrored.size() == placed.size());
}

TEST_CASE("a charge that rises without anybody's consent is compensation, and nothing is refunded", "[settlement]") {
  Purchase dearer = lp1::purchase();
  dearer.lines[0].unit_price = {2'090'000};
  const GivenBack back = must(entry_of_lower_charge(charge(), charge_of_wanted(dearer), blank()));
  CHECK(back.refund == in("EUR", "0.00"));
  CHECK(booked(back.entry) ==
        Lines{"escrow_goods EUR -1.31", "escrow_fee EUR -0.06", "vat_payable EUR -0.26", "compensation EUR 1.63"});
}

TEST_CASE("a charge that stays books nothing", "[settlement]") {
  const GivenBack back = must(entry_of_lower_charge(charge(), charge_of_wanted(lp1::purchase()), blank()));
  CHECK(booked(back.entry).empty());
  CHECK(back.refund == in("EUR", "0.00"));
}

TEST_CASE("an order of which nothing is wanted costs nothing", "[settlement]") {
  Purchase nothing = lp1::purchase();
  for (PurchaseLine& line : nothing.lines) line.quantity = 0;
  const LandedCost landed = must(reland(lp1::order(), {nothing}, lp1::terms()));
  CHECK(landed.total == in("EUR", "0.00"));
  CHECK(must(entry_of_lower_charge(charge(), must(charge_of(landed)), blank())).refund == in("EUR", "69.94"));
}

TEST_CASE("an order is charged anew under its own rules, or not at all", "[settlement]") {
  TradeTerms later = lp1::terms();
  later.import_rules.back().revision = "2027-01-01.1";
  CHECK(reland(lp1::order(), {lp1::purchase()}, later).error().code == ErrorCode::bad_data);
}

TEST_CASE("a seller's part is its own lines and its own freight", "[settlement]") {
  Purchase shoes = lp1::purchase();
  shoes.lines.erase(shoes.lines.begin());
  CHECK(goods_of(lp1::order().landed, shoes) == in("EUR", "12.05"));  // 10.48 and the freight 1.57
  shoes.seller.seller_id = {"another"};
  CHECK(goods_of(lp1::order().landed, shoes) == in("EUR", "10.48"));
}

TEST_CASE("the escrow of an order is empty when it has come to its end, whichever end", "[settlement]") {
  Books books;
  Order order = lp1::order();
  Purchase purchase = lp1::purchase();
  books.book(entry_of_capture(charge(), order.landed.total, blank()));
  books.book(entry_of_provider_fee(in("EUR", "1.75"), blank()));
  CHECK(books.of("escrow_goods EUR") == -3'816);
  const auto charge_anew = [&] {
    const LandedCost landed = must(reland(order, {purchase}, lp1::terms()));
    const Charge before = must(charge_of(order.landed));
    books.book(must(entry_of_lower_charge(before, must(charge_of(landed)), blank())).entry);
    order.landed = landed;
  };

  SECTION("all of it is bought and shipped") {
    books.book(must(entry_of_placement(order, purchase, blank())));
    books.book(must(entry_of_shipping(order, charge(), in("CNY", "91.20"), blank())));
    CHECK(books.of("service_fee EUR") == -191);
    CHECK(books.of("refunds_payable EUR") == 0);
  }
  SECTION("the shoes are sold out, the shirts are bought and shipped") {
    purchase.lines[1].quantity = 0;
    charge_anew();
    purchase.bought = {{{"up_1"}, in("CNY", "211.00")}};
    books.book(must(entry_of_placement(order, purchase, blank())));
    books.book(must(entry_of_shipping(order, must(charge_of(order.landed)), in("CNY", "91.20"), blank())));
    CHECK(books.of("refunds_payable EUR") == -1'668);
    CHECK(books.of("service_fee EUR") == -138);
  }
  SECTION("the seller gives all of it back") {
    books.book(must(entry_of_placement(order, purchase, blank())));
    books.book(must(entry_of_seller_refund(order, purchase, blank())));
    for (PurchaseLine& line : purchase.lines) line.quantity = 0;
    charge_anew();
    CHECK(books.of("refunds_payable EUR") == -6'994);
    CHECK(books.of("vat_payable EUR") == 0);
    CHECK(books.of("fx_clearing EUR") == 0);
    CHECK(books.of("fx_clearing CNY") == 0);
    CHECK(books.of("fx_spread EUR") == 0);
  }
  SECTION("nothing is bought at all") {
    for (PurchaseLine& line : purchase.lines) line.quantity = 0;
    charge_anew();
    CHECK(books.of("refunds_payable EUR") == -6'994);
    CHECK(books.of("psp_fee EUR") == 175);
  }
  books.check_escrow_is_empty();
}

}  // namespace sampan
