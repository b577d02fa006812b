// `sampan sandbox`: the marketplaces', the payment provider's, the ECB's and a carrier's gateways over a simulated world.
//
// Prints the lines of serve.hpp for "gateways", "page" (where shoppers pay, on an origin of its own) and "control"
// Writes <data>/sampan.toml, a configuration that points a shop at it, and <data>/clock.json, its clock
// Exits   0 when it was told to stop, 1 when it cannot start or go on, 2 for what cannot be read
#pragma once

#include <string>

namespace sampan {

struct SandboxOptions {
  std::string listen =
      "127.0.0.1:0";  // of the gateways; the page and the control take the two ports behind it, or free ones
  std::string data = "./sandbox";
  std::string catalogue;  // folder of products.json and sellers.json
  std::string shop_url;   // of the shop that is told of payments and orders; empty: nobody is
};

int run_sandbox(const SandboxOptions& options);

}  // namespace sampan
