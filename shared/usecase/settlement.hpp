// How an order's money follows what was really bought: its parts in escrow, what a change gives back, and the entries.
//
// Unit    minor units of the order's currency; CNY where it says so
// Errors  overflow, currency_mismatch, bad_data
// Source  trade.md 3.7; an order's escrow is zero once it is closed
#pragma once

#include <vector>

#include "shared/ledger/ledger.hpp"
#include "shared/order/order.hpp"
#include "shared/purchase/purchase.hpp"
#include "shared/quote/charge.hpp"
#include "shared/quote/terms.hpp"

namespace sampan {

// One seller's part of the goods: its lines and its freight.
Result<Money> goods_of(const LandedCost& landed, const Purchase& purchase);

// The landed cost of what is still wanted of an order, under the quote's own rules and rates. Nothing wanted: zero.
Result<LandedCost> reland(const Order& order, const std::vector<Purchase>& purchases, const TradeTerms& terms);

// A held purchase at the seller's new prices, as the shopper agrees to them.
Purchase as_proposed(Purchase purchase);

// The landed cost of the order if that purchase goes on as it is proposed.
Result<LandedCost> reland_as_proposed(const Order& order, std::vector<Purchase> purchases,
                                      const PurchaseId& purchase_id, const TradeTerms& terms);

// The quoted goods of one purchase are released to its seller: what it cost at the mid rate, and the spread.
Result<Entry> entry_of_placement(const Order& order, const Purchase& purchase, Entry blank);
// The seller gave the money back: the placement in reverse.
Result<Entry> entry_of_seller_refund(const Order& order, const Purchase& purchase, Entry blank);

// A captured payment fills the escrow. The provider's fee is ours, and an entry of its own: it may be told later.
Entry entry_of_capture(const Charge& charge, Money whole, Entry blank);
Entry entry_of_provider_fee(Money fee, Entry blank);

// A charge that fell gives back the difference; one that rose (fewer pieces can be dearer) is ours.
struct GivenBack {
  Entry entry;
  Money refund;  // zero or more
};
Result<GivenBack> entry_of_lower_charge(const Charge& before, const Charge& after, Entry blank);

Result<Entry> entry_of_shipping(const Order& order, const Charge& charge, Money carrier_price, Entry blank);
// All but our fee goes back.
Result<GivenBack> entry_of_lost_parcel(const Charge& charge, Entry blank);

}  // namespace sampan
