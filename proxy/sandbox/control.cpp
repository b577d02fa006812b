#include "proxy/sandbox/control.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "proxy/sandbox/aop_push.hpp"
#include "proxy/sandbox/stripe_webhooks.hpp"
#include "proxy/sandbox/wire_json.hpp"

namespace sampan {
namespace {

constexpr Duration longest_advance = days(400);

// Of an authority, "localhost:8080" or "[::1]:8080", or of an origin, "http://127.0.0.1:8080".
bool is_loopback(std::string_view place) {
  if (const size_t scheme = place.find("://"); scheme != std::string_view::npos) place.remove_prefix(scheme + 3);
  const size_t bracket = place.find(']');
  const std::string_view host = place.substr(0, place.find(':', bracket == std::string_view::npos ? 0 : bracket));
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

bool comes_from_here(const HttpRequest& request) {
  const std::string_view origin = field_of(request.fields, "Origin");
  return is_loopback(field_of(request.fields, "Host")) && (origin.empty() || is_loopback(origin));
}

struct StatusRow {
  ErrorCode code;
  int32_t status;
  std::string_view title;
};
constexpr std::array statuses{
    StatusRow{ErrorCode::not_found, 404, "Not Found"},
    StatusRow{ErrorCode::not_allowed_now, 409, "Conflict"},
    StatusRow{ErrorCode::rejected, 409, "Conflict"},
    StatusRow{ErrorCode::auth, 403, "Forbidden"},
    StatusRow{ErrorCode::not_offered, 405, "Method Not Allowed"},
    StatusRow{ErrorCode::storage, 500, "Internal Server Error"},
};

HttpReply problem_reply(const Error& error) {
  StatusRow row{error.code, 400, "Bad Request"};
  for (const StatusRow& known : statuses)
    if (known.code == error.code) row = known;
  const std::string detail = error.context.empty() ? error.sentence : error.sentence + " (" + error.context + ")";
  return {row.status,
          {{"Content-Type", "application/problem+json"}},
          json_text(json_object({{"title", json_string(row.title)},
                                 {"status", json_integer(row.status)},
                                 {"code", json_string(word(error.code))},
                                 {"detail", json_string(detail)}}))};
}

struct CarrierPart {
  std::vector<CarrierBooking> bookings;
  Money billed;
};
FIELDS(CarrierPart, bookings, billed)

// All marketplaces together: a key is of one of them.
struct MarketPart {
  std::map<std::string, std::vector<MarketOrder>> orders;  // by our key
  Money deposited;
  Money paid;
  Money refunded;
  Money balance;
};
FIELDS(MarketPart, orders, deposited, paid, refunded, balance)

struct ProviderLine {
  ProviderId provider_id;
  PaymentId payment_id;
  Money captured;
  Money refunded;
  Money fee;
};
FIELDS(ProviderLine, provider_id, payment_id, captured, refunded, fee)

struct ProviderPart {
  std::vector<ProviderLine> lines;
  std::vector<Money> balances;
};
FIELDS(ProviderPart, lines, balances)

struct BooksPage {
  Instant now{};
  MarketPart market;
  CarrierPart carrier;
  ProviderPart provider;
};
FIELDS(BooksPage, now, market, carrier, provider)

BooksPage books_of(const Scene& scene) {
  BooksPage page;
  page.now = scene.now;
  const auto add_up = [](Money& sum, Money amount) { sum = {sum.minor + amount.minor, amount.currency}; };
  for (const SimulatedMarket* const each : scene.markets.all()) {
    const MarketBooks market = each->books();
    for (const auto& [key, orders] : market.orders) page.market.orders.emplace(key.value, orders);
    add_up(page.market.deposited, market.deposited);
    add_up(page.market.paid, market.paid);
    add_up(page.market.refunded, market.refunded);
    add_up(page.market.balance, market.balance);
  }
  const CarrierBooks carrier = scene.carrier.books();
  page.carrier = {carrier.bookings, carrier.billed};
  const ProviderBooks provider = scene.provider.books();
  for (const ProviderBookLine& line : provider.lines)
    page.provider.lines.push_back({line.provider_id, line.payment_id, line.captured, line.refunded, line.fee});
  page.provider.balances = provider.balances;
  return page;
}

struct SitePart {
  FaultSite site{};
  FaultTarget target{};
  int64_t struck = 0;
};
FIELDS(SitePart, site, target, struck)

struct FaultPage {
  std::vector<SitePart> sites;  // all there are
  std::vector<PlannedFault> faults;
};
FIELDS(FaultPage, sites, faults)

FaultPage page_of(const FaultPlan& plan) {
  FaultPage page;
  page.faults = plan.faults;
  for (const auto& [site, name] : words(static_cast<FaultSite*>(nullptr))) {
    const auto struck = plan.struck.find(std::string(name));
    page.sites.push_back({site, target_of(site), struck == plan.struck.end() ? 0 : struck->second});
  }
  return page;
}

// Takes "6H" off the front; 0 when no number with this unit stands there.
int64_t take_part(std::string_view& text, char unit) {
  int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto digits = static_cast<size_t>(end - text.data());
  if (problem != std::errc{} || number < 0 || digits >= text.size() || text[digits] != unit) return 0;
  text.remove_prefix(digits + 1);
  return std::min(number, longest_advance.ms);  // the sum below cannot overflow
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
  const auto bad = [&] {
    return fail(ErrorCode::bad_input, "A length of time is written as PT6H or P3DT12H, of 400 days at most.",
                std::string(text.substr(0, 40)));
  };
  std::string_view rest = text;
  if (rest.empty() || rest[0] != 'P') return bad();
  rest.remove_prefix(1);
  __int128 ms = static_cast<__int128>(take_part(rest, 'D')) * days(1).ms;
  if (!rest.empty() && rest[0] == 'T') {
    rest.remove_prefix(1);
    ms += static_cast<__int128>(take_part(rest, 'H')) * hours(1).ms;
    ms += static_cast<__int128>(take_part(rest, 'M')) * minutes(1).ms;
    ms += static_cast<__int128>(take_part(rest, 'S')) * seconds(1).ms;
  }
  if (!rest.empty() || ms <= 0 || ms > longest_advance.ms) return bad();
  return milliseconds(static_cast<int64_t>(ms));
}

std::optional<Instant> SandboxControl::next_event() {
  return world_.look([](const Scene& scene) {
    std::optional<Instant> next = scene.markets.next_event();
    for (const std::optional<Instant>& delivery : {next_push(scene.pushes), next_delivery_at(scene.stripe)})
      if (delivery && scene.now < *delivery && (!next || *delivery < *next)) next = delivery;
    return next;
  });
}

Result<void> SandboxControl::advance_to(Instant target) {
  for (;;) {
    const std::optional<Instant> next = next_event();
    const Instant stop = next && *next < target ? *next : target;
    TRY_DO(world_.move_clock(stop));
    drain_();
    if (target <= stop) return done();
  }
}

Result<Json> SandboxControl::move_clock(const Json& asked) {
  const auto text_of = [&](std::string_view name) {
    const Json* const member = asked.find(name);
    return member != nullptr && member->kind == JsonKind::string ? member->text : std::string();
  };
  if (const std::string length = text_of("advance"); !length.empty()) {
    TRY(const Duration span, parse_duration(length));
    TRY_DO(advance_to(world_.now() + span));
  } else if (const std::string until = text_of("to"); !until.empty()) {
    TRY(const Instant target, parse_instant(until));
    const Instant now = world_.now();
    if (target < now || now + longest_advance < target)
      return fail(ErrorCode::bad_input, "The clock goes forward, and 400 days at most.", until);
    TRY_DO(advance_to(target));
  } else if (text_of("until") == "next_event") {
    const std::optional<Instant> next = next_event();
    if (!next) return fail(ErrorCode::not_found, "Nothing will happen by itself.");
    TRY_DO(advance_to(*next));
  } else {
    return fail(ErrorCode::bad_input, R"(The clock is moved by "advance", "to" or "until":"next_event".)");
  }
  return clock();
}

Result<Json> SandboxControl::clock() {
  const SandboxClock clock = world_.clock();
  return json_object({{"base", json_string(text(clock.base))},
                      {"real_t0", json_string(text(clock.real_t0))},
                      {"now", json_string(text(world_.now()))}});
}

Result<Json> SandboxControl::books() {
  return parse_json(to_json(world_.look([](const Scene& scene) { return books_of(scene); })));
}

Result<Json> SandboxControl::faults() {
  return parse_json(to_json(world_.look([](const Scene& scene) { return page_of(scene.faults); })));
}

Result<Json> SandboxControl::plan_fault(const Json& asked) {
  TRY(PlannedFault fault, read(asked, static_cast<PlannedFault*>(nullptr)));
  if (fault.times < 0) return fail(ErrorCode::bad_input, "A fault strikes once or more.", "times");
  TRY_DO(world_.act([&](Scene& scene) {
    std::vector<PlannedFault>& faults = scene.faults.faults;
    const auto is_replaced = [&](const PlannedFault& known) {
      return known.site == fault.site && known.about == fault.about;
    };
    faults.erase(std::remove_if(faults.begin(), faults.end(), is_replaced), faults.end());
    if (fault.times > 0) faults.push_back(fault);
  }));
  return faults();
}

Result<Json> SandboxControl::move_market(const Json& asked) {
  Result<void> outcome;
  TRY_DO(world_.act([&](Scene& scene) { outcome = act_on_market(scene, asked); }));
  if (!outcome) return tl::unexpected(outcome.error());
  drain_();
  return json_object({{"now", json_string(text(world_.now()))}});
}

HttpReply SandboxControl::answer(const HttpRequest& request) {
  if (!comes_from_here(request))
    return problem_reply({ErrorCode::auth, "The sandbox's levers are pulled from this machine only."});
  const auto respond = [&]() -> Result<Json> {
    if (request.method == "GET" && request.path == "/control/clock") return clock();
    if (request.method == "GET" && request.path == "/control/books") return books();
    if (request.method == "GET" && request.path == "/control/fault") return faults();
    if (request.method != "POST")
      return fail(ErrorCode::not_offered, "POST moves; GET reads the clock, the books or the faults.");
    TRY(const Json asked, parse_json(request.body));
    if (request.path == "/control/clock") return move_clock(asked);
    if (request.path == "/control/fault") return plan_fault(asked);
    if (request.path == "/control/market") return move_market(asked);
    return fail(ErrorCode::not_found, "There is no such lever.", request.path);
  };
  const auto answered = respond();
  if (!answered) return problem_reply(answered.error());
  return {200, {{"Content-Type", "application/json"}}, json_text(*answered)};
}

}  // namespace sampan
