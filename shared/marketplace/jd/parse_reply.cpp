#include "shared/marketplace/jd/parse_reply.hpp"

#include <algorithm>
#include <array>

#include "shared/marketplace/jd/gift_coupon.hpp"
#include "shared/marketplace/jd/message.hpp"
#include "shared/marketplace/jd/product.hpp"
#include "shared/marketplace/jd/purchase.hpp"
#include "shared/marketplace/jd/search.hpp"
#include "shared/marketplace/jd/token.hpp"
#include "shared/marketplace/jd/track.hpp"

namespace sampan::jd {
namespace {

struct Done {
  bool done = true;
};
FIELDS(Done, done)

struct Found {
  UpstreamOrderId upstream_order_id;
};
FIELDS(Found, upstream_order_id)

template <auto parse>
Result<std::string> as_json(const Json& answer) {
  return parse(answer).map([](const auto& value) { return to_json(value); });
}
template <auto parse>
Result<std::string> as_done(const Json& answer) {
  return parse(answer).map([] { return to_json(Done{}); });
}
Result<std::string> found_as_json(const Json& answer) {
  return parse_found(answer).map([](const UpstreamOrderId& id) { return to_json(Found{id}); });
}

// Of a list, the first row: lists have rows of one kind.
Reply first(const Reply& list, std::string_view name) {
  const std::vector<Reply> rows = list.items();
  return rows.empty() ? list[name] : rows.front()[name];
}

bool is_detail(const Reply&, const Reply& result) { return result["sku"].has_value() && result["name"].has_value(); }
bool is_variants(const Reply&, const Reply& result) { return first(result, "saleAttrList").has_value(); }
bool is_states(const Reply&, const Reply& result) {
  return first(result, "sku").has_value() && first(result, "state").has_value() && result.is_array();
}
bool is_messages(const Reply&, const Reply& result) {
  return first(result, "time").has_value() && first(result, "type").has_value();
}
bool is_prices(const Reply&, const Reply& result) {
  return result.is_array() && first(result, "skuId").has_value() &&
         (first(result, "price").has_value() || first(result, "jdPrice").has_value());
}
bool is_stock(const Reply&, const Reply& result) { return first(result, "stockStateId").has_value(); }
bool is_area_limits(const Reply&, const Reply& result) { return first(result, "isAreaRestrict").has_value(); }
bool is_freight(const Reply&, const Reply& result) { return result["baseFreight"].has_value(); }
bool is_submitted(const Reply&, const Reply& result) {
  return result["jdOrderId"].has_value() && result["orderPrice"].has_value() && !result["pOrder"].has_value();
}
bool is_order(const Reply&, const Reply& result) { return result["pOrder"].has_value(); }
bool is_track(const Reply&, const Reply& result) { return result["orderTrack"].has_value(); }
bool is_token(const Reply&, const Reply& result) { return result["access_token"].has_value(); }
bool is_pool_search(const Reply&, const Reply& result) { return result["hitResult"].has_value(); }
bool is_cancelled(const Reply& envelope, const Reply&) {
  return vop_code(envelope) == "0002" || vop_code(envelope) == "3203";
}
bool is_confirmed(const Reply& envelope, const Reply& result) {
  return vop_code(envelope) == "3103" || (envelope["success"].is_true() && result.is_true());
}
bool is_found(const Reply& envelope, const Reply& result) {
  return envelope["success"].is_true() && !result.is_true() && result.required_id().has_value();
}
// Keyed by SKU, so by elimination: an object whose members are lists of pictures.
bool is_pictures(const Reply& envelope, const Reply& result) {
  return envelope["success"].is_true() && result.has_value() && !result.is_array() && result.text().empty() &&
         !result.is_true() && !result.is_false();
}

constexpr std::array rows = {
    ParserRow{"jd.union.open.goods.query", true, false, as_json<parse_search>, nullptr},
    ParserRow{"jd.union.open.statistics.giftcoupon.query", true, false, as_json<parse_gift_coupons>, nullptr},
    ParserRow{"oauth2/accessToken", false, false, as_json<parse_token>, is_token},
    ParserRow{"oauth2/refreshToken", false, false, as_json<parse_token>, is_token},
    ParserRow{"search/search", false, false, as_json<parse_pool_search>, is_pool_search},
    ParserRow{"message/get", false, false, as_json<parse_messages>, is_messages},
    ParserRow{"product/getDetail", false, false, as_json<parse_detail>, is_detail},
    ParserRow{"product/getSimilarSku", false, false, as_json<parse_variants>, is_variants},
    ParserRow{"product/skuState", false, false, as_json<parse_sku_states>, is_states},
    ParserRow{"product/checkAreaLimit", false, false, as_json<parse_area_limits>, is_area_limits},
    ParserRow{"price/getSellPrice", false, false, as_json<parse_sell_prices>, is_prices},
    ParserRow{"stock/getNewStockById", false, false, as_json<parse_stock>, is_stock},
    ParserRow{"order/getFreight", false, false, as_json<parse_freight>, is_freight},
    ParserRow{"order/submitOrder", false, true, as_json<parse_submitted>, is_submitted},
    ParserRow{"order/selectJdOrder", false, false, as_json<parse_order>, is_order},
    ParserRow{"order/orderTrack", false, false, as_json<parse_track>, is_track},
    ParserRow{"order/cancel", false, true, as_done<parse_cancelled>, is_cancelled},
    ParserRow{"order/confirmOrder", false, true, as_done<parse_confirmed>, is_confirmed},
    ParserRow{"order/selectJdOrderIdByThirdOrder", false, false, found_as_json, is_found},
    ParserRow{"product/skuImage", false, false, as_json<parse_pictures>, is_pictures},
};

// "jd_union_open_goods_query_responce" is of "jd.union.open.goods.query".
bool is_key_of(std::string_view key, std::string_view api) {
  if (key.size() <= api.size() || key[api.size()] != '_') return false;
  return std::equal(api.begin(), api.end(), key.begin(), [](char a, char k) { return k == (a == '.' ? '_' : a); });
}

const ParserRow* row_by_name(std::string_view api) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ParserRow& each) { return each.api == api; });
  return row == rows.end() ? nullptr : &*row;
}

const ParserRow* row_by_key(const Json& json) {
  for (const JsonMember& member : json.members)
    for (const ParserRow& row : rows)
      if (row.is_jos && is_key_of(member.name, row.api)) return &row;
  return nullptr;
}

const ParserRow* row_by_shape(const Json& envelope) {
  const Reply root(envelope);
  Json text;
  const auto inner = vop_result(root, text);
  const Reply result = inner ? *inner : root["result"];
  for (const ParserRow& row : rows)
    if (row.fits != nullptr && row.fits(root, result)) return &row;
  return nullptr;
}

Result<std::string> parse_by(const ParserRow& row, const HttpReply& reply) {
  TRY(const Json answer, row.is_jos ? read_jos_reply(reply) : read_vop_reply(reply));
  return row.parse(answer);
}

Result<std::string> parse_by_shape(const Json& json, const HttpReply& reply) {
  if (const ParserRow* const of_jos = row_by_key(json)) return parse_by(*of_jos, reply);
  TRY(const Json envelope, read_vop_reply(reply));
  if (const ParserRow* const row = row_by_shape(envelope)) return row->parse(envelope);
  TRY_DO(vop_result(Reply(envelope)));
  return fail(ErrorCode::bad_input, "No reply of JD that is known here looks like this; name its API.");
}

// "order/cancel" of "/api/order/cancel".
std::string_view without_prefix(std::string_view api) {
  for (const std::string_view prefix : {"/", "api/"})
    if (api.substr(0, prefix.size()) == prefix) api.remove_prefix(prefix.size());
  return api;
}

}  // namespace

std::span<const ParserRow> parsers() { return rows; }

Result<std::string> parse_reply(std::string_view api, const Json& json) {
  const HttpReply reply{200, {}, json_text(json)};
  const ParserRow* const row = row_by_name(without_prefix(api));
  if (row == nullptr && !api.empty())
    return fail(ErrorCode::bad_input, "This API of JD is not known here; leave it empty to go by the shape.",
                std::string(api.substr(0, 60)));
  auto parsed = row == nullptr ? parse_by_shape(json, reply) : parse_by(*row, reply);
  const bool may_have_happened = row != nullptr && row->changes;
  if (!parsed && parsed.error().code == ErrorCode::outcome_unknown && !may_have_happened)
    parsed.error().code = ErrorCode::retry_later;
  return parsed;
}

}  // namespace sampan::jd
