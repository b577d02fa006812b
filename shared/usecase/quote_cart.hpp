// What a cart costs landed at home: every line read again upstream, the seller's freight by its own preview, the lane
// that comes out cheapest, duty and tax by the rules of the day.
//
// Errors  empty_cart, below_moq, not_a_lot, sold_out, not_found, not_offered, rate_stale
#pragma once

#include "shared/quote/quote.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

struct QuoteCart {
  CartId cart_id;
  std::string country;
  std::string postcode;
  Currency currency;
};
FIELDS(QuoteCart, cart_id, country, postcode, currency)

Result<Quote> quote_cart(Ports& ports, const ShopperId& shopper_id, const QuoteCart& command);

}  // namespace sampan
