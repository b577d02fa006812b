// What the simulated 1688's pushes could not deliver, to be fetched and confirmed; and its clock.
//
// Source  upstream.md 4.1 (system/currentTime) and 4.6; open.1688.com cn.alibaba.open:push.query.messageList-1,
//         push.message.confirm-1: both are signed, and need no token
#include <algorithm>
#include <set>

#include "proxy/sandbox/aop_api.hpp"
#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr std::string_view space = "cn.alibaba.open";
constexpr int64_t smallest_page = 20;
constexpr int64_t largest_page = 200;

struct Wanted {
  int64_t page = 1;
  int64_t page_size = smallest_page;
  std::string type;
  std::optional<Instant> born_from;
  std::optional<Instant> born_to;
};

Result<Wanted> wanted_of(const AopParameters& parameters) {
  Wanted wanted;
  TRY(wanted.page, parameters.integer("page", wanted.page));
  TRY(wanted.page_size, parameters.integer("pageSize", wanted.page_size));
  if (wanted.page < 1) return malformed("page");
  if (wanted.page_size < smallest_page || wanted.page_size > largest_page) return malformed("pageSize");
  wanted.type = parameters.text("type");
  TRY(wanted.born_from, parameters.time("createStartTime"));
  TRY(wanted.born_to, parameters.time("createEndTime"));
  return wanted;
}

// A message that was not tried yet has not failed.
bool is_wanted(const PushMessage& message, const Wanted& wanted) {
  return message.attempts > 0 && (wanted.type.empty() || wanted.type == message.type) &&
         (!wanted.born_from || *wanted.born_from <= message.born_at) &&
         (!wanted.born_to || message.born_at <= *wanted.born_to);
}

// As it was pushed, with the app and the topic beside it: the type without its group.
Json row_of(const PushMessage& message, const AopAccount& account) {
  Json row = *parse_json(message.text);  // the market wrote it
  row.members.erase(std::remove_if(row.members.begin(), row.members.end(),
                                   [](const JsonMember& member) { return member.name == "bizKey"; }),
                    row.members.end());
  const size_t group = message.type.find('_');
  row.members.push_back({"topicGroup", json_string(message.type.substr(0, group))});
  row.members.push_back({"topicName", json_string(message.type.substr(group + 1))});
  row.members.push_back({"appKey", json_string(account.app_key)});
  return row;
}

Result<Json> message_list(const AopScene& call) {
  TRY(const Wanted wanted, wanted_of(call.parameters));
  std::vector<const PushMessage*> failed;
  for (const PushMessage& message : call.scene.pushes.waiting)
    if (is_wanted(message, wanted)) failed.push_back(&message);
  const auto total = static_cast<int64_t>(failed.size());
  const int64_t pages_before = std::min(wanted.page - 1, total);
  std::vector<Json> rows;
  for (int64_t i = pages_before * wanted.page_size; i < std::min(total, (pages_before + 1) * wanted.page_size); ++i)
    rows.push_back(row_of(*failed[static_cast<size_t>(i)], call.account));
  return json_object({{"pushMessagePage",
                       json_object({{"datas", json_array(std::move(rows))}, {"totalCount", json_integer(total)}})}});
}

Result<Json> confirm(const AopScene& call) {
  TRY(const Json asked, call.parameters.json("msgIdList"));
  if (asked.kind != JsonKind::array) return malformed("msgIdList");
  std::set<std::string> ids;
  for (const Json& id : asked.items) ids.insert(id.text);
  std::vector<PushMessage>& waiting = call.scene.pushes.waiting;
  waiting.erase(std::remove_if(waiting.begin(), waiting.end(),
                               [&](const PushMessage& m) { return ids.count(std::to_string(m.msg_id)) > 0; }),
                waiting.end());
  return json_object({{"isSuccess", json_boolean(true)}});
}

Result<Json> current_time(const AopScene& call) { return json_string(aop_time(call.scene.now)); }

}  // namespace

std::vector<AopApi> aop_message_apis() {
  const AopRefusalShape shape = AopRefusalShape::top_error_message;
  return {
      {space, "push.query.messageList", false, false, shape, {}, message_list},
      {space, "push.message.confirm", true, false, shape, {"msgIdList"}, confirm},
  };
}

std::vector<AopApi> aop_system_apis() {
  return {{"system", "currentTime", false, false, AopRefusalShape::top_error_message, {}, current_time}};
}

}  // namespace sampan
