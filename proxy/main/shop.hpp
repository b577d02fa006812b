// `sampan serve`: the page, and where a marketplace and a payment provider are configured, the shop behind it.
//
// Prints the line of serve.hpp
// Exits   0 when it was told to stop, 1 when it cannot start or go on, 2 for what cannot be read
#pragma once

#include <string>

namespace sampan {

struct ShopOptions {
  std::string listen = "127.0.0.1:8080";
  std::string data = "./data";          // the folder of what the shop keeps; made when it is missing
  std::string web = "build/web/proxy";  // the folder of the page
  std::string config;                   // sampan.toml; empty: only the environment
  std::string rules;                    // the folder of import_rules.json, rate_cards.json and goods_classes.json
  std::string version;
};

int run_shop(const ShopOptions& options);

}  // namespace sampan
