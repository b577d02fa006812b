// The command line of `sampan`.
#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>

#include "proxy/main/sandbox.hpp"
#include "proxy/main/shop.hpp"
#include "proxy/marketplace/digest.hpp"
#include "proxy/marketplace/sign.hpp"
#include "proxy/marketplace/url.hpp"
#include "proxy/ops/tool.hpp"

namespace {
// As the rooms that may not see the digests' room want it.
std::string hmac_sha256_hex(std::string_view key, std::string_view text) {
  return sampan::lower_hex(sampan::hmac_sha256(key, text));
}

// The clone's assets, beside the build folder that the binary stands in.
std::string assets_of(const char* executable) {
  std::error_code unknown;
  const auto path = std::filesystem::canonical("/proc/self/exe", unknown);
  return (unknown ? std::filesystem::path(executable) : path).parent_path().parent_path().parent_path() / "assets";
}
}  // namespace

int main(int argument_count, char** arguments) {
  CLI::App app("Sampan: a shop that buys on Taobao, 1688 and JD for shoppers overseas.", "sampan");
  app.set_version_flag("--version", std::string("sampan ") + SAMPAN_VERSION);
  app.require_subcommand(1);

  const std::string assets = assets_of(arguments[0]);
  sampan::ShopOptions shop;
  shop.version = SAMPAN_VERSION;
  shop.rules = assets + "/rules";
  CLI::App* serve = app.add_subcommand("serve", "Serve the shop.");
  serve->add_option("--listen", shop.listen, "Address and port; port 0 takes a free one.")->capture_default_str();
  serve->add_option("--data", shop.data, "Folder of what the shop keeps; made when it is missing.")
      ->capture_default_str();
  serve->add_option("--web", shop.web, "Folder of what the browser loads.")->capture_default_str();
  serve->add_option("--config", shop.config, "The file sampan.toml; SAMPAN_* of the environment goes before it.");
  serve->add_option("--rules", shop.rules, "Folder of duty, VAT, rate cards and goods classes.")->capture_default_str();

  sampan::SandboxOptions world;
  world.catalogue = assets + "/demo";
  CLI::App* sandbox = app.add_subcommand("sandbox", "Simulate the marketplaces, payments and carriers, on the wire.");
  sandbox
      ->add_option("--listen", world.listen,
                   "Address of the gateways; the page and the control take the next two ports.")
      ->capture_default_str();
  sandbox->add_option("--data", world.data, "Folder of what the sandbox keeps, and of sampan.toml for a shop.")
      ->capture_default_str();
  sandbox->add_option("--catalogue", world.catalogue, "Folder of products.json and sellers.json.")
      ->capture_default_str();
  sandbox->add_option("--shop", world.shop_url, "Address of the shop that is told about payments.");

  CLI::App* tool = app.add_subcommand("tool", "Answer JSON lines from stdin, one line each: the core as a diagnostic.");
  tool->require_subcommand(1);
  CLI::App* link = tool->add_subcommand("link", R"(The product that a text means: {"text":"https://…"}.)");
  CLI::App* sign =
      tool->add_subcommand("sign", R"(The signature of a call: {"method":"top-md5","secret":…,"params":{…}}.)");

  CLI::App* parse =
      tool->add_subcommand("parse", R"(What a marketplace's reply means: {"marketplace":"jd","api":"","reply":{…}}.)");
  CLI::App* webhook = tool->add_subcommand(
      "webhook", R"(Whose message it is: {"provider":"stripe","secret":…,"header":…,"body":…,"now":…}.)");

  CLI11_PARSE(app, argument_count, arguments);

  std::ios::sync_with_stdio(false);
  if (*link) sampan::run_tool(sampan::link_tool(sampan::parse_url), std::cin, std::cout);
  if (*sign) sampan::run_tool(sampan::sign_tool(sampan::sign), std::cin, std::cout);
  if (*parse) sampan::run_tool(sampan::parse_tool(), std::cin, std::cout);
  if (*webhook) sampan::run_tool(sampan::webhook_tool(hmac_sha256_hex), std::cin, std::cout);
  if (*sandbox) return sampan::run_sandbox(world);
  return *serve ? sampan::run_shop(shop) : 0;
}
