#include "shared/marketplace/taobao/parse_reply.hpp"

#include <algorithm>
#include <array>

#include "shared/marketplace/taobao/logistics.hpp"
#include "shared/marketplace/taobao/order.hpp"
#include "shared/marketplace/taobao/purchase.hpp"
#include "shared/marketplace/taobao/push.hpp"
#include "shared/marketplace/taobao/search.hpp"
#include "shared/marketplace/taobao/token.hpp"
#include "shared/marketplace/taobao/top_item.hpp"
#include "shared/marketplace/taobao/top_link.hpp"
#include "shared/marketplace/taobao/top_message.hpp"
#include "shared/marketplace/taobao/top_search.hpp"
#include "shared/marketplace/taobao/top_trade.hpp"

namespace sampan::taobao {
namespace {

struct RenderedSums {
  Money goods;
  Money freight;
};
FIELDS(RenderedSums, goods, freight)

template <auto parse>
Result<std::string> as_json(const Json& reply) {
  return parse(reply).map([](const auto& value) {
    std::string out;
    write(out, value);
    return out;
  });
}

// Of a reading that carries the time at which it was read: nobody knows it here.
template <auto parse>
Result<std::string> as_timeless_json(const Json& reply) {
  return parse(reply, Instant{}).map([](const auto& value) {
    std::string out;
    write(out, value);
    return out;
  });
}

Result<std::string> as_sums(const Json& reply) {
  return parse_render(reply).map(
      [](const PurchasePreview& sums) { return to_json(RenderedSums{sums.goods, sums.freight}); });
}

Result<std::string> as_payment(const Json& reply) {
  return parse_payment(reply).map([] { return std::string("{}"); });
}

Result<std::string> as_accepted(const Json& reply) {
  return accepted(Reply(reply)).map([] { return std::string("{}"); });
}

constexpr std::array rows = {
    ParserRow{"/auth/token/create", "access_token", true, as_timeless_json<parse_token>},
    ParserRow{"/auth/token/refresh", "access_token", true, as_timeless_json<parse_token>},
    ParserRow{"/product/get", "mp_id", false, as_timeless_json<parse_product>},
    ParserRow{"/product/spus/get", "product_list", false, as_json<parse_listed>},
    ParserRow{"/purchase/order/render", "total_real_pay_price", false, as_sums},
    ParserRow{"/purchase/order/render", "unavailable_sku_list", false, as_sums},
    ParserRow{"/purchase/order/create", "order_list", true, as_json<parse_created>},
    ParserRow{"/purchase/orders/query", "purchase_orders", false, as_json<parse_orders>},
    ParserRow{"/purchase/order/batch/pay", "will_pay_purchase_order_ids", true, as_payment},
    ParserRow{"/purchase/order/batch/pay", "pay_failed_results", true, as_payment},
    ParserRow{"/logistics/detail/get", "pnm_logistics_details", false, as_json<parse_logistics>},
    ParserRow{"/traffic/item/search", "page_no", false, as_json<parse_search>},
    ParserRow{"/traffic/item/search", "item_list", false, as_json<parse_search>},
    ParserRow{"/traffic/item/imgsearch", "", false, as_json<parse_search>},
    ParserRow{"/purchase/order/asyn/cancel", "", true, as_accepted},
    ParserRow{"taobao.tbk.dg.material.optional", "", false, as_json<parse_materials>},
    ParserRow{"taobao.tbk.dg.material.optional.upgrade", "", false, as_json<parse_materials>},
    ParserRow{"taobao.tbk.item.get", "", false, as_json<parse_materials>},
    ParserRow{"taobao.tbk.item.info.get", "", false, as_timeless_json<parse_item_infos>},
    ParserRow{"taobao.tbk.item.info.upgrade.get", "", false, as_timeless_json<parse_item_infos>},
    ParserRow{"taobao.tbk.sc.general.link.parse", "", false, as_json<parse_resolved_links>},
    ParserRow{"taobao.tbk.tpwd.create", "", false, as_json<parse_tao_code>},
    ParserRow{"taobao.item.get", "", false, as_timeless_json<parse_item>},
    ParserRow{"taobao.trade.fullinfo.get", "", false, as_json<parse_trade>},
    ParserRow{"taobao.tmc.messages.consume", "", false, as_json<parse_messages>},
};

// "tbk_item_info_get_response" is of "taobao.tbk.item.info.get".
std::string key_of(std::string_view method) {
  constexpr std::string_view head = "taobao.";
  if (method.substr(0, head.size()) != head) return {};
  std::string key(method.substr(head.size()));
  std::replace(key.begin(), key.end(), '.', '_');
  return key + "_response";
}

const ParserRow* row_by_name(std::string_view api) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ParserRow& each) { return each.api == api; });
  return row == rows.end() ? nullptr : &*row;
}

const ParserRow* row_by_shape(const Json& reply) {
  for (const ParserRow& row : rows) {
    const std::string key = key_of(row.api);
    if (!key.empty() && reply.find(key) != nullptr) return &row;
    if (!row.member.empty() && payload(Reply(reply), {row.member})) return &row;
  }
  return nullptr;
}

Result<std::string> parse_named(const ParserRow& row, const Json& reply) {
  auto parsed = row.parse(reply);
  if (!parsed && parsed.error().code == ErrorCode::outcome_unknown && !row.changes)
    parsed.error().code = ErrorCode::retry_later;
  return parsed;
}

// What comes by itself, and not as an answer.
const Json* pushed_body(const Json& json) {
  const Json* const body = json.find("body");
  if (body != nullptr && json.find("headers") != nullptr) return body;
  return json.find("message_type") == nullptr ? nullptr : &json;
}

}  // namespace

std::span<const ParserRow> parsers() { return rows; }

Result<std::string> parse_reply(std::string_view api, const Json& reply) {
  const ParserRow* row = row_by_name(api);
  if (row == nullptr && !api.empty())
    return fail(ErrorCode::bad_input, "This API of Taobao is not known here; leave it empty to go by the shape.",
                std::string(api.substr(0, 60)));
  if (row == nullptr) {
    if (const Json* const body = pushed_body(reply)) return parse_push(json_text(*body)).map(to_json<PushMessage>);
    if (reply.find("topic") != nullptr) return as_json<parse_message>(reply);
  }
  const auto answered = read_reply({200, {}, json_text(reply)});
  if (!answered) {
    Error error = answered.error();
    const bool may_have_happened = row != nullptr && row->changes;
    if (error.code == ErrorCode::outcome_unknown && !may_have_happened) error.code = ErrorCode::retry_later;
    return tl::unexpected(std::move(error));
  }
  if (row == nullptr) row = row_by_shape(*answered);
  return row == nullptr ? as_accepted(*answered) : parse_named(*row, *answered);
}

}  // namespace sampan::taobao
