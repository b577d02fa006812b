#include "proxy/sandbox/aop_push.hpp"

#include <algorithm>

namespace sampan {
namespace {

bool is_due(const PushMessage& message, Instant now) { return message.due_at && *message.due_at <= now; }

std::vector<PushMessage>::iterator find(PushBook& pushes, int64_t msg_id) {
  return std::find_if(pushes.waiting.begin(), pushes.waiting.end(),
                      [&](const PushMessage& message) { return message.msg_id == msg_id; });
}

void forget(PushBook& pushes, int64_t msg_id) {
  if (const auto known = find(pushes, msg_id); known != pushes.waiting.end()) pushes.waiting.erase(known);
}

}  // namespace

std::optional<Instant> next_push(const PushBook& pushes) {
  std::optional<Instant> next;
  for (const PushMessage& message : pushes.waiting)
    if (message.due_at && (!next || *message.due_at < *next)) next = message.due_at;
  return next;
}

// The first that is due, or the one behind it where a fault lets it overtake. It is noted as tried before it is sent.
AopPush::Claim AopPush::claim(Scene& scene) const {
  take_in_log(scene, account_);
  std::vector<PushMessage*> due;
  for (PushMessage& message : scene.pushes.waiting)
    if (is_due(message, scene.now)) due.push_back(&message);
  if (due.empty()) return {};
  const bool overtakes = due.size() > 1 && strike_message(scene.faults, FaultSite::reorder_push, due[0]->type);
  PushMessage& next = *due[overtakes ? 1 : 0];
  ++next.attempts;
  next.due_at = next.attempts < push_attempts ? std::optional(scene.now + push_retry_after) : std::nullopt;
  Claim claim{next, strike_message(scene.faults, FaultSite::lose_push, next.type)};
  if (claim.is_lost) forget(scene.pushes, claim.message->msg_id);
  return claim;
}

bool AopPush::is_taken(const PushMessage& message) const {
  SignRequest request;
  request.secret = account_.app_secret;
  request.parameters = {{"message", message.text}};
  const std::string signature = sign_(SignMethod::aop_sha1, request).signature;
  HttpRequest push;
  push.method = "POST";
  push.path = path_;
  push.fields = {{"Content-Type", "application/x-www-form-urlencoded;charset=UTF-8"}};
  push.body = form_text({{"message", message.text}, {"_aop_signature", signature}});
  const auto reply = send_(push);
  return reply && reply->status == 200;
}

Result<int64_t> AopPush::deliver() {
  int64_t taken = 0;
  for (;;) {
    const bool has_work = world_.look([&](const Scene& scene) {
      const auto next = next_push(scene.pushes);
      return scene.pushes.log_entries_seen < static_cast<int64_t>(scene.alibaba1688.log().size()) ||
             (next && *next <= scene.now);
    });
    if (!has_work) return taken;
    TRY(const Claim claimed, world_.act([&](Scene& scene) { return claim(scene); }));
    if (!claimed.message) return taken;
    if (claimed.is_lost || !is_taken(*claimed.message)) continue;
    ++taken;
    TRY(const bool again, world_.act([&](Scene& scene) {
      forget(scene.pushes, claimed.message->msg_id);
      return strike_message(scene.faults, FaultSite::duplicate_push, claimed.message->type);
    }));
    if (again) is_taken(*claimed.message);
  }
}

}  // namespace sampan
