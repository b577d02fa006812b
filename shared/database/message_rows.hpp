// What marketplaces and payment providers have told us, raw: each message once, by its sender and the sender's own id for it.
//
// Unit    kept for 30 days (Stripe repeats for three, 1688 for three hours); what is older goes when another comes
// Source  upstream.md 4.6 and docs.stripe.com/webhooks: at least once, in any order
#pragma once

#include <string>

#include "shared/core/instant.hpp"
#include "shared/database/database.hpp"

namespace sampan {

inline constexpr Duration message_keeping = days(30);

struct Message {
  std::string source;      // "alibaba1688", "stripe"
  std::string message_id;  // the sender's
  std::string body;        // as it came, without its signature
  Instant received_at{};
};

// Stored when it is new. True: it is still to be handled, for the first time or since the last attempt failed; false: it
// was handled before.
Result<bool> keep_message(Transaction& tx, const Message& message);
// What it asks for has been done, or stands among the jobs of this transaction.
Result<void> mark_handled(Transaction& tx, const Message& message, Instant at);

}  // namespace sampan
