#include "proxy/sandbox/stripe_webhooks.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "proxy/sandbox/stripe_objects.hpp"

namespace sampan {
namespace {

// After each attempt that failed; three days in all.
constexpr std::array pauses{minutes(1), minutes(10), hours(1), hours(6), hours(12), hours(24), hours(28)};

// "checkout.session.completed"
std::string type_of(const WebhookDelivery& delivery) {
  const auto event = parse_json(delivery.body);
  const Json* const type = event ? event->find("type") : nullptr;
  return type == nullptr ? std::string() : type->text;
}

}  // namespace

void queue_event(StripeRecords& records, std::string_view type, Json about, Instant now) {
  const std::string id = event_id(++records.last_event_number);
  records.deliveries.push_back({id, json_text(event_object(id, type, std::move(about), now)), 0, now});
}

std::vector<WebhookDelivery> due_deliveries(const StripeRecords& records, Instant now, WebhookFault fault) {
  std::vector<WebhookDelivery> due;
  for (const WebhookDelivery& each : records.deliveries) {
    if (now < each.due_at) continue;
    due.push_back(each);
    if (fault == WebhookFault::twice) due.push_back(each);
  }
  if (fault == WebhookFault::newest_first) std::reverse(due.begin(), due.end());
  return due;
}

std::vector<WebhookDelivery> struck_deliveries(StripeRecords& records, FaultPlan& plan, Instant now) {
  for (const WebhookDelivery& each : due_deliveries(records, now, WebhookFault::none)) {
    if (!strike_message(plan, FaultSite::lose_webhook, type_of(each))) continue;
    const auto is_lost = [&](const WebhookDelivery& known) { return known.event_id == each.event_id; };
    records.deliveries.erase(std::remove_if(records.deliveries.begin(), records.deliveries.end(), is_lost),
                             records.deliveries.end());
  }
  const std::vector<WebhookDelivery> due = due_deliveries(records, now, WebhookFault::none);
  if (due.empty()) return due;
  const std::string first = type_of(due.front());
  if (due.size() > 1 && strike_message(plan, FaultSite::reorder_webhook, first))
    return due_deliveries(records, now, WebhookFault::newest_first);
  if (strike_message(plan, FaultSite::duplicate_webhook, first))
    return due_deliveries(records, now, WebhookFault::twice);
  return due;
}

std::optional<Instant> next_delivery_at(const StripeRecords& records) {
  const auto first = std::min_element(records.deliveries.begin(), records.deliveries.end(),
                                      [](const auto& a, const auto& b) { return a.due_at < b.due_at; });
  if (first == records.deliveries.end()) return std::nullopt;
  return first->due_at;
}

HttpRequest webhook_request(const WebhookDelivery& delivery, const WebhookPlace& place, Instant now) {
  HttpRequest request;
  request.method = "POST";
  request.path = place.path;
  request.body = delivery.body;
  request.fields = {{"Content-Type", "application/json; charset=utf-8"},
                    {"User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"},
                    {"Stripe-Signature", stripe_signature(delivery.body, place.secret, now, place.hmac)}};
  return request;
}

void record_attempt(StripeRecords& records, const std::string& event_id, bool taken, Instant now) {
  const auto found = std::find_if(records.deliveries.begin(), records.deliveries.end(),
                                  [&](const WebhookDelivery& each) { return each.event_id == event_id; });
  if (found == records.deliveries.end()) return;
  const auto attempt = static_cast<size_t>(found->attempts++);
  if (taken || attempt >= pauses.size()) {
    records.deliveries.erase(found);
    return;
  }
  found->due_at = now + pauses.at(attempt);
}

size_t deliver_due(StripeRecords& records, const WebhookPlace& place, const HttpSend& send, Instant now,
                   WebhookFault fault) {
  size_t count = 0;
  for (const WebhookDelivery& delivery : due_deliveries(records, now, fault)) {
    const auto reply = send(webhook_request(delivery, place, now));
    const bool taken = reply && reply->status >= 200 && reply->status < 300;
    record_attempt(records, delivery.event_id, taken, now);
    count += taken ? 1 : 0;
  }
  return count;
}

}  // namespace sampan
