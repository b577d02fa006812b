#include <optional>
#include <utility>

#include "proxy/ops/tool.hpp"

namespace sampan {
namespace {

struct WebhookQuestion {
  std::string provider;
  std::string secret;
  std::optional<std::string> header;
  std::string body;
  int64_t now = 0;  // Unix seconds
  std::optional<bool> sign;
};
FIELDS(WebhookQuestion, provider, secret, header, body, now, sign)

struct WebhookAnswer {
  std::string event_id;
  std::optional<std::string> type;
};
FIELDS(WebhookAnswer, event_id, type)

struct SignedWebhook {
  std::string header;
};
FIELDS(SignedWebhook, header)

constexpr int64_t latest_second = 253'402'300'799;  // of the year 9999

Result<std::string> answer_webhook(const Json& question, const HmacSha256& hmac) {
  TRY(const WebhookQuestion asked, read(question, static_cast<WebhookQuestion*>(nullptr)));
  if (asked.provider != "stripe")
    return fail(ErrorCode::bad_input, "Webhooks of this provider are unknown here.", shortened(asked.provider));
  if (asked.secret.empty()) return fail(ErrorCode::bad_input, "A field is missing or empty.", "/secret");
  if (asked.now < 0 || asked.now > latest_second)
    return fail(ErrorCode::bad_input, "This is no time in Unix seconds.", "/now");
  const Instant now{asked.now * 1000};
  if (asked.sign.value_or(false)) return to_json(SignedWebhook{stripe_signature(asked.body, asked.secret, now, hmac)});

  if (!asked.header) return fail(ErrorCode::bad_input, "A field is missing.", "/header");
  TRY_DO(check_stripe_signature(*asked.header, asked.body, asked.secret, now, hmac));
  TRY(const StripeEvent event, parse_stripe_event(asked.body));
  return to_json(WebhookAnswer{event.event_id, event.type.empty() ? std::nullopt : std::optional(event.type)});
}

}  // namespace

Tool webhook_tool(HmacSha256 hmac) {
  return [hmac = std::move(hmac)](const Json& question) { return answer_webhook(question, hmac); };
}

}  // namespace sampan
