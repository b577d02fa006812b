// The sandbox's Stripe: the part of its API that a shop with hosted pages uses, over the simulated provider.
//
// Shape   form bodies with brackets in, JSON out; Basic or Bearer with the secret key; Idempotency-Key with saved replies
// Errors  Stripe's own: {"error":{"type","code","message","param"}}; a parameter that Stripe does not know is refused
// Source  docs.stripe.com/api, version 2026-10-28.endive
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "proxy/sandbox/stripe_objects.hpp"
#include "proxy/sandbox/stripe_parameters.hpp"
#include "proxy/sandbox/stripe_records.hpp"
#include "shared/core/http.hpp"
#include "shared/payment/simulator/simulated_provider.hpp"

namespace sampan {

struct StripeGatewaySettings {
  std::string secret_key = "sk_test_sampan";
  std::string page_origin;  // of the hosted pages: "http://127.0.0.1:8443"
};

// Not for two threads at once. Keys are the gateway's business: it makes the provider forget its own, so that a call
// without a key, or with one that is older than a day, really acts again.
class StripeGateway {
 public:
  StripeGateway(SimulatedProvider& provider, StripeRecords& records, std::function<Instant()> now,
                StripeGatewaySettings settings);

  HttpReply answer(const HttpRequest& request);

  // For the hosted page. Null: there is no such page.
  const SandboxSession* find_session(std::string_view id) const;
  ProviderState state_of(const SandboxSession& session);
  // The shopper's card was good. rejected when the page is not open any more.
  Result<void> pay(const SandboxSession& session);

  // Time has passed: what expired meanwhile is told to the shop.
  void tell_expired();

 private:
  struct Call {
    std::string id;  // what stands at * in the route
    StripeParameters parameters;
  };
  using Answer = OrRefusal<Json>;
  struct Route;
  static const std::vector<Route>& routes();

  Answer create_session(const Call& call);
  Answer show_session(const Call& call);
  Answer expire_session(const Call& call);
  Answer show_intent(const Call& call);
  Answer show_charge(const Call& call);
  Answer show_transaction(const Call& call);
  Answer create_refund(const Call& call);
  Answer list_refunds(const Call& call);
  Answer show_refund(const Call& call);

  bool is_authorized(const HttpRequest& request) const;
  HttpReply act_once(const HttpRequest& request, const std::string& key);
  HttpReply act(const HttpRequest& request);
  HttpReply reply(int32_t status, std::string body);

  SessionView view(const SandboxSession& session);
  // By the id of its payment intent or charge, once it was paid.
  const SandboxSession* find_paid(std::string_view id);
  void tell(std::string_view type, Json about);

  SimulatedProvider& provider_;
  StripeRecords& records_;
  std::function<Instant()> now_;
  StripeGatewaySettings settings_;
};

}  // namespace sampan
