#include "tests/story/world.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "shared/database/ledger_rows.hpp"
#include "shared/database/order_rows.hpp"
#include "shared/database/outbox.hpp"
#include "shared/database/parcel_rows.hpp"
#include "shared/database/purchase_rows.hpp"
#include "shared/jobs/run_jobs.hpp"
#include "shared/rates/ecb.hpp"

namespace sampan::story {
namespace {

const Instant opening = *parse_instant("2026-11-24T09:00:00+08:00");

std::string asset(const std::string& name) {
  std::ifstream file(std::string(SAMPAN_SOURCE_ROOT) + "/assets/" + name, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

template <class T>
T must(Result<T> result) {
  if (!result)
    FAIL(word(result.error().code) << ": " << result.error().sentence << " (" << result.error().context << ")");
  return *std::move(result);
}

const Catalogue& catalogue(MarketplaceName name) {
  static std::map<MarketplaceName, Catalogue> read;
  const std::string folder = "demo/" + std::string(word(name));
  if (read.count(name) == 0)
    read[name] = must(parse_catalogue(asset(folder + "/products.json"), asset(folder + "/sellers.json")));
  return read[name];
}

// Faster where a file system in memory is there; every run has a folder of its own.
std::filesystem::path new_folder() {
  const std::filesystem::path memory = "/dev/shm";
  std::string name =
      (std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path()) / "sampan-story-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) FAIL("no folder for the story's files");
  return name;
}

MarketRules market_rules(MarketplaceName name) {
  MarketRules rules = rules_of(name);
  rules.others_trade = false;  // what the story does not tell does not happen
  return rules;
}

RateTable rates_of(Instant now) {
  RateTable table;
  table.source = "ecb";
  table.base = currency("EUR");
  table.published_day = day_at(now);
  table.published_at = now;
  table.fetched_at = now;
  for (const auto& [code, rate] :
       {std::pair{"USD", "1.0705"}, {"JPY", "171.94"}, {"GBP", "0.84638"}, {"AUD", "1.6079"}, {"CNY", "7.7748"}})
    table.rates.push_back({currency(code), *scaled(rate, rate_table_digits)});
  return table;
}

}  // namespace

const TradeTerms& terms() {
  static const TradeTerms read = [] {
    TradeTerms terms;
    terms.import_rules.push_back(must(parse_import_rules(asset("rules/import_rules.json"))));
    terms.rate_cards = must(parse_rate_cards(asset("rules/rate_cards.json")));
    terms.goods_classes = must(parse_goods_classes(asset("rules/goods_classes.json")));
    terms.service_fee = {500, {500, cny()}};
    terms.registrations = {"IOSS", "UK_VAT", "AU_GST"};
    return terms;
  }();
  return read;
}

World::World(Fault fault)
    : now_(opening),
      folder_(new_folder()),
      provider_([this] { return now_; }),
      carrier_({{8000, cny()}, 9, 20}, [this] { return now_; }),
      faults_(fault),
      struck_provider_(provider_, faults_),
      struck_carrier_(carrier_, faults_) {
  for (const auto& [name, unused] : words(static_cast<MarketplaceName*>(nullptr)))
    upstreams_.push_back(std::make_unique<Upstream>(name, now_, faults_));
  provider_.set_key_memory({});  // the worst provider: no repeat is safe by its key
  start();
}

World::Upstream::Upstream(MarketplaceName name, const Instant& now, Faults& faults)
    : market(catalogue(name), market_rules(name), now),
      marketplace(name, market, [&now] { return now; }),
      struck(marketplace, faults) {}

World::Upstream& World::upstream(MarketplaceName name) {
  return **std::find_if(upstreams_.begin(), upstreams_.end(),
                        [&](const auto& each) { return each->marketplace.name() == name; });
}

std::vector<const SimulatedMarket*> World::markets() const {
  std::vector<const SimulatedMarket*> markets;
  for (const auto& each : upstreams_) markets.push_back(&each->market);
  return markets;
}

World::~World() {
  ports_.reset();
  struck_database_.reset();
  database_.reset();
  std::filesystem::remove_all(folder_);
}

void World::start() {
  ports_.reset();
  struck_database_.reset();
  database_.reset();
  database_ = must(SqliteDatabase::open((folder_ / "shop.sqlite").string()));
  struck_database_ = std::make_unique<StruckDatabase>(*database_, faults_);
  ports_ = std::make_unique<Ports>(Ports{
      *struck_database_,
      [this] { return now_; },
      [this] { return Randomness{random_++, random_ * 0x9e3779b97f4a7c15ULL}; },
      [this](MarketplaceName name) -> Marketplace* { return &upstream(name).struck; },
      struck_provider_,
      struck_carrier_,
      [this] { return Result<RateTable>(rates_of(now_)); },
      terms(),
  });
}

void World::act(const char* what, const std::function<Result<void>()>& deed) {
  for (int tries = 0; tries < 3; ++tries) {
    try {
      const auto done = deed();
      if (done) return;
      const ErrorCode code = done.error().code;
      INFO(what);
      if (code != ErrorCode::retry_later && code != ErrorCode::outcome_unknown) fail_test(done.error());
      pass(seconds(30));
    } catch (const Crash&) {
      start();
    }
  }
  FAIL("it never succeeded: " << what);
}

bool World::run_a_job() {
  try {
    const auto job = run_one_job(*ports_);
    if (!job) fail_test(job.error());
    return job->has_value();
  } catch (const Crash&) {
    start();
    return true;
  }
}

void World::until(const char* what, const std::function<bool()>& goal) {
  const Instant deadline = now_ + days(365);
  for (int looks = 0; looks < 20'000 && now_ < deadline; ++looks) {
    while (run_a_job()) {
    }
    if (goal()) return;
    const auto due = stored<std::optional<Instant>>([](Transaction& tx) { return next_due(tx); });
    now_ = due && now_ < *due ? *due : now_ + hours(1);
  }
  FAIL("it never came about: " << what);
}

void World::until_idle() {
  until("no job is left",
        [&] { return !stored<std::optional<Instant>>([](Transaction& tx) { return next_due(tx); }); });
}

std::vector<Purchase> World::purchases(const OrderId& order_id) {
  return stored<std::vector<Purchase>>([&](Transaction& tx) { return list_purchases(tx, order_id); });
}

Journey World::journey_of(const OrderId& order_id) {
  return stored<Journey>([&](Transaction& tx) -> Result<Journey> {
    TRY(const Order order, load_order(tx, the_shop(), order_id));
    TRY(const auto purchases, list_purchases(tx, order_id));
    TRY(const auto parcels, list_parcels(tx, order_id));
    return journey(order, purchases, parcels);
  });
}

void World::fail_test(const Error& error) {
  FAIL(word(error.code) << ": " << error.sentence << " (" << error.context << ")");
  std::abort();
}

}  // namespace sampan::story
