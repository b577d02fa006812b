// The messages of the sandbox's Stripe to the shop: signed, delivered at least once and in any order, tried again until
// they are taken.
//
// Source  docs.stripe.com/webhooks: retries for three days with growing pauses; a reply of 2xx takes the message
#pragma once

#include <optional>
#include <vector>

#include "proxy/sandbox/fault_plan.hpp"
#include "proxy/sandbox/stripe_records.hpp"
#include "shared/core/http.hpp"
#include "shared/payment/stripe/webhook.hpp"

namespace sampan {

struct WebhookPlace {
  std::string path;    // of the shop's endpoint
  std::string secret;  // "whsec_…"
  HmacSha256 hmac;
};

// What goes wrong on demand.
enum class WebhookFault { none, twice, newest_first };
WORDS(WebhookFault, none, twice, newest_first)

void queue_event(StripeRecords& records, std::string_view type, Json about, Instant now);

// What is to be sent now, oldest first; a message that waits for its next attempt does not hold up those behind it.
std::vector<WebhookDelivery> due_deliveries(const StripeRecords& records, Instant now, WebhookFault fault);
std::optional<Instant> next_delivery_at(const StripeRecords& records);

// The same as the plan of faults says; what is lost is forgotten.
std::vector<WebhookDelivery> struck_deliveries(StripeRecords& records, FaultPlan& plan, Instant now);

// Signed at the time of this attempt.
HttpRequest webhook_request(const WebhookDelivery& delivery, const WebhookPlace& place, Instant now);

// After the last attempt a message is given up: who missed it has to ask.
void record_attempt(StripeRecords& records, const std::string& event_id, bool taken, Instant now);

// All that is due, once; how many were taken. For a world that is locked, the three steps above are its own.
size_t deliver_due(StripeRecords& records, const WebhookPlace& place, const HttpSend& send, Instant now,
                   WebhookFault fault = WebhookFault::none);

}  // namespace sampan
