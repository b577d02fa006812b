// What the outside tells the shop: the payment provider's webhooks and the marketplaces' pushes.
//
// Shape   POST /webhooks/stripe, the event as JSON under Stripe-Signature; POST /pushes/1688, a form of message=<JSON> and
//         _aop_signature=<HMAC-SHA1 of "message" and that JSON>
// Errors  400 with problem+json, and nothing is kept, of a message that is not signed by its sender or cannot be read; 503
//         or the like when it could not be acted on: the sender comes again
// Source  shared/payment/stripe/webhook.hpp; upstream.md 4.6
#pragma once

#include <optional>
#include <string>

#include "shared/core/http.hpp"
#include "shared/usecase/ports.hpp"

namespace sampan {

// Empty: who should sign with it is not configured, and is not heard.
struct MessageSecrets {
  std::string stripe;
  std::string aop;
};

// Nothing when it is no message.
std::optional<HttpReply> hear_message(Ports& ports, const MessageSecrets& secrets, const HttpRequest& request);

}  // namespace sampan
