#include "proxy/main/messages.hpp"

#include "proxy/marketplace/digest.hpp"
#include "proxy/marketplace/sign.hpp"
#include "shared/marketplace/alibaba1688/push.hpp"
#include "shared/payment/stripe/webhook.hpp"
#include "shared/protocol/problem.hpp"
#include "shared/usecase/hear_push.hpp"
#include "shared/usecase/hear_webhook.hpp"

namespace sampan {
namespace {

std::string hmac_hex(std::string_view key, std::string_view text) { return lower_hex(hmac_sha256(key, text)); }

// The sender's fault, whatever the code says of ours.
HttpReply refused(const Error& error) {
  HttpReply reply = problem_reply(error);
  reply.status = 400;
  return reply;
}

HttpReply taken(const Result<void>& heard) { return heard ? HttpReply{200, {}, ""} : problem_reply(heard.error()); }

// Whoever says so, the provider itself is asked: a forged message moves nothing, a repeated one neither.
HttpReply hear_stripe(Ports& ports, const std::string& secret, const HttpRequest& request) {
  const auto signature = field_of(request.fields, "Stripe-Signature");
  const auto genuine = check_stripe_signature(signature, request.body, secret, ports.now(), hmac_hex);
  if (!genuine) return refused(genuine.error());
  const auto event = parse_stripe_event(request.body);
  if (!event) return refused(event.error());
  return taken(hear_webhook(ports, {"stripe", event->event_id, event->payment_id, request.body}));
}

HttpReply hear_1688(Ports& ports, const std::string& secret, const HttpRequest& request) {
  const auto form = parse_form(request.body);
  const std::string message(field_of(form, "message"));
  SignRequest expected;
  expected.secret = secret;
  expected.parameters = {{"message", message}};
  if (!is_same_signature(sign(SignMethod::aop_sha1, expected).signature, field_of(form, "_aop_signature")))
    return refused({ErrorCode::auth, "This message is not signed as 1688 signs."});
  const auto push = alibaba1688::parse_push(message);
  if (!push) return refused(push.error());
  return taken(hear_push(ports, {MarketplaceName::alibaba1688, push->message_id, push->orders, message}));
}

}  // namespace

std::optional<HttpReply> hear_message(Ports& ports, const MessageSecrets& secrets, const HttpRequest& request) {
  if (request.method != "POST") return std::nullopt;
  if (request.path == "/webhooks/stripe" && !secrets.stripe.empty()) return hear_stripe(ports, secrets.stripe, request);
  if (request.path == "/pushes/1688" && !secrets.aop.empty()) return hear_1688(ports, secrets.aop, request);
  return std::nullopt;
}

}  // namespace sampan
