#include "proxy/main/shop.hpp"

#include <sys/random.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "proxy/database/group_writer.hpp"
#include "proxy/http/serve.hpp"
#include "proxy/main/clock_file.hpp"
#include "proxy/marketplace/digest.hpp"
#include "proxy/marketplace/quota.hpp"
#include "proxy/marketplace/sign.hpp"
#include "proxy/marketplace/transport.hpp"
#include "proxy/ops/config.hpp"
#include "proxy/worker/worker.hpp"
#include "shared/marketplace/alibaba1688/alibaba1688.hpp"
#include "shared/marketplace/alibaba1688/errors.hpp"
#include "shared/payment/stripe/stripe_provider.hpp"
#include "shared/payment/stripe/webhook.hpp"
#include "shared/protocol/dispatch.hpp"
#include "shared/protocol/openapi.hpp"
#include "shared/protocol/problem.hpp"
#include "shared/rates/fetch_ecb.hpp"
#include "shared/tracking/http_carrier.hpp"
#include "shared/usecase/capture_payment.hpp"
#include "shared/usecase/recording.hpp"

namespace sampan {
namespace {

constexpr size_t job_threads = 4;

std::string hmac_hex(std::string_view key, std::string_view text) { return lower_hex(hmac_sha256(key, text)); }

Result<std::string> file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) return fail(ErrorCode::bad_input, "This file cannot be read.", path);
  return text.str();
}

uint64_t random_bits() {
  uint64_t bits = 0;
  // From the kernel's pool; 8 bytes never come in part.
  if (::getrandom(&bits, sizeof bits, 0) != static_cast<ssize_t>(sizeof bits)) std::abort();
  return bits;
}

std::string new_token() {
  std::string token;
  for (int i = 0; i < 4; ++i) token += time_ordered("", Instant{0}, {random_bits(), random_bits()}).substr(10);
  return token;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> words;
  std::stringstream text(list);
  for (std::string word; std::getline(text, word, ',');)
    if (!word.empty()) words.push_back(word);
  return words;
}

Result<TradeTerms> load_terms(const std::string& folder, const Config& config) {
  TradeTerms terms;
  TRY(const std::string import_rules, file_text(folder + "/import_rules.json"));
  TRY(const std::string rate_cards, file_text(folder + "/rate_cards.json"));
  TRY(const std::string goods_classes, file_text(folder + "/goods_classes.json"));
  TRY(ImportRules rules, parse_import_rules(import_rules));
  terms.import_rules.push_back(std::move(rules));
  TRY(terms.rate_cards, parse_rate_cards(rate_cards));
  TRY(terms.goods_classes, parse_goods_classes(goods_classes));
  terms.service_fee = {config.terms.service_fee_basis_points, {config.terms.service_fee_minimum_fen, cny()}};
  terms.spread_basis_points = config.terms.spread_basis_points;
  terms.registrations = split(config.terms.registrations);
  return terms;
}

// An address that is written as one of this machine is a sandbox's; every other must turn out to be public.
Result<HttpSend> send_to(const std::string& base_url) { return transport(base_url, TransportLimits{}); }

Duration monotonic() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

Result<std::unique_ptr<Marketplace>> open_alibaba1688(const AopConfig& config, const WarehouseConfig& warehouse,
                                                      std::function<Instant()> now) {
  TRY(HttpSend send, send_to(config.base_url));
  const auto quota = std::make_shared<Quota>(
      QuotaRule{config.calls_per_second, config.calls_per_second, seconds(10), seconds(120)}, monotonic);
  Alibaba1688Settings settings;
  settings.app_key = config.app_key;
  settings.access_token = [token = config.access_token] { return token; };
  settings.ship_to.full_name = warehouse.full_name;
  settings.ship_to.mobile = warehouse.mobile;
  settings.ship_to.post_code = warehouse.postcode;
  settings.ship_to.province = warehouse.province;
  settings.ship_to.city = warehouse.city;
  settings.ship_to.area = warehouse.area;
  settings.ship_to.address = warehouse.address;
  const auto sign_call = [secret = config.app_secret](std::string_view path, const std::vector<Parameter>& parameters) {
    SignRequest request;
    request.secret = secret;
    request.path = std::string(path);
    request.parameters = parameters;
    return sign(SignMethod::aop_sha1, request).signature;
  };
  return std::unique_ptr<Marketplace>(std::make_unique<Alibaba1688>(
      std::move(settings), within_quota(std::move(send), quota, alibaba1688::is_quota_answer), sign_call,
      std::move(now)));
}

// Everything that a shop is made of, in the order in which it leans on what stands before.
struct Shop {
  std::function<Instant()> now;
  TradeTerms terms;
  std::unique_ptr<SqliteDatabase> sqlite;
  std::unique_ptr<GroupWriter> database;
  std::unique_ptr<Marketplace> alibaba1688;
  std::unique_ptr<PaymentProvider> payments;
  std::unique_ptr<Carrier> carrier;
  std::unique_ptr<Ports> ports;
  std::unique_ptr<Dispatch> dispatch;
  std::string webhook_secret;
};

Result<std::unique_ptr<Shop>> open_shop(const ShopOptions& options, const Config& config, const std::string& url) {
  auto shop = std::make_unique<Shop>();
  shop->now = system_now;
  if (!config.clock_file.empty()) {
    TRY(shop->now, clock_of_file(config.clock_file));
  }
  TRY(shop->terms, load_terms(options.rules, config));
  TRY(shop->sqlite, SqliteDatabase::open(options.data + "/shop.sqlite"));
  shop->database = std::make_unique<GroupWriter>(*shop->sqlite);
  if (config.aop) {
    TRY(shop->alibaba1688, open_alibaba1688(*config.aop, config.warehouse, shop->now));
  }
  TRY(HttpSend to_stripe, send_to(config.stripe->base_url));
  const std::string home = config.public_url.empty() ? url : config.public_url;
  shop->payments = std::make_unique<StripeProvider>(
      std::move(to_stripe), shop->now,
      StripeSettings{config.stripe->key, {home + "/?paid={payment_id}", home + "/?unpaid={payment_id}"}});
  TRY(HttpSend to_carrier, send_to(config.carrier_url));
  shop->carrier = std::make_unique<HttpCarrier>(std::move(to_carrier));
  TRY(HttpSend to_ecb, send_to(config.ecb.base_url));
  shop->ports = std::make_unique<Ports>(Ports{
      *shop->database, shop->now, [] { return Randomness{random_bits(), random_bits()}; },
      [market = shop->alibaba1688.get()](MarketplaceName name) {
        return name == MarketplaceName::alibaba1688 ? market : nullptr;
      },
      *shop->payments, *shop->carrier, [to_ecb, now = shop->now] { return fetch_ecb(to_ecb, now()); }, shop->terms});
  shop->dispatch =
      std::make_unique<Dispatch>(Dispatch{*shop->ports, [](std::string_view text) { return lower_hex(sha256(text)); },
                                          new_token, system_now, config.operator_token});
  shop->webhook_secret = config.stripe->webhook_secret;
  return shop;
}

// Whoever says so, the provider itself is asked: a forged message moves nothing, a repeated one neither.
HttpReply hear_stripe(Shop& shop, const HttpRequest& request) {
  const auto signature = field_of(request.fields, "Stripe-Signature");
  const auto genuine = check_stripe_signature(signature, request.body, shop.webhook_secret, shop.now(), hmac_hex);
  if (!genuine) {
    HttpReply refused = problem_reply(genuine.error());
    refused.status = 400;
    return refused;
  }
  const auto event = parse_stripe_event(request.body);
  if (!event) return problem_reply(event.error());
  if (event->payment_id.is_empty()) return {200, {}, ""};
  const auto captured = capture_payment(*shop.ports, event->payment_id);
  if (!captured && captured.error().code != ErrorCode::not_found) return problem_reply(captured.error());
  return {200, {}, ""};
}

HttpReply answer_call(Shop& shop, const std::string& openapi, const HttpRequest& request) {
  if (request.path == "/openapi.json")
    return {200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-cache"}}, openapi};
  if (request.path == "/webhooks/stripe" && request.method == "POST") return hear_stripe(shop, request);
  return answer(*shop.dispatch, request);
}

Result<void> run(const ShopOptions& options) {
  block_stop_signals();
  TRY(const Config config, load_config(options.config));
  std::error_code failed;
  std::filesystem::create_directories(options.data, failed);
  if (failed)
    return fail(ErrorCode::storage, "The data folder cannot be made.", options.data + ": " + failed.message());
  TRY(StaticFiles files, load_static_files(options.web));
  if (!config.stripe || config.carrier_url.empty()) {
    TRY(Listening page, Listening::bind({{"", options.listen, {std::move(files), {}, {}}}}));
    return page.run();
  }

  std::unique_ptr<Shop> shop;  // opened when the address is known, before anybody is answered
  const std::string openapi = openapi_document(options.version);
  const HttpHandler calls = [&](const HttpRequest& request) { return answer_call(*shop, openapi, request); };
  TRY(Listening listening,
      Listening::bind({{"", options.listen, {std::move(files), {"/v1/", "/openapi.json", "/webhooks/"}, calls}}}));
  TRY(shop, open_shop(options, config, listening.url(0)));
  TRY_DO(shop->database->transact(
      [&](Transaction& tx) { return enqueue_now(tx, *shop->ports, JobKind::refresh_rates, "ecb"); }));
  const Worker worker(*shop->ports, job_threads);
  return listening.run();
}

}  // namespace

int run_shop(const ShopOptions& options) {
  const Result<void> outcome = run(options);
  if (outcome) return 0;
  const Error& error = outcome.error();
  std::fprintf(stderr, "sampan: %s (%s)\n", error.sentence.c_str(), error.context.c_str());
  return error.code == ErrorCode::bad_input ? 2 : 1;
}

}  // namespace sampan
