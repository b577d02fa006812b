// What a cart costs landed at home, promised until it expires.
//
// Unit    sums in minor units of the quote's currency; prices at the seller in CNY
// Errors  empty_cart, below_moq, not_a_lot, sold_out, not_offered, rate_stale
// Source  trade.md 3.5
#pragma once

#include <string>
#include <vector>

#include "shared/cart/cart.hpp"
#include "shared/quote/landed_cost.hpp"
#include "shared/stock/stock_level.hpp"

namespace sampan {

struct Recipient {
  std::string name;  // Latin letters
  std::string email;
  std::string phone;  // E.164
  std::string line1;
  std::string line2;
  std::string city;
  std::string region;
  std::string postcode;
  std::string country;  // ISO 3166-1 alpha-2
};
FIELDS(Recipient, name, email, phone, line1, line2, city, region, postcode, country)

// bad_input at the first field that customs or the carrier could not do with.
Result<void> check_recipient(const Recipient& recipient);

// A line of the cart as it was read upstream for the quote.
struct QuotedLine {
  OrderLineId order_line_id;
  CartLine line;
  SellerKey seller;
  std::string seller_name;
  std::string title;
  std::string title_translated;
  std::string picture;
  std::vector<OptionValue> options;
  std::string order_key;
  UnitPrice unit_price;
  Freshness freshness;
};
FIELDS(QuotedLine, order_line_id, line, seller, seller_name, title, title_translated, picture, options, order_key,
       unit_price, freshness)

// "alibaba1688:b2b-1": how the landed cost names a seller's part.
std::string part_name(const SellerKey& seller);

struct SellerFreight {
  SellerKey seller;
  Money freight;  // CNY, seller to warehouse
};
FIELDS(SellerFreight, seller, freight)

struct Quote {
  QuoteId quote_id;
  CartId cart_id;
  int64_t cart_version = 0;
  ShopperId shopper_id;
  std::vector<QuotedLine> lines;
  std::vector<SellerFreight> freights;
  LandedCostRequest request;  // all that the figures follow from: the quote can be replayed
  LandedCost landed;
  Instant created_at{};
  Instant expires_at{};
};
FIELDS(Quote, quote_id, cart_id, cart_version, shopper_id, lines, freights, request, landed, created_at, expires_at)

}  // namespace sampan
