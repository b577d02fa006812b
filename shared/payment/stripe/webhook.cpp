#include "shared/payment/stripe/webhook.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "shared/core/json.hpp"

namespace sampan {
namespace {

constexpr size_t most_signatures = 32;  // two while a secret is rolled over; each one costs a comparison

struct SignatureHeader {
  std::string_view t;
  std::vector<std::string_view> signatures;
};

std::string_view take_until(std::string_view& text, char end) {
  const size_t at = std::min(text.find(end), text.size());
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return part;
}

SignatureHeader parse_header(std::string_view header) {
  SignatureHeader parsed;
  while (!header.empty()) {
    std::string_view item = take_until(header, ',');
    const std::string_view name = take_until(item, '=');
    const std::string_view value = take_until(item, '=');
    if (name == "t") parsed.t = value;
    if (name == "v1" && parsed.signatures.size() < most_signatures) parsed.signatures.push_back(value);
  }
  return parsed;
}

// Unix seconds; up to the year 5138.
std::optional<Instant> time_of(std::string_view t) {
  if (t.empty() || t.size() > 11) return std::nullopt;
  int64_t value = 0;
  for (const char c : t) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return Instant{value * 1000};
}

// In a time that does not tell where they differ; the length of a digest is no secret.
bool is_same(std::string_view ours, std::string_view theirs) {
  if (ours.size() != theirs.size()) return false;
  int difference = 0;
  for (size_t i = 0; i < ours.size(); ++i) difference |= ours[i] ^ theirs[i];
  return difference == 0;
}

std::string signed_text(std::string_view t, std::string_view body) {
  std::string text(t);
  text += '.';
  text += body;
  return text;
}

struct EventObject {
  std::optional<std::string> id;
  std::optional<std::string> client_reference_id;
  std::optional<std::map<std::string, std::string>> metadata;
};
FIELDS(EventObject, id, client_reference_id, metadata)

struct EventData {
  std::optional<EventObject> object;
};
FIELDS(EventData, object)

struct EventBody {
  std::string id;
  std::optional<std::string> type;
  std::optional<EventData> data;
};
FIELDS(EventBody, id, type, data)

PaymentId payment_of(const EventObject& object) {
  if (object.metadata) {
    const auto named = object.metadata->find("payment_id");
    if (named != object.metadata->end()) return {named->second};
  }
  return {object.client_reference_id.value_or("")};
}

}  // namespace

Result<void> check_stripe_signature(std::string_view header, std::string_view body, std::string_view secret,
                                    Instant now, const HmacSha256& hmac) {
  const auto refused = [](const char* why) {
    return fail(ErrorCode::auth, "This message is not signed as the payment provider signs.", why);
  };
  const SignatureHeader parsed = parse_header(header);
  const auto signed_at = time_of(parsed.t);
  if (!signed_at) return refused("no time t in Stripe-Signature");
  if (parsed.signatures.empty()) return refused("no v1 in Stripe-Signature");

  const std::string expected = hmac(secret, signed_text(parsed.t, body));
  int matches = 0;
  for (const std::string_view signature : parsed.signatures) matches += is_same(expected, signature) ? 1 : 0;
  if (matches == 0) return refused("no v1 matches");

  const Duration age{now.ms / 1000 * 1000 - signed_at->ms};
  if (stripe_webhook_tolerance < age) return refused("too old");
  if (age < Duration{-stripe_webhook_tolerance.ms}) return refused("from the future");
  return done();
}

std::string stripe_signature(std::string_view body, std::string_view secret, Instant now, const HmacSha256& hmac) {
  const std::string t = std::to_string(now.ms / 1000);
  return "t=" + t + ",v1=" + hmac(secret, signed_text(t, body));
}

Result<StripeEvent> parse_stripe_event(std::string_view body) {
  TRY(const EventBody event, from_json<EventBody>(body));
  if (event.id.empty()) return fail(ErrorCode::bad_input, "The event has no id.", "/id");
  StripeEvent read{event.id, event.type.value_or(""), {}, {}};
  if (!event.data || !event.data->object) return read;
  read.payment_id = payment_of(*event.data->object);
  read.object_id = {event.data->object->id.value_or("")};
  return read;
}

}  // namespace sampan
