// What a reply of Stripe that is not a success means to us.
//
// Errors  card_error is rejected; invalid_request_error bad_request, not_found, or rejected for what the state forbids;
//         idempotency_error bad_request; a key in use and api_error retry_later; 401 and 403 auth; 429 quota
// Source  docs.stripe.com/api/errors, docs.stripe.com/error-codes, docs.stripe.com/error-low-level:
//         {"error":{"type","code","decline_code","message","param"}}; Stripe-Should-Retry says more than the status
#pragma once

#include "shared/core/http.hpp"

namespace sampan {

// Whether the call changes something at Stripe: then an answer that nobody can read is outcome_unknown. The same key
// makes repeating it safe.
enum class StripeCall { asks, changes };

Error stripe_error(const HttpReply& reply, StripeCall call);

// A success whose body is not what it must be, or a time-out.
Error unreadable(Error why, StripeCall call);

}  // namespace sampan
