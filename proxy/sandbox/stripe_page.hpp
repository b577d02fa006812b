// The hosted page on which a shopper of the sandbox pays: plain HTML on an origin of its own, no script.
//
// Shape   GET /c/pay/{session}; POST there with act=pay and card, or act=cancel; 303 to where the shop wants the shopper
// Source  docs.stripe.com/testing for the cards
#pragma once

#include <string>

#include "proxy/sandbox/stripe_gateway.hpp"

namespace sampan {

class StripePage {
 public:
  StripePage(StripeGateway& gateway, std::string merchant) : gateway_(gateway), merchant_(std::move(merchant)) {}

  HttpReply answer(const HttpRequest& request);

 private:
  HttpReply pay(const SandboxSession& session, std::string card);
  HttpReply show(const SandboxSession& session, int32_t status, std::string_view complaint);
  HttpReply show_end(const SandboxSession& session);

  StripeGateway& gateway_;
  std::string merchant_;
};

}  // namespace sampan
