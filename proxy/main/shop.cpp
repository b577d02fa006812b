#include "proxy/main/shop.hpp"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "proxy/database/group_writer.hpp"
#include "proxy/database/reader.hpp"
#include "proxy/http/feed.hpp"
#include "proxy/http/serve.hpp"
#include "proxy/main/clock_file.hpp"
#include "proxy/main/gateways.hpp"
#include "proxy/main/messages.hpp"
#include "proxy/marketplace/digest.hpp"
#include "proxy/ops/config.hpp"
#include "proxy/worker/worker.hpp"
#include "shared/protocol/dispatch.hpp"
#include "shared/protocol/openapi.hpp"
#include "shared/usecase/recording.hpp"

namespace sampan {
namespace {

constexpr size_t job_threads = 4;

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

// Only its owner may read it: it holds addresses and tokens. SQLite gives the files beside it the same permission.
Result<void> make_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  const bool is_private = file >= 0 && ::fchmod(file, S_IRUSR | S_IWUSR) == 0;
  if (file >= 0) ::close(file);
  if (!is_private) return fail(ErrorCode::storage, "The shop's file cannot be made its owner's only.", path);
  return done();
}

// Everything that a shop is made of, in the order in which it leans on what stands before.
struct Shop {
  std::function<Instant()> now;
  TradeTerms terms;
  std::unique_ptr<SqliteDatabase> sqlite;
  std::unique_ptr<Feed> feed;
  std::unique_ptr<GroupWriter> database;
  std::unique_ptr<Reader> sessions;
  std::map<MarketplaceName, std::unique_ptr<Marketplace>> marketplaces;
  std::unique_ptr<PaymentProvider> payments;
  std::unique_ptr<Carrier> carrier;
  std::unique_ptr<Ports> ports;
  std::unique_ptr<Dispatch> dispatch;
  MessageSecrets secrets;
};

Result<void> open_marketplaces(Shop& shop, const Config& config) {
  if (config.iop) {
    TRY(shop.marketplaces[MarketplaceName::taobao], open_taobao(*config.iop, config.warehouse, shop.now));
  }
  if (config.aop) {
    TRY(shop.marketplaces[MarketplaceName::alibaba1688],
        open_alibaba1688(*config.aop, config.warehouse, *shop.database, shop.now));
  }
  if (config.jos && config.vop) {
    TRY(shop.marketplaces[MarketplaceName::jd], open_jd(*config.jos, *config.vop, config.warehouse, shop.now));
  }
  return done();
}

Result<std::unique_ptr<Shop>> open_shop(const ShopOptions& options, const Config& config, const std::string& url) {
  auto shop = std::make_unique<Shop>();
  shop->now = system_now;
  if (!config.clock_file.empty()) {
    TRY(shop->now, clock_of_file(config.clock_file));
  }
  TRY(shop->terms, load_terms(options.rules, config));
  TRY_DO(make_private(options.data + "/shop.sqlite"));
  TRY(shop->sqlite, SqliteDatabase::open(options.data + "/shop.sqlite"));
  TRY(auto reading, SqliteDatabase::open_reading(options.data + "/shop.sqlite"));
  shop->sessions = std::make_unique<Reader>(std::move(reading));
  TRY(const int64_t newest, transact<int64_t>(*shop->sqlite, newest_sequence));
  shop->feed = std::make_unique<Feed>(newest);
  shop->database = std::make_unique<GroupWriter>(
      *shop->sqlite, newest,
      [feed = shop->feed.get()](std::vector<Change> changes) { feed->tell(std::move(changes)); });
  TRY_DO(open_marketplaces(*shop, config));
  const std::string home = config.public_url.empty() ? url : config.public_url;
  TRY(shop->payments, open_stripe(*config.stripe, home, shop->now));
  TRY(shop->carrier, open_carrier(config.carrier_url));
  TRY(auto fetch_rates, open_ecb(config.ecb, shop->now));
  shop->ports =
      std::make_unique<Ports>(Ports{*shop->database, shop->now, [] { return Randomness{random_bits(), random_bits()}; },
                                    [&markets = shop->marketplaces](MarketplaceName name) {
                                      const auto found = markets.find(name);
                                      return found == markets.end() ? nullptr : found->second.get();
                                    },
                                    *shop->payments, *shop->carrier, std::move(fetch_rates), shop->terms});
  shop->dispatch = std::make_unique<Dispatch>(Dispatch{*shop->ports, *shop->sessions,
                                                       [](std::string_view text) { return lower_hex(sha256(text)); },
                                                       new_token, system_now, config.operator_token});
  shop->secrets = {config.stripe->webhook_secret, config.aop ? config.aop->app_secret : ""};
  return shop;
}

SiteReply answer_call(Shop& shop, const std::string& openapi, const HttpRequest& request) {
  if (request.path == "/openapi.json")
    return HttpReply{200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-cache"}}, openapi};
  if (auto heard = hear_message(*shop.ports, shop.secrets, request)) return *std::move(heard);
  DispatchReply reply = answer(*shop.dispatch, request);
  if (!reply.follows) return SiteReply(std::move(reply));
  const auto go_on = [&feed = *shop.feed, by = *reply.follows](TakenConnection connection, std::string text) {
    feed.follow(std::move(connection), by.shopper_id, by.cursor, std::move(text));
  };
  return {std::move(reply), go_on};
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
  const auto calls = [&](const HttpRequest& request) { return answer_call(*shop, openapi, request); };
  TRY(Listening listening,
      Listening::bind(
          {{"", options.listen, {std::move(files), {"/v1/", "/openapi.json", "/webhooks/", "/pushes/"}, calls}}}));
  TRY(shop, open_shop(options, config, listening.url(0)));
  TRY_DO(shop->database->transact(
      [&](Transaction& tx) { return enqueue_now(tx, *shop->ports, JobKind::refresh_rates, "ecb"); }));
  const Worker worker(*shop->ports, job_threads);
  const Result<void> outcome = listening.run();
  shop->feed->stop();  // before the jobs: they may still wait for somebody's answer
  return outcome;
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
