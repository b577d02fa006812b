#include "proxy/main/sandbox.hpp"

#include <chrono>
#include <cstdio>

#include "proxy/http/serve.hpp"
#include "proxy/main/clock_file.hpp"
#include "proxy/main/teller.hpp"
#include "proxy/marketplace/sign.hpp"
#include "proxy/marketplace/transport.hpp"
#include "proxy/sandbox/aop_gateway.hpp"
#include "proxy/sandbox/carrier_gateway.hpp"
#include "proxy/sandbox/control.hpp"
#include "proxy/sandbox/iop_gateway.hpp"
#include "proxy/sandbox/jd_gateway.hpp"
#include "proxy/sandbox/rates_gateway.hpp"
#include "proxy/sandbox/stripe_gateway.hpp"
#include "proxy/sandbox/stripe_page.hpp"
#include "proxy/sandbox/struck_call.hpp"
#include "proxy/sandbox/top_gateway.hpp"
#include "proxy/sandbox/world.hpp"

namespace sampan {
namespace {

constexpr const char* webhook_secret = "whsec_sampan_sandbox";
constexpr const char* operator_token = "sandbox-operator";

int64_t monotonic_ms() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

template <class Answer>
HttpReply with_stripe(World& world, const StripeGatewaySettings& settings, Answer&& answer) {
  const auto reply = world.act([&](Scene& scene) {
    StripeGateway gateway(scene.provider, scene.stripe, [now = scene.now] { return now; }, settings);
    return answer(gateway);
  });
  if (reply) return *reply;
  return {500, {{"Content-Type", "application/json"}}, R"({"error":{"type":"api_error"}})"};
}

Result<void> write_clock(World& world, const std::string& data) {
  return write_whole(data + "/clock.json", to_json(world.clock()));
}

// "127.0.0.1:8090" and 2 are "127.0.0.1:8092"; port 0 stays 0.
Result<std::string> beside(const std::string& listen, int64_t offset) {
  const size_t colon = listen.rfind(':');
  TRY(const int64_t port, scaled(colon == std::string::npos ? std::string() : listen.substr(colon + 1), 0));
  return listen.substr(0, colon + 1) + std::to_string(port == 0 ? 0 : port + offset);
}

// TOP's part is a comment: a shop that knows no such table refuses it.
std::string taobao_config_text(const std::string& gateways, const IopAccount& iop, const TopAccount& top) {
  return "[gateway.iop]\nbase_url = \"" + gateways + "\"\napp_key = \"" + iop.app_key + "\"\napp_secret = \"" +
         iop.app_secret + "\"\naccess_token = \"" + iop.access_token +
         "\"\ncalls_per_second = 15\n# A shop does not read TOP.\n#[gateway.top]\n#base_url = \"" + gateways +
         "\"\n#app_key = \"" + top.app_key + "\"\n#app_secret = \"" + top.app_secret + "\"\n#access_token = \"" +
         top.access_token + "\"\n#adzone_id = \"" + top.adzone_id + "\"\n#calls_per_second = 15\n";
}

// The warehouse of [warehouse], by JD's own ids of regions.
std::string jd_config_text(const std::string& gateways, const JdAccount& jd) {
  return "[gateway.jos]\nbase_url = \"" + gateways + "\"\napp_key = \"" + jd.jos.app_key + "\"\napp_secret = \"" +
         jd.jos.app_secret + "\"\ncalls_per_second = 15\n[gateway.vop]\nbase_url = \"" + gateways +
         "\"\nclient_id = \"" + jd.vop.client_id + "\"\nclient_secret = \"" + jd.vop.client_secret +
         "\"\nusername = \"" + jd.vop.username + "\"\npassword = \"" + jd.vop.password +
         "\"\narea = \"19_1607_3639_0\"\nemail = \"warehouse@example.com\"\n"
         "invoice_company = \"示例集运公司\"\ncalls_per_second = 25\n";
}

std::string config_text(const std::string& gateways, const AopAccount& account, const std::string& data) {
  return "# Points a shop at this sandbox: sampan serve --config FILE\n"
         "[server]\noperator_token = \"" +
         std::string(operator_token) +
         "\"\n"
         "[gateway.aop]\nbase_url = \"" +
         gateways + "\"\napp_key = \"" + account.app_key + "\"\napp_secret = \"" + account.app_secret +
         "\"\naccess_token = \"" + account.access_token + "\"\ncalls_per_second = 15\n" +
         taobao_config_text(gateways, IopAccount{}, TopAccount{}) + jd_config_text(gateways, JdAccount{}) +
         "[payment.stripe]\nbase_url = \"" + gateways + "\"\nkey = \"sk_test_sampan\"\nwebhook_secret = \"" +
         std::string(webhook_secret) +
         "\"\n"
         "[rates.ecb]\nbase_url = \"" +
         gateways +
         "\"\n"
         "[carrier]\nbase_url = \"" +
         gateways +
         "\"\n"
         "[terms]\nregistrations = \"IOSS,UK_VAT,AU_GST\"\n"
         "[warehouse]\nfull_name = \"示例集运仓\"\nmobile = \"13800000000\"\npostcode = \"518000\"\nprovince = "
         "\"广东省\"\n"
         "city = \"深圳市\"\narea = \"宝安区\"\naddress = \"示例路1号\"\n"
         "[sandbox]\nclock_file = \"" +
         data + "/clock.json\"\n";
}

Result<void> run(const SandboxOptions& options) {
  block_stop_signals();
  const AopAccount account;
  TRY(const auto world, World::open({options.catalogue, options.data}, rules_of, system_now));
  AopGateway aop(*world, account, sign, monotonic_ms);
  IopGateway iop(*world, IopAccount{}, sign, monotonic_ms);
  TopGateway top(*world, TopAccount{}, sign, monotonic_ms);
  JdGateway jd(*world, JdAccount{}, sign, monotonic_ms);
  const HttpHandler rates =
      struck_gateway(*world, [&](const HttpRequest& request) { return answer_ecb(request, world->now()); });
  const HttpHandler carrier = struck_gateway(*world, carrier_gateway(*world));
  // Filled once the page listens, before anybody is answered.
  StripeGatewaySettings stripe;
  std::function<void()> tell_all = [] {};
  SandboxControl control(*world, [&] { tell_all(); });

  const HttpHandler provider = struck_gateway(*world, [&](const HttpRequest& request) {
    return with_stripe(*world, stripe, [&](StripeGateway& gateway) { return gateway.answer(request); });
  });
  const HttpHandler gateways = [&](const HttpRequest& request) -> HttpReply {
    if (request.path.rfind("/stats/", 0) == 0) return rates(request);
    if (request.path.rfind("/carrier/", 0) == 0) return carrier(request);
    if (request.path.rfind("/v1/", 0) == 0) return provider(request);
    if (request.path.rfind("/rest/", 0) == 0) return iop.answer(request);
    if (request.path == "/router/rest") return top.answer(request);
    if (JdGateway::is_for(request.path)) return jd.answer(request);
    return aop.answer(request);
  };
  const HttpHandler page = [&](const HttpRequest& request) {
    return with_stripe(*world, stripe, [&](StripeGateway& gateway) {
      StripePage shown(gateway, "Sampan");
      return shown.answer(request);
    });
  };
  const HttpHandler levers = [&](const HttpRequest& request) {
    HttpReply reply = control.answer(request);
    if (const auto written = write_clock(*world, options.data); !written)
      std::fprintf(stderr, "sandbox: %s\n", written.error().sentence.c_str());
    return reply;
  };

  TRY(const std::string page_listen, beside(options.listen, 1));
  TRY(const std::string control_listen, beside(options.listen, 2));
  TRY(Listening listening, Listening::bind({{"gateways", options.listen, {{}, {"/"}, gateways}},
                                            {"page", page_listen, {{}, {"/"}, page}},
                                            {"control", control_listen, {{}, {"/"}, levers}}}));
  stripe.page_origin = listening.url(1);
  TRY_DO(write_clock(*world, options.data));
  TRY_DO(write_whole(options.data + "/sampan.toml", config_text(listening.url(0), account, options.data)));
  std::unique_ptr<Teller> teller;
  if (!options.shop_url.empty()) {
    TransportLimits limits;
    limits.public_only = false;
    TRY(HttpSend send, transport(options.shop_url, limits));
    teller = std::make_unique<Teller>(*world, TellerSettings{stripe, webhook_secret, account, std::move(send)});
    tell_all = [&] { teller->tell_all(); };
  }
  return listening.run();
}

}  // namespace

int run_sandbox(const SandboxOptions& options) {
  const Result<void> outcome = run(options);
  if (outcome) return 0;
  std::fprintf(stderr, "sampan: %s (%s)\n", outcome.error().sentence.c_str(), outcome.error().context.c_str());
  return outcome.error().code == ErrorCode::bad_input ? 2 : 1;
}

}  // namespace sampan
