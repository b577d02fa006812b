// Messages of TOP (TMC): what has moved. They are pulled by taobao.tmc.messages.consume and come again until they are confirmed:
// stored first, confirmed then.
//
// Shape   {id, topic, content, pub_time, user_id, user_nick, pub_app_key}; content is JSON text
// Unit    pub_time is China time
// Errors  bad_reply with the JSON pointer
// Trap    no order among messages, duplicates: by message_id · names of people in the content are not kept
// Source  upstream.md 2.7
#pragma once

#include <string>
#include <vector>

#include "shared/core/json.hpp"
#include "shared/marketplace/taobao/call.hpp"

namespace sampan::taobao {

struct TmcMessage {
  std::string message_id;
  std::string topic;  // "taobao_trade_TradeBuyerPay"
  std::vector<UpstreamOrderId> orders;
  std::vector<ProductId> products;
  Instant sent_at;
};
FIELDS(TmcMessage, message_id, topic, orders, products, sent_at)

TopCall messages_call(std::string_view group, int64_t most);
TopCall confirm_call(const std::vector<std::string>& message_ids);

Result<TmcMessage> parse_message(const Json& message);

// Of taobao.tmc.messages.consume; may be empty.
Result<std::vector<TmcMessage>> parse_messages(const Json& reply);

}  // namespace sampan::taobao
