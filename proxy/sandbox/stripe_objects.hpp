// Stripe's objects as it writes them, of what the sandbox remembers.
//
// Shape   {"id","object",…}; a time is Unix seconds; what another object is named by is its id, or the whole of it when
//         expand[] asks
// Source  docs.stripe.com/api, the objects of version 2026-10-28.endive
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/stripe_records.hpp"
#include "shared/payment/stripe/replies.hpp"

namespace sampan {

std::string session_id(int64_t number);  // "cs_test_…"
std::string intent_id(int64_t number);
std::string charge_id(int64_t number);
std::string charge_transaction_id(int64_t number);
std::string refund_id_text(int64_t number);
std::string refund_transaction_id(int64_t number);
std::string event_id(int64_t number);

// The paths of expand[]: "payment_intent.latest_charge".
using Expansions = std::vector<std::string>;

// A session and what is known of its money.
struct SessionView {
  const SandboxSession& session;
  ProviderAnswer answer;
  Money refunded;
  std::string url;  // of its page
};

Json session_object(const SessionView& view, const Expansions& expansions = {});
// Only of a session that was paid.
Json intent_object(const SessionView& view, const Expansions& expansions = {});
Json charge_object(const SessionView& view, const Expansions& expansions = {});
// Only where its fee is told.
Json charge_transaction_object(const SessionView& view);

Json refund_object(const SandboxRefund& refund);
Json refund_transaction_object(const SandboxRefund& refund);
Json list_object(std::string_view url, std::vector<Json> data, bool has_more);
Json event_object(std::string_view id, std::string_view type, Json object, Instant created_at);

// The first of `expansions` that `kind` ("session", "intent", "charge") does not have.
std::optional<std::string> unknown_expansion(std::string_view kind, const Expansions& expansions);

struct StripeRefusal {
  int32_t status = 400;
  std::string type = "invalid_request_error";
  std::string code;
  std::string message;
  std::string param;
};
Json refusal_object(const StripeRefusal& refusal);

}  // namespace sampan
