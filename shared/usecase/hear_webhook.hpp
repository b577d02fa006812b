// The payment provider has sent an event: it is kept, and the provider is asked about the payment that it names.
//
// Promises  handled once, however often it comes; two that come together are both asked about, and booked once. An event
//           whose act failed is not handled: it fails here, and the provider's repeat tries again
// Errors    those of capture_payment; a payment that is not ours is none
#pragma once

#include <string>

#include "shared/usecase/ports.hpp"

namespace sampan {

// Verified by its receiver.
struct Webhook {
  std::string provider;  // "stripe"
  std::string event_id;
  PaymentId payment_id;  // empty: about something else
  std::string body;
};

Result<void> hear_webhook(Ports& ports, const Webhook& webhook);

}  // namespace sampan
