#include "proxy/ops/config.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <map>

using namespace sampan;

namespace {

Result<Config> parse(std::string_view toml, const std::map<std::string, std::string>& environment = {},
                     const std::map<std::string, std::string>& files = {}) {
  return parse_config(
      toml,
      [&](const std::string& name) {
        const auto found = environment.find(name);
        return found == environment.end() ? std::nullopt : std::optional(found->second);
      },
      [&](const std::string& path) -> Result<std::string> {
        const auto found = files.find(path);
        if (found == files.end()) return fail(ErrorCode::bad_input, "This file cannot be read.", path);
        return found->second;
      });
}

constexpr std::string_view whole = R"(
[server]
public_url = "https://shop.example"
[gateway.aop]
app_key = "1000000"
app_secret = "secret"
access_token = "token"
calls_per_second = 3
[warehouse]
full_name = "示例集运仓"
mobile = "13800000000"
postcode = "518000"
province = "广东省"
city = "深圳市"
area = "宝安区"
address = "示例路1号"
[terms]
service_fee_basis_points = 800
registrations = "IOSS"
[payment.stripe]
key = "sk_test_1"
webhook_secret = "whsec_1"
)";

}  // namespace

TEST_CASE("nothing configured is a shop without marketplaces and payments", "[config]") {
  const auto config = parse("");
  REQUIRE(config);
  CHECK(!config->aop);
  CHECK(!config->stripe);
  CHECK(config->operator_token.empty());
}

TEST_CASE("the file says it, the environment says it louder, a file's content may be the value", "[config]") {
  const auto config = parse(
      whole, {{"SAMPAN_GATEWAY_AOP_BASE_URL", "http://127.0.0.1:9"}, {"SAMPAN_PAYMENT_STRIPE_KEY_FILE", "/run/key"}},
      {{"/run/key", "sk_from_file\n"}});
  REQUIRE(config);
  CHECK(config->public_url == "https://shop.example");
  REQUIRE(config->aop);
  CHECK(config->aop->base_url == "http://127.0.0.1:9");
  CHECK(config->aop->app_secret == "secret");
  CHECK(config->aop->calls_per_second == 3);
  CHECK(config->warehouse.city == "深圳市");
  CHECK(config->terms.service_fee_basis_points == 800);
  CHECK(config->terms.service_fee_minimum_fen == 500);
  CHECK(config->terms.registrations == "IOSS");
  REQUIRE(config->stripe);
  CHECK(config->stripe->key == "sk_from_file");
  CHECK(config->stripe->base_url == "https://api.stripe.com");
}

TEST_CASE("a secret may stand in the environment alone", "[config]") {
  std::string toml(whole);
  toml.erase(toml.find("app_secret"), std::string_view("app_secret = \"secret\"\n").size());
  const auto config = parse(toml, {{"SAMPAN_GATEWAY_AOP_APP_SECRET", "s"}});
  REQUIRE(config);
  REQUIRE(config->aop);
  CHECK(config->aop->app_secret == "s");
}

TEST_CASE("a marketplace is called by an access token, or by what gets one", "[config]") {
  std::string toml(whole);
  const std::string access_token = "access_token = \"token\"\n";
  toml.replace(toml.find(access_token), access_token.size(), "refresh_token = \"grant\"\n");
  const auto config = parse(toml);
  REQUIRE(config);
  REQUIRE(config->aop);
  CHECK(config->aop->access_token.empty());
  CHECK(config->aop->refresh_token == "grant");
}

TEST_CASE("Taobao and JD are configured by their gateways", "[config]") {
  const auto config = parse(std::string(whole) + R"(
[gateway.iop]
app_key = "500001"
app_secret = "s"
access_token = "t"
[gateway.jos]
app_key = "k"
app_secret = "s"
calls_per_second = 9
[gateway.vop]
client_id = "c"
client_secret = "s"
username = "u"
password = "p"
area = "19_1607_3639_0"
email = "w@example.com"
invoice_company = "示例公司"
)");
  REQUIRE(config);
  REQUIRE(config->iop);
  CHECK(config->iop->base_url == "https://api.taobao.global");
  CHECK(config->iop->access_token == "t");
  REQUIRE(config->jos);
  CHECK(config->jos->calls_per_second == 9);
  REQUIRE(config->vop);
  CHECK(config->vop->base_url == "https://bizapi.jd.com");
  CHECK(config->vop->calls_per_second == 5);
  CHECK(config->vop->area == "19_1607_3639_0");
}

TEST_CASE("what is wrong with a configuration is named, and no secret with it", "[config]") {
  struct Case {
    const char* why;
    const char* toml;
    const char* context;
  };
  const Case c = GENERATE(values<Case>({
      {"not TOML", "[server\npublic_url = 1", "line 1"},
      {"a misspelt key", "[server]\npublic_ulr = \"x\"", "server.public_ulr"},
      {"an unknown table", "[gateway.ebay]\nkey = \"x\"", "gateway.ebay.key"},
      {"a secret is missing", "[gateway.aop]\napp_key = \"1\"\naccess_token = \"t\"", "gateway.aop.app_secret"},
      {"JD can be found, but not bought", "[gateway.jos]\napp_key = \"k\"\napp_secret = \"s\"", "gateway.vop"},
      {"a gateway without its token", "[gateway.iop]\napp_key = \"k\"\napp_secret = \"s\"", "gateway.iop.access_token"},
      {"no token and nothing to get one by", "[gateway.aop]\napp_key = \"1\"\napp_secret = \"s\"",
       "gateway.aop.access_token"},
      {"a marketplace without a warehouse", "[gateway.aop]\napp_key = \"1\"\napp_secret = \"s\"\naccess_token = \"t\"",
       "warehouse.full_name"},
      {"a key that is no text", "[payment.stripe]\nkey = true", "payment.stripe.key"},
      {"a rate that is none", "[gateway.aop]\ncalls_per_second = 0\napp_key = \"1\"", "gateway.aop.calls_per_second"},
      {"a file that is not there", "[payment.stripe]\nkey_file = \"/nowhere\"", "payment.stripe.key, /nowhere"},
  }));
  CAPTURE(c.why);
  const auto config = parse(c.toml);
  REQUIRE(!config);
  CHECK(config.error().code == ErrorCode::bad_input);
  CHECK(config.error().context == c.context);
}
