// Buying of JD by VOP: what the lines cost now, and the order itself (submitOrder), reserved first and confirmed when it is
// paid.
//
// Unit    sums in fen; prices on the wire in yuan
// Errors  bad_request before anything is sent: no lines, more than 50, less than one piece, another key than the SKU's own ·
//         of what is offered: not_found (unknown or off the shelf), sold_out (no stock for so many, or no quote), rejected
//         (not sold to our region) · price_changed when JD's price is no longer that of the preview
// Trap    one thirdOrder is one order: 0008 answers a repeat with the order that is there, which must be of the goods and
//         at the price that were asked for · gifts are declined: one that is out of stock refuses the whole order (3008)
// Unsure  how a price in orderPriceSnap is written: as a number with two decimals
// Source  upstream.md 5.3
#pragma once

#include <string>
#include <vector>

#include "shared/marketplace/jd/offer.hpp"
#include "shared/marketplace/jd/order.hpp"

namespace sampan::jd {

inline constexpr size_t most_lines = 50;

// The warehouse, as JD's addresses know it.
struct ShipTo {
  std::string name;  // at most 20 characters
  std::string mobile;
  std::string email;
  Area area;
  std::string address;  // at most 100 characters
};

// As the contract has it: an invoice to a company for all orders together.
struct Invoice {
  int64_t state = 2;
  int64_t type = 2;
  int64_t title = 5;
  int64_t content = 1;
  std::string company_name;
};

struct BuyerTerms {
  ShipTo ship_to;
  Invoice invoice;
  int64_t payment_type = 4;  // the prepaid balance; 101 credit
};

// The lines as JD takes them: each SKU once. bad_request for what JD cannot order.
Result<std::vector<SkuQuantity>> lines_of(const PurchaseRequest& request);

std::vector<SkuId> skus_of(const std::vector<SkuQuantity>& lines);

// Whether each line may be bought; the first that may not says why.
Result<void> check_states(const std::vector<SkuQuantity>& lines, const std::vector<SkuState>& states);
Result<void> check_stock(const std::vector<SkuQuantity>& lines, const std::vector<AreaStock>& stock);
Result<void> check_area(const std::vector<SkuQuantity>& lines, const std::vector<AreaLimit>& limits);

struct PricedLine {
  SkuQuantity line;
  UnitPrice price;
};
Result<std::vector<PricedLine>> priced(const std::vector<SkuQuantity>& lines, const std::vector<SellPrice>& prices);
Result<Money> goods_of(const std::vector<PricedLine>& lines);

VopCall submit_call(const PurchaseId& purchase_id, const std::vector<PricedLine>& lines, const BuyerTerms& terms);

struct Submitted {
  UpstreamOrder order;
  bool was_there = false;  // 0008
};
FIELDS(Submitted, order, was_there)
Result<Submitted> parse_submitted(const Json& reply);

// rejected, unless it is of these lines at these prices.
Result<void> check_is_of(const UpstreamOrder& order, const std::vector<PricedLine>& lines);

}  // namespace sampan::jd
