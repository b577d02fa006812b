#include "shared/marketplace/jd/jd.hpp"

#include <algorithm>
#include <utility>

#include "shared/marketplace/jd/search.hpp"
#include "shared/marketplace/jd/track.hpp"

namespace sampan {
namespace {

using jd::JosCall;
using jd::VopCall;

constexpr int64_t one_piece = 1;  // asked for less than 5, JD tells how many there are
constexpr size_t most_pool_rounds = 5;

template <class T>
Result<T> with_code(Result<T> result, ErrorCode from, ErrorCode to) {
  if (!result && result.error().code == from) result.error().code = to;
  return result;
}

// JD says "no data" of a list that is empty.
template <class T>
Result<T> or_none(Result<T> list) {
  if (!list && list.error().code == ErrorCode::not_found) return T{};
  return list;
}

std::string_view api_of(const JosCall& call) { return call.method; }
std::string_view api_of(const VopCall& call) { return call.api; }

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_outside_pool(ErrorCode code) { return code == ErrorCode::not_offered || code == ErrorCode::not_found; }

bool is_over(UpstreamState state) { return state == UpstreamState::closed || state == UpstreamState::refunded; }

bool is_paid(UpstreamState state) { return state != UpstreamState::awaiting_payment && !is_over(state); }

bool was_shipped(UpstreamState state) { return state == UpstreamState::shipped || state == UpstreamState::received; }

// JD's answer leaves open whether the call was understood; the order itself knows.
bool is_settled_by_the_order(ErrorCode code) {
  return code == ErrorCode::rejected || code == ErrorCode::outcome_unknown || code == ErrorCode::bad_request;
}

// Whether `id` stands in the text as a number of its own.
bool names(std::string_view text, std::string_view id) {
  const auto is_digit = [&](size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  for (size_t at = text.find(id); at != std::string_view::npos; at = text.find(id, at + 1))
    if ((at == 0 || !is_digit(at - 1)) && !is_digit(at + id.size())) return true;
  return false;
}

std::vector<jd::SkuQuantity> one_of_each(const std::vector<SkuId>& skus) {
  std::vector<jd::SkuQuantity> quantities;
  for (const SkuId& each : skus) quantities.push_back({each, one_piece});
  return quantities;
}

// The asked one first, then its variants.
std::vector<SkuId> asked_first(const SkuId& asked, const std::vector<jd::Variant>& variants) {
  std::vector<SkuId> skus = {asked};
  for (const jd::Variant& each : variants)
    if (!(each.sku_id == asked) && skus.size() < jd::most_skus_a_call) skus.push_back(each.sku_id);
  return skus;
}

}  // namespace

Jd::Jd(JdSettings settings, JdGateways gateways, SignCall sign, std::function<Instant()> now)
    : settings_(std::move(settings)), gateways_(std::move(gateways)), sign_(std::move(sign)), now_(std::move(now)) {}

Result<Json> Jd::ask(const JosCall& call) {
  std::vector<Parameter> parameters = jd::jos_parameters(call, settings_.app_key, now_());
  parameters.push_back({"sign", sign_(parameters)});
  TRY(const HttpReply reply, gateways_.jos(jd::jos_request(parameters)));
  return jd::read_jos_reply(reply);
}

Result<Json> Jd::ask(const VopCall& call) {
  const auto sent = [&]() -> Result<HttpReply> {
    TRY(const std::string token, settings_.vop_token());
    return gateways_.vop(jd::vop_request(settings_.vop_prefix, call, token));
  };
  TRY(HttpReply reply, sent());
  // Refused for its token, the call had no effect: it may be made again, whatever it is.
  if (settings_.renew_token && jd::is_token_answer(reply) && settings_.renew_token()) {
    TRY(reply, sent());
  }
  return jd::read_vop_reply(reply);
}

template <class Call, class Parse>
auto Jd::read(const Call& call, const Parse& parse) {
  auto result =
      ask(call).and_then(parse).map_error([&](Error error) { return within(std::move(error), api_of(call)); });
  return with_code(std::move(result), ErrorCode::outcome_unknown, ErrorCode::retry_later);
}

template <class Parse>
auto Jd::change(const VopCall& call, const Parse& parse) {
  auto result = ask(call).and_then(parse).map_error([&](Error error) { return within(std::move(error), call.api); });
  return with_code(std::move(result), ErrorCode::bad_reply, ErrorCode::outcome_unknown);
}

Result<SearchPage> Jd::search(const ProductSearch& search) {
  auto page = read(jd::search_call(search), jd::parse_search);
  if (!page && page.error().code == ErrorCode::not_found) return SearchPage{};
  return page;
}

Result<ProductReading> Jd::read_product(const ProductId& product_id) {
  if (!is_digits(product_id.value)) return read_outside_pool(product_id);
  auto reading = read_in_pool({product_id.value});
  if (!reading && is_outside_pool(reading.error().code)) return read_outside_pool(product_id);
  return reading;
}

// One SKU outside the pool makes JD refuse the list: those that it names are left out of `skus`, but for the first.
template <class MakeCall, class Parse>
auto Jd::read_of_pool(std::vector<SkuId>& skus, const MakeCall& make_call, const Parse& parse) {
  auto rows = read(make_call(skus), parse);
  for (size_t round = 1; !rows && is_outside_pool(rows.error().code) && skus.size() > 1; ++round) {
    const std::string said = rows.error().context;
    const auto is_refused = [&](const SkuId& each) { return names(said, each.value); };
    const auto kept = std::remove_if(skus.begin() + 1, skus.end(), is_refused);
    const bool is_clear = kept != skus.end() && round < most_pool_rounds;
    skus.erase(is_clear ? kept : skus.begin() + 1, skus.end());
    rows = read(make_call(skus), parse);
  }
  return rows;
}

Result<ProductReading> Jd::read_in_pool(const SkuId& sku_id) {
  jd::ProductParts parts;
  TRY(parts.detail, read(jd::detail_call(sku_id), jd::parse_detail));
  TRY(const jd::Pictures pictures, or_none(read(jd::pictures_call(sku_id), jd::parse_pictures)));
  if (const auto found = pictures.find(sku_id.value); found != pictures.end()) parts.pictures = found->second;
  TRY(parts.variants, or_none(read(jd::variants_call(sku_id), jd::parse_variants)));

  std::vector<SkuId> skus = asked_first(sku_id, parts.variants);
  const auto stock_call = [&](const std::vector<SkuId>& of) {
    return jd::stock_call(one_of_each(of), settings_.terms.ship_to.area);
  };
  TRY(parts.stock, read_of_pool(skus, stock_call, jd::parse_stock));
  TRY(parts.states, read_of_pool(skus, jd::sku_state_call, jd::parse_sku_states));
  TRY(parts.prices, read_of_pool(skus, jd::sell_price_call, jd::parse_sell_prices));
  return jd::product_of(parts, now_());
}

Result<ProductReading> Jd::read_outside_pool(const ProductId& product_id) {
  const Instant now = now_();
  return read(jd::union_product_call(product_id),
              [&](const Json& answer) { return jd::parse_union_product(answer, product_id, now); });
}

Result<Jd::Previewed> Jd::preview(const PurchaseRequest& request) {
  TRY(const std::vector<jd::SkuQuantity> lines, jd::lines_of(request));
  const std::vector<SkuId> skus = jd::skus_of(lines);
  const jd::Area& area = settings_.terms.ship_to.area;

  TRY(const auto states, read(jd::sku_state_call(skus), jd::parse_sku_states));
  TRY_DO(jd::check_states(lines, states));
  TRY(const auto stock, read(jd::stock_call(lines, area), jd::parse_stock));
  TRY_DO(jd::check_stock(lines, stock));
  TRY(const auto limits, read(jd::area_limit_call(skus, area), jd::parse_area_limits));
  TRY_DO(jd::check_area(lines, limits));
  TRY(const auto prices, read(jd::sell_price_call(skus), jd::parse_sell_prices));

  Previewed previewed;
  TRY(previewed.lines, jd::priced(lines, prices));
  TRY(previewed.sums.goods, jd::goods_of(previewed.lines));
  TRY(const jd::Freight freight, read(jd::freight_call(lines, area, settings_.terms.payment_type), jd::parse_freight));
  previewed.sums.freight = freight.whole;
  return previewed;
}

Result<PurchasePreview> Jd::preview_purchase(const PurchaseRequest& request) {
  TRY(const Previewed previewed, preview(request));
  return previewed.sums;
}

// The preview's prices go along: JD refuses the order when one of them has changed.
Result<std::vector<UpstreamOrder>> Jd::place_purchase(const PurchaseRequest& request) {
  TRY(const Previewed previewed, preview(request));
  TRY(const jd::Submitted submitted,
      change(jd::submit_call(request.purchase_id, previewed.lines, settings_.terms), jd::parse_submitted));
  if (!submitted.was_there) return std::vector{submitted.order};

  TRY_DO(jd::check_is_of(submitted.order, previewed.lines));
  auto order = read_order(submitted.order.upstream_order_id);
  if (!order)
    return fail(ErrorCode::outcome_unknown, "The order is there but cannot be read yet.",
                submitted.order.upstream_order_id.value + ", " + order.error().context);
  return std::vector{*std::move(order)};
}

Result<std::vector<UpstreamOrder>> Jd::find_purchase(const PurchaseId& purchase_id) {
  const auto id = read(jd::find_call(purchase_id), jd::parse_found);
  if (!id && id.error().code == ErrorCode::not_found) return std::vector<UpstreamOrder>{};
  if (!id) return tl::unexpected(id.error());
  TRY(UpstreamOrder order, read_order(*id));
  return std::vector{std::move(order)};
}

Result<jd::SplitOrder> Jd::read_split_order(const UpstreamOrderId& id) {
  TRY(jd::SplitOrder split, read(jd::order_call(id), jd::parse_order));
  split.order.upstream_order_id = id;
  return split;
}

Result<UpstreamOrder> Jd::read_order(const UpstreamOrderId& id) {
  TRY(jd::SplitOrder split, read_split_order(id));
  for (const jd::ChildOrder& child : split.children) {
    if (!was_shipped(child.state)) continue;
    const auto track = read(jd::track_call(child.upstream_order_id), jd::parse_track);
    if (!track && track.error().code == ErrorCode::not_found) continue;
    if (!track) return tl::unexpected(track.error());
    for (const UpstreamShipment& each : track->shipments) split.order.shipments.push_back(each);
  }
  return std::move(split.order);
}

Result<void> Jd::pay_order(const UpstreamOrderId& id) {
  const Result<void> paid = change(jd::confirm_call(id), jd::parse_confirmed);
  if (paid || !is_settled_by_the_order(paid.error().code)) return paid;
  const auto split = read_split_order(id);
  if (split && is_paid(split->order.state)) return done();
  if (!split && split.error().code == ErrorCode::not_found) return tl::unexpected(split.error());
  return paid;
}

// JD would cancel a confirmed order too while nobody works on it, which is request_refund's.
Result<void> Jd::cancel_order(const UpstreamOrderId& id) {
  TRY(const jd::SplitOrder before, read_split_order(id));
  if (is_over(before.order.state)) return done();
  if (before.order.state != UpstreamState::awaiting_payment)
    return fail(ErrorCode::rejected, "The order is paid: it can only be given back.", id.value);
  const Result<void> cancelled = change(jd::cancel_call(id), jd::parse_cancelled);
  if (cancelled || !is_settled_by_the_order(cancelled.error().code)) return cancelled;
  const auto after = read_split_order(id);
  return after && is_over(after->order.state) ? done() : cancelled;
}

Result<void> Jd::request_refund(const UpstreamOrderId& id) {
  TRY(const jd::SplitOrder before, read_split_order(id));
  const UpstreamState state = before.order.state;
  if (state == UpstreamState::refunding || state == UpstreamState::refunded) return done();
  if (!is_paid(state)) return fail(ErrorCode::rejected, "There is nothing to give back for this order.", id.value);
  const Error by_a_person{ErrorCode::rejected,
                          "JD takes goods that left its warehouse back by its after-sale service: ask for it there.",
                          id.value};
  if (state != UpstreamState::paid) return tl::unexpected(by_a_person);
  const Result<void> cancelled = change(jd::cancel_call(id), jd::parse_cancelled);
  if (cancelled || !is_settled_by_the_order(cancelled.error().code)) return cancelled;
  const auto after = read_split_order(id);
  if (after && is_over(after->order.state)) return done();
  if (cancelled.error().code == ErrorCode::rejected) return tl::unexpected(by_a_person);
  return cancelled;
}

}  // namespace sampan
