// What the sandbox's Stripe remembers beside the simulated provider's pages: the texts of its own wire, its saved replies
// and the messages that are still to be delivered.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/json.hpp"
#include "shared/payment/provider.hpp"

namespace sampan {

using StripeMetadata = std::map<std::string, std::string>;

struct SandboxSession {
  int64_t number = 0;  // its ids follow from it: cs_test_…, pi_…, ch_…, txn_…
  ProviderId page;     // of the simulated provider
  Money amount;
  std::string name;  // of its first line
  std::string client_reference_id;
  std::string customer_email;
  std::string success_url;
  std::string cancel_url;
  StripeMetadata metadata;
  StripeMetadata intent_metadata;
  Instant created_at{};
  Instant expires_at{};
  std::optional<Instant> paid_at;
  bool end_is_told = false;  // that it expired
};
FIELDS(SandboxSession, number, page, amount, name, client_reference_id, customer_email, success_url, cancel_url,
       metadata, intent_metadata, created_at, expires_at, paid_at, end_is_told)

struct SandboxRefund {
  int64_t number = 0;
  int64_t session_number = 0;
  Money amount;
  std::string reason;
  StripeMetadata metadata;
  Instant created_at{};
};
FIELDS(SandboxRefund, number, session_number, amount, reason, metadata, created_at)

// The first reply to an Idempotency-Key.
struct SavedReply {
  std::string key;
  std::string request;  // method, path and body: another one with the same key is refused
  int32_t status = 0;
  std::string body;
  Instant saved_at{};
};
FIELDS(SavedReply, key, request, status, body, saved_at)

struct WebhookDelivery {
  std::string event_id;
  std::string body;
  int64_t attempts = 0;
  Instant due_at{};
};
FIELDS(WebhookDelivery, event_id, body, attempts, due_at)

struct StripeRecords {
  std::vector<SandboxSession> sessions;
  std::vector<SandboxRefund> refunds;
  std::vector<SavedReply> saved_replies;
  std::vector<WebhookDelivery> deliveries;
  int64_t last_event_number = 0;
};
FIELDS(StripeRecords, sessions, refunds, saved_replies, deliveries, last_event_number)

}  // namespace sampan
