// The command line of `sampan`.
#include <CLI/CLI.hpp>

#include <iostream>
#include <string>

#include "proxy/http/serve.hpp"
#include "proxy/marketplace/sign.hpp"
#include "proxy/marketplace/url.hpp"
#include "proxy/ops/tool.hpp"

int main(int argument_count, char** arguments) {
  CLI::App app("Sampan: a shop that buys on Taobao, 1688 and JD for shoppers overseas.", "sampan");
  app.set_version_flag("--version", std::string("sampan ") + SAMPAN_VERSION);
  app.require_subcommand(1);

  sampan::ServeOptions options;
  CLI::App* serve = app.add_subcommand("serve", "Serve the shop.");
  serve->add_option("--listen", options.listen, "Address and port; port 0 takes a free one.")->capture_default_str();
  serve->add_option("--data", options.data, "Folder of what the shop keeps; made when it is missing.")
      ->capture_default_str();
  serve->add_option("--web", options.web, "Folder of what the browser loads.")->capture_default_str();

  CLI::App* tool = app.add_subcommand("tool", "Answer JSON lines from stdin, one line each: the core as a diagnostic.");
  tool->require_subcommand(1);
  CLI::App* link = tool->add_subcommand("link", R"(The product that a text means: {"text":"https://…"}.)");
  CLI::App* sign =
      tool->add_subcommand("sign", R"(The signature of a call: {"method":"top-md5","secret":…,"params":{…}}.)");

  CLI11_PARSE(app, argument_count, arguments);

  std::ios::sync_with_stdio(false);
  if (*link) sampan::run_tool(sampan::link_tool(sampan::parse_url), std::cin, std::cout);
  if (*sign) sampan::run_tool(sampan::sign_tool(sampan::sign), std::cin, std::cout);
  return *serve ? sampan::serve(options) : 0;
}
