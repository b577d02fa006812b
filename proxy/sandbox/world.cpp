#include "proxy/sandbox/world.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

namespace sampan {
namespace {

namespace fs = std::filesystem;

// A simulator stores itself as text, which is JSON.
struct StoredJson {
  std::string text;
};
Result<StoredJson> read(const Json& json, StoredJson*) { return StoredJson{json_text(json)}; }
void write(std::string& out, const StoredJson& stored) { out += stored.text; }

struct WorldDocument {
  SandboxClock clock;
  StoredJson taobao;
  StoredJson alibaba1688;
  StoredJson jd;
  StoredJson carrier;
  StoredJson provider;
  AopTokens tokens;
  PushBook pushes;
  FaultPlan faults;
  StripeRecords stripe;
};
FIELDS(WorldDocument, clock, taobao, alibaba1688, jd, carrier, provider, tokens, pushes, faults, stripe)

// ¥70 a kilogram, ten days on the way, twenty until a lost parcel is called lost.
CarrierTerms carrier_terms() { return {{7'000, cny()}, 10, 20}; }

Result<std::string> file_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::storage, "The file cannot be read.", path.string());
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// A marketplace without a folder sells nothing.
Result<Catalogue> read_catalogue(const fs::path& folder) {
  if (!fs::exists(folder)) return Catalogue{};
  TRY(const std::string products_json, file_text(folder / "products.json"));
  TRY(const std::string sellers_json, file_text(folder / "sellers.json"));
  return parse_catalogue(products_json, sellers_json);
}

using OpenMarket = std::function<Result<SimulatedMarket>(MarketplaceName, Catalogue)>;

Result<Markets> open_markets(const std::string& folder, const OpenMarket& open) {
  const auto market_of = [&](MarketplaceName name) -> Result<SimulatedMarket> {
    TRY(Catalogue catalogue, read_catalogue(fs::path(folder) / std::string(word(name))));
    return open(name, std::move(catalogue));
  };
  TRY(SimulatedMarket taobao, market_of(MarketplaceName::taobao));
  TRY(SimulatedMarket alibaba1688, market_of(MarketplaceName::alibaba1688));
  TRY(SimulatedMarket jd, market_of(MarketplaceName::jd));
  return Markets{std::move(taobao), std::move(alibaba1688), std::move(jd)};
}

Result<void> check_catalogue(const std::string& folder) {
  for (const auto& [name, folder_name] : words(static_cast<MarketplaceName*>(nullptr)))
    if (fs::exists(fs::path(folder) / std::string(folder_name) / "products.json")) return done();
  return fail(
      ErrorCode::bad_input,
      "The marketplaces have nothing to sell: name by --catalogue the folder that has a folder for each of them.",
      folder);
}

class OpenFile {
 public:
  OpenFile(const fs::path& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  bool put(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t written = ::write(descriptor_, text.data(), text.size());
      if (written < 0) return false;
      text.remove_prefix(static_cast<size_t>(written));
    }
    return true;
  }
  bool reaches_disk() const { return ::fsync(descriptor_) == 0; }

 private:
  int descriptor_;
};

// After a crash at any point there is the old file or the new one, whole.
Result<void> replace_file(const fs::path& path, std::string_view text) {
  const fs::path beside = path.string() + ".new";
  const auto failed = [&] { return fail(ErrorCode::storage, "The sandbox cannot be stored.", path.string()); };
  {
    const OpenFile file(beside, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.put(text) || !file.reaches_disk()) return failed();
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) return failed();
  const OpenFile folder(path.parent_path(), O_RDONLY | O_DIRECTORY);
  if (!folder.reaches_disk()) return failed();
  return done();
}

// A charge is in Stripe's balance some time after the money; so is its fee.
constexpr Duration fee_delay = minutes(2);

fs::path document_path(const std::string& data) { return fs::path(data) / "sandbox.json"; }

}  // namespace

SimulatedMarket& Markets::of(MarketplaceName name) {
  switch (name) {
    case MarketplaceName::taobao: return taobao;
    case MarketplaceName::alibaba1688: return alibaba1688;
    case MarketplaceName::jd: break;
  }
  return jd;
}

std::optional<Instant> Markets::next_event() const {
  std::optional<Instant> next;
  for (const SimulatedMarket* market : {&taobao, &alibaba1688, &jd}) {
    const std::optional<Instant> event = market->next_event();
    if (event && (!next || *event < *next)) next = event;
  }
  return next;
}

World::World(Markets markets, WorldPlace place, RealNow real_now)
    : place_(std::move(place)),
      real_now_(std::move(real_now)),
      clock_{markets.alibaba1688.now(), real_now_()},
      markets_(std::move(markets)),
      carrier_(carrier_terms(), [this] { return act_now_; }),
      provider_([this] { return act_now_; }) {
  provider_.set_fee_delay(fee_delay);
}

Result<std::unique_ptr<World>> World::open(const WorldPlace& place, const RulesOf& rules, RealNow real_now) {
  TRY_DO(check_catalogue(place.catalogue));
  std::error_code problem;
  fs::create_directories(place.data, problem);
  if (problem) return fail(ErrorCode::storage, "The data folder cannot be made.", place.data);
  const fs::path stored = document_path(place.data);
  if (!fs::exists(stored)) {
    const Instant opened_at = real_now();
    TRY(Markets markets, open_markets(place.catalogue, [&](MarketplaceName name, Catalogue catalogue) {
          return Result<SimulatedMarket>(SimulatedMarket(std::move(catalogue), rules(name), opened_at));
        }));
    std::unique_ptr<World> world(new World(std::move(markets), place, std::move(real_now)));
    TRY_DO(world->save());
    return world;
  }
  const auto as_bad_data = [&](const Error& error) {
    return fail(ErrorCode::bad_data, "The stored sandbox cannot be read: move it away to begin anew.",
                stored.string() + " " + error.context);
  };
  TRY(const std::string text, file_text(stored));
  const Result<Json> document = parse_json(text);
  if (!document) return as_bad_data(document.error());
  auto markets = open_markets(place.catalogue, [&](MarketplaceName name, Catalogue catalogue) {
    const Json* const market = document->find(word(name));
    return SimulatedMarket::load(std::move(catalogue), market == nullptr ? "" : json_text(*market));
  });
  if (!markets) return as_bad_data(markets.error());
  std::unique_ptr<World> world(new World(*std::move(markets), place, std::move(real_now)));
  if (const auto restored = world->restore(*document); !restored) return as_bad_data(restored.error());
  return world;
}

Result<void> World::restore(const Json& json) {
  TRY(WorldDocument document, read(json, static_cast<WorldDocument*>(nullptr)));
  clock_ = document.clock;
  TRY(carrier_, SimulatedCarrier::load(document.carrier.text, [this] { return act_now_; }));
  TRY(provider_, SimulatedProvider::load(document.provider.text, [this] { return act_now_; }));
  tokens_ = std::move(document.tokens);
  pushes_ = std::move(document.pushes);
  faults_ = std::move(document.faults);
  stripe_ = std::move(document.stripe);
  return done();
}

std::string World::document() const {
  return to_json(WorldDocument{clock_,
                               {markets_.taobao.save()},
                               {markets_.alibaba1688.save()},
                               {markets_.jd.save()},
                               {carrier_.save()},
                               {provider_.save()},
                               tokens_,
                               pushes_,
                               faults_,
                               stripe_});
}

Result<void> World::save() const { return replace_file(document_path(place_.data), document()); }

// Not before the market's own time, should the system's clock be set back.
Instant World::shown() const {
  return std::max(now_of(clock_, real_now_()), markets_.alibaba1688.now(), [](Instant a, Instant b) { return a < b; });
}

Scene World::enter() {
  act_now_ = shown();
  for (SimulatedMarket* market : markets_.all()) market->advance(act_now_);
  return {markets_, markets_.alibaba1688, carrier_, provider_, tokens_, pushes_, faults_, stripe_, act_now_};
}

SandboxClock World::clock() {
  const std::lock_guard lock(mutex_);
  return clock_;
}

Instant World::now() {
  const std::lock_guard lock(mutex_);
  return shown();
}

Result<void> World::move_clock(Instant to) {
  const std::lock_guard lock(mutex_);
  if (shown() < to) clock_ = {to, real_now_()};
  enter();
  return save();
}

std::string default_catalogue(const std::string& executable) {
  const fs::path built_in = fs::path(executable).parent_path();
  return (built_in / ".." / ".." / "assets" / "demo").lexically_normal().string();
}

}  // namespace sampan
