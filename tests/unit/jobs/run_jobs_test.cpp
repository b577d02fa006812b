// How promised work is repeated: a parcel is followed, and its carrier answers with one error after the other.
#include "shared/jobs/run_jobs.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <stdexcept>

#include "shared/database/order_rows.hpp"
#include "shared/database/parcel_rows.hpp"
#include "shared/payment/simulator/simulated_provider.hpp"
#include "tests/unit/database/open.hpp"
#include "tests/unit/usecase/lp1.hpp"

namespace sampan {
namespace {

constexpr Instant noon{1'795'000'000'000};

// Says what it was told to, to whoever asks where the parcel is.
class SayingCarrier final : public Carrier {
 public:
  Result<std::vector<TrackingEvent>> says = std::vector<TrackingEvent>{};
  bool kills_the_process = false;

  Result<Booking> book(const ParcelBooking&) override { return fail(ErrorCode::bad_request, "Nobody books here."); }
  Result<std::optional<Booking>> find_booking(const ParcelId&) override { return std::optional<Booking>(); }
  Result<std::vector<TrackingEvent>> track(const TrackingNumber&) override {
    if (kills_the_process) throw std::runtime_error("the process dies");
    return says;
  }
};

struct Shop {
  Instant now = noon;
  uint64_t random = 0;
  std::unique_ptr<SqliteDatabase> database = open_database();
  SimulatedProvider provider{[this] { return now; }};
  SayingCarrier carrier;
  TradeTerms terms = lp1::terms();
  Ports ports{*database,
              [this] { return now; },
              [this] { return Randomness{0, random}; },
              [](MarketplaceName) -> Marketplace* { return nullptr; },
              provider,
              carrier,
              [] { return Result<RateTable>(RateTable{}); },
              terms};

  Shop() {
    Parcel parcel;
    parcel.parcel_id = {"par_1"};
    parcel.order_id = {"ord_1"};
    parcel.state = ParcelState::shipped;
    parcel.tracking_number = {"4PX1"};
    in_transaction(*database, [&](Transaction& tx) -> Result<void> {
      TRY_DO(insert_order(tx, lp1::order()));
      TRY_DO(insert_parcel(tx, parcel));
      return enqueue(tx, {"job_1"}, JobKind::follow_parcel, "par_1", noon);
    });
  }
  bool runs() {
    const auto job = run_one_job(ports);
    REQUIRE(job);
    return job->has_value();
  }
  void fails_with(ErrorCode code) { carrier.says = fail(code, "No.", "4PX1"); }
  std::optional<Instant> next() { return in_transaction(*database, next_due); }
  std::vector<ParkedJob> parked() { return in_transaction(*database, list_parked_jobs); }
};

constexpr uint64_t most_random = UINT64_MAX;

}  // namespace

TEST_CASE("a failure that will pass is tried again later, another waits for a person at once", "[run_jobs]") {
  struct Case {
    ErrorCode code;
    Duration first;
    int64_t attempts;  // 1: parked at the first failure
  };
  const std::vector<Case> plan{
      {ErrorCode::retry_later, seconds(10), 40},     {ErrorCode::quota, seconds(30), 40},
      {ErrorCode::outcome_unknown, seconds(10), 40}, {ErrorCode::bad_reply, seconds(60), 8},
      {ErrorCode::conflict, seconds(1), 20},         {ErrorCode::storage, seconds(5), 20},
  };
  for (int i = 0; i <= static_cast<int>(ErrorCode::storage); ++i) {
    Case c{static_cast<ErrorCode>(i), {}, 1};
    for (const Case& each : plan)
      if (each.code == c.code) c = each;
    CAPTURE(word(c.code));
    Shop shop;
    shop.fails_with(c.code);
    Duration wait = c.first;
    for (int64_t attempt = 1; attempt < c.attempts; ++attempt) {
      CAPTURE(attempt);
      REQUIRE(shop.runs());
      REQUIRE(shop.next() == shop.now + wait);
      CHECK(!shop.runs());  // not before its time
      shop.now = *shop.next();
      wait = milliseconds(std::min(2 * wait.ms, hours(1).ms));
    }
    REQUIRE(shop.runs());
    CHECK(!shop.next());
    REQUIRE(shop.parked().size() == 1);
    CHECK(shop.parked()[0].reason == std::string(word(c.code)) + ": No. (4PX1)");
  }
}

TEST_CASE("chance adds up to a quarter to a wait and takes nothing away", "[run_jobs]") {
  struct Case {
    const char* why;
    uint64_t random;
    Duration wait;
  };
  const Case c = GENERATE(values<Case>({
      {"nothing", 0, seconds(10)},
      {"a millisecond", 1, milliseconds(10'001)},
      {"the most", 2'500, milliseconds(12'500)},
      {"round again", 2'501, seconds(10)},
  }));
  CAPTURE(c.why);
  Shop shop;
  shop.random = c.random;
  shop.fails_with(ErrorCode::retry_later);
  REQUIRE(shop.runs());
  CHECK(shop.next() == noon + c.wait);
}

TEST_CASE("the longest wait is an hour and a quarter", "[run_jobs]") {
  Shop shop;
  shop.random = most_random;
  shop.fails_with(ErrorCode::quota);
  Duration longest{};
  for (int i = 0; i < 39; ++i) {
    REQUIRE(shop.runs());
    const Duration wait = *shop.next() - shop.now;
    if (longest < wait) longest = wait;
    shop.now = *shop.next();
  }
  CHECK(longest.ms >= hours(1).ms);
  CHECK(longest.ms <= minutes(75).ms);
}

TEST_CASE("a job that watches comes back at the time that it names, and a success forgets earlier failures",
          "[run_jobs]") {
  Shop shop;
  shop.fails_with(ErrorCode::bad_reply);
  for (int i = 0; i < 7; ++i) {
    REQUIRE(shop.runs());
    shop.now = *shop.next();
  }
  shop.carrier.says = std::vector<TrackingEvent>{{noon, TrackingState::in_transit, "Leipzig"}};
  REQUIRE(shop.runs());
  CHECK(shop.next() == shop.now + hours(12));
  shop.now = *shop.next();
  shop.fails_with(ErrorCode::bad_reply);
  REQUIRE(shop.runs());
  CHECK(shop.next() == shop.now + minutes(1));
}

TEST_CASE("a job that is done is gone", "[run_jobs]") {
  Shop shop;
  in_transaction(*shop.database, [](Transaction& tx) -> Result<void> {
    TRY(Parcel parcel, load_parcel(tx, {"par_1"}));
    TRY(parcel, after(std::move(parcel), ParcelEvent::was_delivered));
    TRY_DO(update_parcel(tx, parcel));
    return done();
  });
  REQUIRE(shop.runs());
  CHECK(!shop.next());
  CHECK(!shop.runs());
  CHECK(shop.parked().empty());
}

TEST_CASE("a job whose process died is taken up again when its lease is over, not before", "[run_jobs]") {
  Shop shop;
  shop.carrier.kills_the_process = true;
  CHECK_THROWS_AS(run_one_job(shop.ports), std::runtime_error);
  shop.carrier.kills_the_process = false;
  CHECK(!shop.runs());
  shop.now = noon + job_lease - milliseconds(1);
  CHECK(!shop.runs());
  shop.now = noon + job_lease;
  CHECK(shop.runs());
  CHECK(shop.next() == shop.now + hours(12));
}

TEST_CASE("work on a thing that is not there is parked with what was looked for", "[run_jobs]") {
  Shop shop;
  in_transaction(*shop.database, [](Transaction& tx) {
    return enqueue(tx, {"job_0"}, JobKind::refund_payment, "ref_none", noon - seconds(1));
  });
  REQUIRE(shop.runs());
  REQUIRE(shop.parked().size() == 1);
  CHECK(shop.parked()[0].job.kind == JobKind::refund_payment);
  CHECK(shop.parked()[0].job.subject == "ref_none");
  CHECK(shop.parked()[0].reason.rfind("not_found: ", 0) == 0);
}

}  // namespace sampan
