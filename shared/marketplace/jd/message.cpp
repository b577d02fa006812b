#include "shared/marketplace/jd/message.hpp"

#include <algorithm>
#include <array>

namespace sampan::jd {
namespace {

constexpr int64_t any_state = -1;

struct KindRow {
  int64_t type;
  int64_t state;
  MessageKind kind;
};

constexpr std::array kind_rows = {
    KindRow{1, any_state, MessageKind::order_split},
    KindRow{2, any_state, MessageKind::price_changed},
    KindRow{4, 0, MessageKind::taken_off_shelf},
    KindRow{4, 1, MessageKind::put_on_shelf},
    KindRow{5, 1, MessageKind::delivered},
    KindRow{5, 2, MessageKind::refused},
    KindRow{6, any_state, MessageKind::pool_changed},
    KindRow{10, any_state, MessageKind::order_cancelled},
    KindRow{12, any_state, MessageKind::parcel_made},
    KindRow{13, any_state, MessageKind::replacement_ordered},
    KindRow{14, any_state, MessageKind::payment_failed},
    KindRow{15, any_state, MessageKind::cancelled_by_jd},
    KindRow{16, any_state, MessageKind::product_changed},
    KindRow{17, any_state, MessageKind::gift_changed},
    KindRow{18, any_state, MessageKind::waiting_for_receipt},
    KindRow{23, any_state, MessageKind::delivery_returned},
    KindRow{25, any_state, MessageKind::order_made},
    KindRow{26, any_state, MessageKind::advance_order},
    KindRow{28, any_state, MessageKind::pool_changed},
    KindRow{31, any_state, MessageKind::order_finished},
    KindRow{49, any_state, MessageKind::discount_changed},
    KindRow{50, any_state, MessageKind::areas_changed},
    KindRow{100, any_state, MessageKind::tax_changed},
    KindRow{108, any_state, MessageKind::order_paid},
    KindRow{109, any_state, MessageKind::refunded},
    KindRow{110, any_state, MessageKind::after_sale},
};

MessageKind kind_of(int64_t type, const Reply& result) {
  const int64_t state = result["state"].whole().value_or(any_state);
  for (const KindRow& row : kind_rows)
    if (row.type == type && (row.state == any_state || row.state == state)) return row.kind;
  return MessageKind::unknown;
}

template <class Id>
void add_once(std::vector<Id>& ids, const Reply& at) {
  const auto text = at.required_id();
  if (!text) return;
  const Id id{*text};
  if (id.value != "0" && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

Result<Message> parse_message(const Json& row) {
  const Reply at(row);
  Message message;
  TRY(message.message_id, at["id"].required_id());
  TRY(message.type, at["type"].required_whole());
  const auto sent = parse_china_time(at["time"].text());
  if (!sent) return at["time"].unreadable("a time");
  message.sent_at = *sent;
  const Reply result = at["result"];
  message.kind = kind_of(message.type, result);
  for (const std::string_view name : {"orderId", "pOrder", "jdOrderId"}) add_once(message.orders, result[name]);
  add_once(message.products, result["skuId"]);
  if (const Json* const details = row.find("result")) message.details = *details;
  return message;
}

}  // namespace

VopCall messages_call(const std::vector<int64_t>& types) {
  std::vector<std::string> texts;
  for (const int64_t type : types) texts.push_back(std::to_string(type));
  return {"message/get", {{"type", comma_joined(texts)}}};
}

VopCall delete_messages_call(const std::vector<std::string>& message_ids) {
  return {"message/del", {{"id", comma_joined(message_ids)}}};
}

Result<std::vector<Message>> parse_messages(const Json& reply) {
  TRY(const Reply result, vop_result(Reply(reply)));
  std::vector<Message> messages;
  if (!result.is_array()) {
    if (!result.has_value()) return messages;
    return result.unreadable("a list");
  }
  for (const Json& row : reply.find("result")->items) {
    TRY(Message message, parse_message(row));
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace sampan::jd
