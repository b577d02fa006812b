// Tells the shop what the sandbox's Stripe and 1688 have to say, until it has heard: Stripe's events at /webhooks/stripe,
// 1688's pushes at /pushes/1688.
//
// Unit    looks five times a second by itself; tell_all() at once, and what is due is told when it returns
// Errors  a message that is not taken waits for its next attempt; a sandbox that cannot be stored is said on stderr
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "proxy/sandbox/aop_push.hpp"
#include "proxy/sandbox/stripe_gateway.hpp"
#include "proxy/sandbox/stripe_webhooks.hpp"
#include "proxy/sandbox/world.hpp"
#include "shared/core/http.hpp"

namespace sampan {

struct TellerSettings {
  StripeGatewaySettings stripe;
  std::string webhook_secret;
  AopAccount aop;
  HttpSend send;  // to the shop
};

class Teller {
 public:
  // `world` outlives this.
  Teller(World& world, const TellerSettings& settings);
  ~Teller();
  Teller(const Teller&) = delete;
  Teller& operator=(const Teller&) = delete;

  void tell_all();

 private:
  void run();
  void tell_events();
  std::vector<WebhookDelivery> due_events();
  void tell(const WebhookDelivery& delivery);

  World& world_;
  StripeGatewaySettings stripe_;
  WebhookPlace webhooks_;
  HttpSend send_;
  AopPush pushes_;
  std::mutex telling_;
  std::mutex mutex_;
  std::condition_variable end_;
  bool is_ending_ = false;
  std::thread thread_;
};

}  // namespace sampan
