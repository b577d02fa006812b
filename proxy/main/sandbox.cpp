#include "proxy/main/sandbox.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "proxy/http/serve.hpp"
#include "proxy/main/clock_file.hpp"
#include "proxy/marketplace/digest.hpp"
#include "proxy/marketplace/sign.hpp"
#include "proxy/marketplace/transport.hpp"
#include "proxy/sandbox/aop_gateway.hpp"
#include "proxy/sandbox/carrier_gateway.hpp"
#include "proxy/sandbox/control.hpp"
#include "proxy/sandbox/rates_gateway.hpp"
#include "proxy/sandbox/stripe_gateway.hpp"
#include "proxy/sandbox/stripe_page.hpp"
#include "proxy/sandbox/stripe_webhooks.hpp"
#include "proxy/sandbox/world.hpp"

namespace sampan {
namespace {

constexpr const char* webhook_secret = "whsec_sampan_sandbox";
constexpr const char* operator_token = "sandbox-operator";

std::string hmac_hex(std::string_view key, std::string_view text) { return lower_hex(hmac_sha256(key, text)); }

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

// Tells the shop what happened to its payments, until it has heard.
class Teller {
 public:
  Teller(World& world, StripeGatewaySettings settings, HttpSend send)
      : world_(world), settings_(std::move(settings)), send_(std::move(send)), thread_([this] { run(); }) {}
  ~Teller() {
    {
      const std::lock_guard lock(mutex_);
      is_ending_ = true;
    }
    end_.notify_all();
    thread_.join();
  }
  Teller(const Teller&) = delete;
  Teller& operator=(const Teller&) = delete;

  void tell_all() {
    const std::lock_guard one_at_a_time(telling_);
    for (const WebhookDelivery& delivery : due()) tell(delivery);
  }

 private:
  std::vector<WebhookDelivery> due() {
    const bool has_expired = world_.look([](Scene& scene) {
      const auto& sessions = scene.stripe.sessions;
      return std::any_of(sessions.begin(), sessions.end(), [&](const SandboxSession& session) {
        return !session.end_is_told && !session.paid_at && session.expires_at <= scene.now;
      });
    });
    if (has_expired)
      with_stripe(world_, settings_, [](StripeGateway& gateway) {
        gateway.tell_expired();
        return HttpReply{};
      });
    return world_.look([&](Scene& scene) { return due_deliveries(scene.stripe, scene.now, WebhookFault::none); });
  }

  void tell(const WebhookDelivery& delivery) {
    const Instant now = world_.now();
    const auto reply = send_(webhook_request(delivery, {"/webhooks/stripe", webhook_secret, hmac_hex}, now));
    const bool is_taken = reply && reply->status >= 200 && reply->status < 300;
    const auto noted = world_.act([&](Scene& scene) {
      record_attempt(scene.stripe, delivery.event_id, is_taken, scene.now);
      return 0;
    });
    if (!noted) std::fprintf(stderr, "sandbox: %s\n", noted.error().sentence.c_str());
  }

  void run() {
    std::unique_lock lock(mutex_);
    while (!end_.wait_for(lock, std::chrono::milliseconds(200), [&] { return is_ending_; })) {
      lock.unlock();
      tell_all();
      lock.lock();
    }
  }

  World& world_;
  StripeGatewaySettings settings_;
  HttpSend send_;
  std::mutex telling_;
  std::mutex mutex_;
  std::condition_variable end_;
  bool is_ending_ = false;
  std::thread thread_;
};

Result<void> write_clock(World& world, const std::string& data) {
  return write_whole(data + "/clock.json", to_json(world.clock()));
}

// "127.0.0.1:8090" and 2 are "127.0.0.1:8092"; port 0 stays 0.
Result<std::string> beside(const std::string& listen, int64_t offset) {
  const size_t colon = listen.rfind(':');
  TRY(const int64_t port, scaled(colon == std::string::npos ? std::string() : listen.substr(colon + 1), 0));
  return listen.substr(0, colon + 1) + std::to_string(port == 0 ? 0 : port + offset);
}

std::string config_text(const std::string& gateways, const AopAccount& account, const std::string& data) {
  return "# Points a shop at this sandbox: sampan serve --config FILE\n"
         "[server]\noperator_token = \"" +
         std::string(operator_token) +
         "\"\n"
         "[gateway.aop]\nbase_url = \"" +
         gateways + "\"\napp_key = \"" + account.app_key + "\"\napp_secret = \"" + account.app_secret +
         "\"\naccess_token = \"" + account.access_token +
         "\"\ncalls_per_second = 15\n"
         "[payment.stripe]\nbase_url = \"" +
         gateways + "\"\nkey = \"sk_test_sampan\"\nwebhook_secret = \"" + std::string(webhook_secret) +
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
  TRY(const auto world, World::open({options.catalogue, options.data}, MarketRules{}, system_now));
  AopGateway aop(*world, account, sign, monotonic_ms);
  const HttpHandler carrier = carrier_gateway(*world);
  // Filled once the page listens, before anybody is answered.
  StripeGatewaySettings stripe;
  std::function<void()> tell_all = [] {};
  SandboxControl control(*world, [&] { tell_all(); });

  const HttpHandler gateways = [&](const HttpRequest& request) -> HttpReply {
    if (request.path.rfind("/stats/", 0) == 0) return answer_ecb(request, world->now());
    if (request.path.rfind("/carrier/", 0) == 0) return carrier(request);
    if (request.path.rfind("/v1/", 0) == 0)
      return with_stripe(*world, stripe, [&](StripeGateway& gateway) { return gateway.answer(request); });
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
    teller = std::make_unique<Teller>(*world, stripe, std::move(send));
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
