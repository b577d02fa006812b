#include "shared/marketplace/taobao/push.hpp"

#include "shared/marketplace/taobao/errors.hpp"

namespace sampan::taobao {
namespace {

// Both units are met in one message; no instant since 1973 in ms is as small as one in s.
Instant instant_of(const Reply& at) {
  constexpr int64_t least_ms = 100'000'000'000;
  const int64_t written = at.whole().value_or(0);
  if (written < 0) return {};
  return {written < least_ms ? written * 1000 : written};
}

template <class Id>
void add_id(std::vector<Id>& ids, const Reply& at) {
  const std::string text = at.text();
  if (ids.empty() && !text.empty() && text != "0") ids.push_back(Id{text});
}

}  // namespace

Result<PushMessage> parse_push(std::string_view body) {
  const auto json = parse_json(body);
  if (!json || json->kind != JsonKind::object)
    return fail(ErrorCode::bad_reply, "A message of Taobao cannot be read.", "JSON is expected");
  const Reply root(*json);
  PushMessage message;
  TRY(message.message_type, root["message_type"].required_whole());
  const Reply data = root["data"];
  if (!data.has_value()) return data.unreadable("what the message is about");
  message.site = root["site"].text();
  message.order_status = data["order_status"].text();
  for (const std::string_view name : {"trade_order_id", "purchase_id"}) add_id(message.orders, data[name]);
  for (const std::string_view name : {"item_id", "product_id"}) add_id(message.products, data[name]);
  message.reverse_order_id = data["reverse_order_id"].text();
  message.sent_at = instant_of(root["timestamp"]);
  const Reply changed = data["status_update_time"];
  message.changed_at = changed.has_value() ? instant_of(changed) : message.sent_at;
  return message;
}

}  // namespace sampan::taobao
