#include "shared/marketplace/taobao/top_message.hpp"

#include "shared/marketplace/taobao/errors.hpp"

namespace sampan::taobao {
namespace {

Result<TmcMessage> parse_at(const Reply& at) {
  TmcMessage message;
  TRY(message.message_id, at["id"].required_id());
  TRY(message.topic, at["topic"].required_text());
  TRY(const std::string written, at["pub_time"].required_text());
  const auto sent_at = parse_china_time(written);
  if (!sent_at) return at["pub_time"].unreadable("a time");
  message.sent_at = *sent_at;
  const auto content = parse_json(at["content"].text());
  if (!content || content->kind != JsonKind::object) return at["content"].unreadable("JSON");
  const Reply about(*content);
  if (std::string tid = about["tid"].text(); !tid.empty()) message.orders.push_back({std::move(tid)});
  if (std::string item = about["num_iid"].text(); !item.empty()) message.products.push_back({std::move(item)});
  return message;
}

}  // namespace

TopCall messages_call(std::string_view group, int64_t most) {
  return {"taobao.tmc.messages.consume", {{"group_name", std::string(group)}, {"quantity", std::to_string(most)}}};
}

TopCall confirm_call(const std::vector<std::string>& message_ids) {
  std::string joined;
  for (const std::string& id : message_ids) joined += (joined.empty() ? "" : ",") + id;
  return {"taobao.tmc.messages.confirm", {{"s_message_ids", joined}}};
}

Result<TmcMessage> parse_message(const Json& message) { return parse_at(Reply(message)); }

Result<std::vector<TmcMessage>> parse_messages(const Json& reply) {
  TRY(const Reply answer, top_answer(reply));
  std::vector<TmcMessage> messages;
  for (const Reply& row : answer["messages"]["tmc_message"].items()) {
    TRY(TmcMessage message, parse_at(row));
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace sampan::taobao
