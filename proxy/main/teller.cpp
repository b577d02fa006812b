#include "proxy/main/teller.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "proxy/marketplace/digest.hpp"
#include "proxy/marketplace/sign.hpp"

namespace sampan {
namespace {

constexpr std::chrono::milliseconds between_looks{200};

std::string hmac_hex(std::string_view key, std::string_view text) { return lower_hex(hmac_sha256(key, text)); }

template <class T>
void say_failure(const Result<T>& outcome) {
  if (!outcome) std::fprintf(stderr, "sandbox: %s\n", outcome.error().sentence.c_str());
}

bool has_end_to_tell(const Scene& scene) {
  const auto& sessions = scene.stripe.sessions;
  return std::any_of(sessions.begin(), sessions.end(), [&](const SandboxSession& session) {
    return !session.end_is_told && !session.paid_at && session.expires_at <= scene.now;
  });
}

}  // namespace

Teller::Teller(World& world, const TellerSettings& settings)
    : world_(world),
      stripe_(settings.stripe),
      webhooks_{"/webhooks/stripe", settings.webhook_secret, hmac_hex},
      send_(settings.send),
      pushes_(world, settings.aop, sign, settings.send, "/pushes/1688"),
      thread_([this] { run(); }) {}

Teller::~Teller() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  end_.notify_all();
  thread_.join();
}

void Teller::tell_all() {
  const std::lock_guard one_at_a_time(telling_);
  tell_events();
  say_failure(pushes_.deliver());
}

void Teller::tell_events() {
  for (const WebhookDelivery& delivery : due_events()) tell(delivery);
}

std::vector<WebhookDelivery> Teller::due_events() {
  if (world_.look(has_end_to_tell))
    say_failure(world_.act([&](Scene& scene) {
      StripeGateway gateway(scene.provider, scene.stripe, [now = scene.now] { return now; }, stripe_);
      gateway.tell_expired();
    }));
  const bool has_due = world_.look([](const Scene& scene) {
    const auto next = next_delivery_at(scene.stripe);
    return next && *next <= scene.now;
  });
  if (!has_due) return {};
  auto due = world_.act([](Scene& scene) { return struck_deliveries(scene.stripe, scene.faults, scene.now); });
  say_failure(due);
  return due ? *std::move(due) : std::vector<WebhookDelivery>();
}

void Teller::tell(const WebhookDelivery& delivery) {
  const auto reply = send_(webhook_request(delivery, webhooks_, world_.now()));
  const bool is_taken = reply && reply->status >= 200 && reply->status < 300;
  say_failure(world_.act([&](Scene& scene) { record_attempt(scene.stripe, delivery.event_id, is_taken, scene.now); }));
}

void Teller::run() {
  std::unique_lock lock(mutex_);
  while (!end_.wait_for(lock, between_looks, [&] { return is_ending_; })) {
    lock.unlock();
    tell_all();
    lock.lock();
  }
}

}  // namespace sampan
