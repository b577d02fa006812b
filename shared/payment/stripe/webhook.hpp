// Stripe's webhooks: whether a message is Stripe's, and what it says.
//
// Shape   Stripe-Signature: t=<unix>,v1=<hex>[,v1=<hex>][,v0=…]; v1 is the HMAC-SHA256 of "t.body" under the whole secret
//         text "whsec_…". Split by "," and "=", nothing trimmed; the last t counts; any v1 may match, as two do while a
//         secret is rolled over
// Range   at most 300 s old or ahead; exactly 300 s is accepted
// Errors  auth (not Stripe's, or not of now), bad_input (signed, but no event)
// Source  docs.stripe.com/webhooks/signature; the npm SDK's constructEvent, which lets every future t pass, as we do not
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "shared/core/error.hpp"
#include "shared/core/id.hpp"
#include "shared/core/instant.hpp"

namespace sampan {

// 64 lower-case hex digits; a secret needs a digest, which the proxy has.
using HmacSha256 = std::function<std::string(std::string_view key, std::string_view text)>;

inline constexpr Duration stripe_webhook_tolerance = seconds(300);

Result<void> check_stripe_signature(std::string_view header, std::string_view body, std::string_view secret,
                                    Instant now, const HmacSha256& hmac);

// The header that Stripe would send with `body` at `now`: for the sandbox.
std::string stripe_signature(std::string_view body, std::string_view secret, Instant now, const HmacSha256& hmac);

// Delivered at least once and in any order: kept by event_id, and the object is asked for anew. Nothing in it moves money.
struct StripeEvent {
  std::string event_id;  // "evt_…"
  std::string type;      // "checkout.session.completed", or one that does not exist yet
  PaymentId payment_id;  // by its metadata or client_reference_id; empty when it is about something else
  ProviderId object_id;  // "cs_…", "pi_…", "ch_…", "re_…"
};

// Only of a body whose signature was checked.
Result<StripeEvent> parse_stripe_event(std::string_view body);

}  // namespace sampan
