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
  StoredJson market;
  StoredJson carrier;
  StoredJson provider;
  AopTokens tokens;
  PushBook pushes;
  FaultPlan faults;
  StripeRecords stripe;
};
FIELDS(WorldDocument, clock, market, carrier, provider, tokens, pushes, faults, stripe)

// ¥70 a kilogram, ten days on the way, twenty until a lost parcel is called lost.
CarrierTerms carrier_terms() { return {{7'000, cny()}, 10, 20}; }

Result<std::string> file_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::storage, "The file cannot be read.", path.string());
  return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<Catalogue> read_catalogue(const std::string& folder) {
  const fs::path products = fs::path(folder) / "products.json";
  const fs::path sellers = fs::path(folder) / "sellers.json";
  if (!fs::exists(products) || !fs::exists(sellers))
    return fail(ErrorCode::bad_input,
                "The market has nothing to sell: name the folder of products.json and sellers.json by --catalogue.",
                folder);
  TRY(const std::string products_json, file_text(products));
  TRY(const std::string sellers_json, file_text(sellers));
  return parse_catalogue(products_json, sellers_json);
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

World::World(SimulatedMarket market, WorldPlace place, RealNow real_now)
    : place_(std::move(place)),
      real_now_(std::move(real_now)),
      clock_{market.now(), real_now_()},
      market_(std::move(market)),
      carrier_(carrier_terms(), [this] { return act_now_; }),
      provider_([this] { return act_now_; }) {
  provider_.set_fee_delay(fee_delay);
}

Result<std::unique_ptr<World>> World::open(const WorldPlace& place, const MarketRules& rules, RealNow real_now) {
  TRY(Catalogue catalogue, read_catalogue(place.catalogue));
  std::error_code problem;
  fs::create_directories(place.data, problem);
  if (problem) return fail(ErrorCode::storage, "The data folder cannot be made.", place.data);
  const fs::path stored = document_path(place.data);
  if (!fs::exists(stored)) {
    SimulatedMarket market(std::move(catalogue), rules, real_now());
    std::unique_ptr<World> world(new World(std::move(market), place, std::move(real_now)));
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
  const Json* const market_json = document->find("market");
  auto market = SimulatedMarket::load(std::move(catalogue), market_json == nullptr ? "" : json_text(*market_json));
  if (!market) return as_bad_data(market.error());
  std::unique_ptr<World> world(new World(*std::move(market), place, std::move(real_now)));
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
  return to_json(WorldDocument{
      clock_, {market_.save()}, {carrier_.save()}, {provider_.save()}, tokens_, pushes_, faults_, stripe_});
}

Result<void> World::save() const { return replace_file(document_path(place_.data), document()); }

// Not before the market's own time, should the system's clock be set back.
Instant World::shown() const {
  return std::max(now_of(clock_, real_now_()), market_.now(), [](Instant a, Instant b) { return a < b; });
}

Scene World::enter() {
  act_now_ = shown();
  market_.advance(act_now_);
  return {market_, carrier_, provider_, tokens_, pushes_, faults_, stripe_, act_now_};
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
