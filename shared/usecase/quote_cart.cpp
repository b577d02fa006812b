#include "shared/usecase/quote_cart.hpp"

#include <algorithm>

#include "shared/database/cart_rows.hpp"
#include "shared/usecase/search_products.hpp"

namespace sampan {
namespace {

constexpr Duration import_day_ahead = days(14);  // when the parcel is expected at the border

struct Read {
  std::vector<ProductReading> products;  // one a product of the cart

  const ProductReading& of(const ProductKey& key) const {
    return *std::find_if(products.begin(), products.end(),
                         [&](const ProductReading& r) { return r.product.key == key; });
  }
};

Result<Read> read_cart(Ports& ports, const Cart& cart) {
  Read read;
  for (const CartLine& line : cart.lines) {
    const bool known = std::any_of(read.products.begin(), read.products.end(),
                                   [&](const ProductReading& r) { return r.product.key == line.product; });
    if (known) continue;
    TRY(ProductReading reading, read_product(ports, line.product));
    if (!reading.product.is_on_sale)
      return fail(ErrorCode::sold_out, "The seller has taken this off sale.", line.product.product_id.value);
    TRY_DO(check_is_buyable(reading.product));
    TRY_DO(check_quantity(reading.product, quantity_of(cart, line.product)));
    read.products.push_back(std::move(reading));
  }
  return read;
}

// Lines of one SKU with different policies share its stock.
int64_t pieces_of(const Cart& cart, const CartLine& line) {
  int64_t pieces = 0;
  for (const CartLine& each : cart.lines)
    if (each.product == line.product && each.sku_id == line.sku_id) pieces += each.quantity;
  return pieces;
}

Result<QuotedLine> quoted_line(const Ports& ports, const Cart& cart, const CartLine& line,
                               const ProductReading& reading) {
  TRY(const Sku sku, sku_of(reading.product, line.sku_id));
  const StockLevel level = stock_of(reading, line.sku_id);
  const int64_t wanted = pieces_of(cart, line);
  if (available(level, wanted) < wanted)
    return fail(ErrorCode::sold_out, "The seller has only " + std::to_string(level.quantity) + " of this.",
                line.sku_id.value);
  QuotedLine quoted;
  quoted.order_line_id = new_id<OrderLineId>(ports);
  quoted.line = line;
  quoted.seller = seller_of(reading.product);
  quoted.seller_name = reading.product.seller_name;
  quoted.title = reading.product.title;
  quoted.title_translated = reading.product.title_translated;
  quoted.picture =
      !sku.picture.empty() || reading.product.pictures.empty() ? sku.picture : reading.product.pictures.front();
  quoted.options = sku.options;
  quoted.order_key = sku.order_key;
  TRY(quoted.unit_price, unit_price_at(reading.product, sku, quantity_of(cart, line.product)));
  quoted.freshness = reading.freshness;
  return quoted;
}

LandedLine landed_line(const Ports& ports, const QuotedLine& quoted, const ProductReading& reading) {
  const Product& product = reading.product;
  const GoodsClass goods = goods_class(ports.terms.goods_classes, product.title, product.category);
  const auto sku = sku_of(product, quoted.line.sku_id);
  LandedLine line;
  line.line_id = quoted.order_line_id.value;
  line.quantity = quoted.line.quantity;
  line.unit_price = quoted.unit_price;
  line.hs6 = goods.hs6;
  line.goods = goods.goods;
  line.weight_grams =
      sku && sku->weight_grams ? *sku->weight_grams : product.weight_grams.value_or(ports.terms.assumed_piece_grams);
  line.size = product.size.value_or(PackedSize{});
  line.source = std::string(word(product.key.marketplace));
  line.as_of = reading.freshness.as_of;
  return line;
}

// The seller's own preview says the freight of its part, and must agree with the prices that were read.
Result<std::vector<SellerFreight>> freights_of(Ports& ports, const std::vector<QuotedLine>& lines) {
  std::vector<SellerFreight> freights;
  for (const QuotedLine& first : lines) {
    const bool known =
        std::any_of(freights.begin(), freights.end(), [&](const SellerFreight& f) { return f.seller == first.seller; });
    if (known) continue;
    PurchaseRequest request;
    request.seller_id = first.seller.seller_id;
    Money goods{0, cny()};
    for (const QuotedLine& line : lines) {
      if (!(line.seller == first.seller)) continue;
      request.items.push_back({line.line.product.product_id, line.line.sku_id, line.order_key, line.line.quantity});
      TRY(const Money price, line_total(line.unit_price, line.line.quantity));
      TRY(goods, add(goods, price));
    }
    TRY(Marketplace* const upstream, marketplace_of(ports, first.seller.marketplace));
    TRY(const PurchasePreview preview, upstream->preview_purchase(request));
    if (preview.goods != goods)
      return fail(ErrorCode::price_changed, "The seller changes prices right now; try again in a minute.",
                  text(preview.goods));
    freights.push_back({first.seller, preview.freight});
  }
  return freights;
}

Result<void> add_rates(LandedCostRequest& request, const RateTable& table, Currency quote_currency,
                       Currency rule_currency) {
  TRY(request.mid, mid_rate(table, cny(), quote_currency));
  if (rule_currency == quote_currency) return done();
  TRY(request.customs_rate, mid_rate(table, quote_currency, rule_currency));
  TRY(const Rate back, mid_rate(table, rule_currency, quote_currency));
  TRY(request.tax_rate, with_spread(back, request.spread_basis_points));
  return done();
}

struct Landed {
  LandedCostRequest request;
  LandedCost cost;
};

// Every lane that takes the goods; the cheapest at the door wins. The last refusal speaks when none does.
Result<Landed> cheapest(const Ports& ports, const LandedCostRequest& base, const RateTable& table, Currency currency) {
  std::optional<Landed> best;
  Error refusal{ErrorCode::not_offered, "No carrier of ours goes there yet.", base.destination};
  const ImportRules& rules = ports.terms.import_rules.back();
  for (const RateCard* lane : lanes_to(ports.terms.rate_cards, base.destination, base.day)) {
    LandedCostRequest request = base;
    request.rate_card_id = lane->id;
    TRY(request.is_remote, is_remote(ports.terms.rate_cards, *lane, base.postcode));
    TRY(const ImportRule* const rule, rule_for(rules, {base.destination, "CN", lane->channel, base.purpose, base.day}));
    TRY_DO(add_rates(request, table, currency, rule->currency));
    auto cost = landed_cost(request, rules, *lane);
    if (!cost && cost.error().code != ErrorCode::not_offered) return tl::unexpected(cost.error());
    if (!cost)
      refusal = cost.error();
    else if (!best || cost->total.minor < best->cost.total.minor)
      best = Landed{std::move(request), *std::move(cost)};
  }
  if (!best) return tl::unexpected(refusal);
  return *std::move(best);
}

struct Before {
  Cart cart;
  RateTable rates;
};

Result<Quote> make_quote(Ports& ports, const Before& before, const QuoteCart& command) {
  const Cart& cart = before.cart;
  if (cart.lines.empty()) return fail(ErrorCode::empty_cart, "The cart is empty.");
  TRY_DO(check_destination(ports.terms.import_rules.back(), command.country, command.postcode));
  TRY_DO(check_age(before.rates.published_at, ports.now()));
  TRY(const Read read, read_cart(ports, cart));

  Quote quote;
  quote.quote_id = new_id<QuoteId>(ports);
  quote.cart_id = cart.cart_id;
  quote.cart_version = cart.version;
  quote.shopper_id = cart.shopper_id;
  LandedCostRequest request;
  for (const CartLine& line : cart.lines) {
    TRY(const QuotedLine quoted, quoted_line(ports, cart, line, read.of(line.product)));
    request.lines.push_back(landed_line(ports, quoted, read.of(line.product)));
    quote.lines.push_back(quoted);
  }
  TRY(quote.freights, freights_of(ports, quote.lines));
  for (const SellerFreight& part : quote.freights)
    request.freights.push_back(
        {part_name(part.seller), part.freight, std::string(word(part.seller.marketplace)), ports.now()});
  request.service_fee = ports.terms.service_fee;
  request.destination = command.country;
  request.postcode = command.postcode;
  request.day = day_at(ports.now() + import_day_ahead);
  request.rules_revision = ports.terms.import_rules.back().revision;
  request.packaging_grams = ports.terms.packaging_grams;
  request.spread_basis_points = ports.terms.spread_basis_points;
  request.registrations = ports.terms.registrations;
  TRY(Landed landed, cheapest(ports, request, before.rates, command.currency));
  quote.request = std::move(landed.request);
  quote.landed = std::move(landed.cost);
  quote.created_at = ports.now();
  quote.expires_at = quote.created_at + ports.terms.quote_window;
  return quote;
}

}  // namespace

Result<Quote> quote_cart(Ports& ports, const ShopperId& shopper_id, const QuoteCart& command) {
  TRY(const Before before, transact<Before>(ports.database, [&](Transaction& tx) -> Result<Before> {
        TRY(Cart cart, load_cart(tx, shopper(shopper_id), command.cart_id));
        TRY(RateTable rates, load_latest_rates(tx));
        return Before{std::move(cart), std::move(rates)};
      }));

  TRY(const Quote quote, make_quote(ports, before, command));

  TRY_DO(ports.database.transact([&](Transaction& tx) { return insert_quote(tx, quote); }));
  return quote;
}

}  // namespace sampan
