// Promised work and the feed of changes, as rows.
#include "shared/database/outbox.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/core/instant.hpp"
#include "tests/unit/database/open.hpp"

namespace sampan {
namespace {

constexpr Instant noon{1'795'000'000'000};

// The outbox of one database, each call in a transaction of its own.
struct Outbox {
  std::unique_ptr<SqliteDatabase> database = open_database();
  int made = 0;

  void enqueue(JobKind kind, const std::string& subject, Instant due_at) {
    const JobId id{"job_" + std::to_string(++made)};
    in_transaction(*database, [&](Transaction& tx) { return sampan::enqueue(tx, id, kind, subject, due_at); });
  }
  std::optional<Job> lease(Instant now, Duration span = minutes(5)) {
    return in_transaction(*database, [&](Transaction& tx) { return lease_job(tx, now, now + span); });
  }
  void complete(const Job& job) {
    in_transaction(*database, [&](Transaction& tx) { return complete_job(tx, job); });
  }
  void postpone(const Job& job, Instant due_at, int64_t attempts) {
    in_transaction(*database, [&](Transaction& tx) { return postpone_job(tx, job, due_at, attempts); });
  }
  void park(const Job& job, const std::string& reason) {
    in_transaction(*database, [&](Transaction& tx) { return park_job(tx, job, reason); });
  }
  std::vector<ParkedJob> parked() { return in_transaction(*database, list_parked_jobs); }
  std::optional<Instant> next() { return in_transaction(*database, next_due); }
};

const auto pay = JobKind::pay_purchase;

}  // namespace

TEST_CASE("the same act on the same id is one job, due at the earlier time", "[outbox]") {
  Outbox outbox;
  outbox.enqueue(pay, "pur_1", noon + hours(2));
  outbox.enqueue(pay, "pur_1", noon + hours(1));
  outbox.enqueue(pay, "pur_1", noon + hours(3));
  CHECK(outbox.next() == noon + hours(1));
  const auto job = outbox.lease(noon + hours(4));
  REQUIRE(job);
  CHECK(job->job_id == JobId{"job_1"});
  CHECK(job->kind == pay);
  CHECK(job->subject == "pur_1");
  CHECK(job->attempts == 0);
  outbox.complete(*job);
  CHECK(!outbox.next());
}

TEST_CASE("another act or another id is another job", "[outbox]") {
  Outbox outbox;
  outbox.enqueue(pay, "pur_1", noon);
  outbox.enqueue(pay, "pur_2", noon);
  outbox.enqueue(JobKind::follow_purchase, "pur_1", noon);
  for (int i = 0; i < 3; ++i) CHECK(outbox.lease(noon));
  CHECK(!outbox.lease(noon));
}

TEST_CASE("the job that is due the longest is leased first, and none before its time", "[outbox]") {
  Outbox outbox;
  outbox.enqueue(pay, "third", noon + seconds(3));
  outbox.enqueue(pay, "first", noon + seconds(1));
  outbox.enqueue(pay, "second", noon + seconds(2));
  CHECK(!outbox.lease(noon));
  CHECK(outbox.lease(noon + seconds(3))->subject == "first");
  CHECK(outbox.lease(noon + seconds(3))->subject == "second");
  CHECK(outbox.lease(noon + seconds(3))->subject == "third");
}

TEST_CASE("a leased job is nobody else's until its lease is over", "[outbox]") {
  Outbox outbox;
  outbox.enqueue(pay, "pur_1", noon);
  REQUIRE(outbox.lease(noon, minutes(5)));
  CHECK(!outbox.lease(noon + minutes(5) - milliseconds(1)));
  CHECK(outbox.next() == noon + minutes(5));
  CHECK(outbox.lease(noon + minutes(5))->subject == "pur_1");
}

TEST_CASE("a job that was enqueued again while it ran is not lost with its completion", "[outbox]") {
  Outbox outbox;
  outbox.enqueue(pay, "pur_1", noon);
  const auto running = outbox.lease(noon);
  REQUIRE(running);
  outbox.enqueue(pay, "pur_1", noon + hours(1));
  CHECK(!outbox.lease(noon));
  outbox.complete(*running);
  const auto again = outbox.lease(noon);
  REQUIRE(again);
  outbox.complete(*again);
  CHECK(!outbox.next());
}

TEST_CASE("a job that is postponed comes back at its time, with what it has tried", "[outbox]") {
  Outbox outbox;
  outbox.enqueue(pay, "pur_1", noon);
  outbox.postpone(*outbox.lease(noon), noon + minutes(10), 3);
  CHECK(outbox.next() == noon + minutes(10));
  CHECK(!outbox.lease(noon + minutes(9)));
  CHECK(outbox.lease(noon + minutes(10))->attempts == 3);
}

TEST_CASE("a job that was enqueued again while it ran is not put off", "[outbox]") {
  Outbox outbox;
  outbox.enqueue(pay, "pur_1", noon);
  const auto running = outbox.lease(noon);
  outbox.enqueue(pay, "pur_1", noon + hours(1));
  outbox.postpone(*running, noon + days(1), 1);
  CHECK(outbox.next() == noon);
  CHECK(outbox.lease(noon));
}

TEST_CASE("a parked job waits with its reason until it is enqueued anew", "[outbox]") {
  Outbox outbox;
  outbox.enqueue(pay, "pur_1", noon);
  outbox.postpone(*outbox.lease(noon), noon, 39);
  outbox.park(*outbox.lease(noon), "auth: the key was refused");
  CHECK(!outbox.lease(noon + days(365)));
  CHECK(!outbox.next());
  REQUIRE(outbox.parked().size() == 1);
  CHECK(outbox.parked()[0].reason == "auth: the key was refused");
  CHECK(outbox.parked()[0].job.subject == "pur_1");
  CHECK(outbox.parked()[0].job.attempts == 40);

  outbox.enqueue(pay, "pur_1", noon + days(1));
  CHECK(outbox.parked().empty());
  const auto anew = outbox.lease(noon + days(1));
  REQUIRE(anew);
  CHECK(anew->attempts == 0);  // a whole plan of retries again, not the rest of the old one
}

TEST_CASE("a job that was enqueued again while it ran is tried once more instead of parked", "[outbox]") {
  Outbox outbox;
  outbox.enqueue(pay, "pur_1", noon);
  const auto running = outbox.lease(noon);
  outbox.enqueue(pay, "pur_1", noon);
  outbox.park(*running, "rejected: it was so before what wanted it anew");
  CHECK(outbox.parked().empty());
  const auto again = outbox.lease(noon);
  REQUIRE(again);
  outbox.park(*again, "rejected: still");
  CHECK(outbox.parked().size() == 1);
}

TEST_CASE("a job of a kind that this Sampan does not know stops with a sentence", "[outbox]") {
  Outbox outbox;
  outbox.enqueue(pay, "pur_1", noon);
  in_transaction(*outbox.database, [](Transaction& tx) { return tx.run("update job set kind = 'fly'", {}); });
  const auto leased = transact<std::optional<Job>>(
      *outbox.database, [](Transaction& tx) { return lease_job(tx, noon, noon + hours(1)); });
  REQUIRE(!leased);
  CHECK(leased.error().code == ErrorCode::bad_data);
  CHECK(leased.error().context == "fly");
}

TEST_CASE("the feed tells a shopper their own changes, in their order, from where they are", "[outbox]") {
  const auto database = open_database();
  const ShopperId anna{"sho_anna"};
  const ShopperId ben{"sho_ben"};
  in_transaction(*database, [&](Transaction& tx) -> Result<void> {
    TRY_DO(announce(tx, ChangeKind::cart, "car_1", anna, noon));
    TRY_DO(announce(tx, ChangeKind::order, "ord_9", ben, noon));
    TRY_DO(announce(tx, ChangeKind::order, "ord_1", anna, noon + seconds(1)));
    TRY_DO(announce(tx, ChangeKind::order, "ord_1", anna, noon + seconds(2)));
    return done();
  });
  const auto feed = [&](const ShopperId& who, int64_t after, int64_t most) {
    return in_transaction(*database, [&](Transaction& tx) { return list_changes(tx, who, after, most); }).changes;
  };
  const auto all = feed(anna, 0, 10);
  REQUIRE(all.size() == 3);
  CHECK(all[0].kind == ChangeKind::cart);
  CHECK(all[0].subject == "car_1");
  CHECK(all[0].at == noon);
  CHECK(all[2].at == noon + seconds(2));
  CHECK(all[0].sequence < all[1].sequence);
  CHECK(all[1].sequence < all[2].sequence);
  CHECK(feed(anna, 0, 2).back().sequence == all[1].sequence);
  CHECK(feed(anna, all[1].sequence, 10).size() == 1);
  CHECK(feed(anna, all[2].sequence, 10).empty());
  REQUIRE(feed(ben, 0, 10).size() == 1);
  CHECK(feed(ben, 0, 10)[0].subject == "ord_9");
}

TEST_CASE("a public change is in everybody's feed", "[outbox]") {
  const auto database = open_database();
  in_transaction(*database, [&](Transaction& tx) -> Result<void> {
    TRY_DO(announce(tx, ChangeKind::order, "ord_1", ShopperId{"sho_anna"}, noon));
    return announce(tx, ChangeKind::cart, "public", ShopperId{}, noon);
  });
  const auto read = [&](const char* who) {
    return in_transaction(*database, [&](Transaction& tx) { return list_changes(tx, ShopperId{who}, 0, 10); });
  };
  REQUIRE(read("sho_ben").changes.size() == 1);
  CHECK(read("sho_ben").changes[0].subject == "public");
  CHECK(read("sho_ben").changes[0].shopper_id.is_empty());
  CHECK(read("sho_anna").changes.size() == 2);
  const auto all = in_transaction(*database, [](Transaction& tx) { return list_all_changes(tx, 1); });
  REQUIRE(all.size() == 1);
  CHECK(all[0].sequence == 2);
}

TEST_CASE("page by page the feed is read to its end, however little of it concerns the reader", "[outbox]") {
  const auto database = open_database();
  const ShopperId anna{"sho_anna"};
  CHECK(in_transaction(*database, newest_sequence) == 0);
  in_transaction(*database, [&](Transaction& tx) -> Result<void> {
    TRY_DO(announce(tx, ChangeKind::order, "first", anna, noon));
    for (int64_t i = 0; i < 2 * looked_at_most; ++i)
      TRY_DO(announce(tx, ChangeKind::order, "another's", ShopperId{"sho_ben"}, noon));
    for (const char* subject : {"second", "third", "fourth"})
      TRY_DO(announce(tx, ChangeKind::order, subject, anna, noon));
    return done();
  });
  std::vector<std::string> subjects;
  ChangePage page;
  int pages = 0;
  do {
    page = in_transaction(*database, [&](Transaction& tx) { return list_changes(tx, anna, page.cursor, 2); });
    for (const Change& change : page.changes) subjects.push_back(change.subject);
    CHECK(page.changes.size() <= 2);
  } while (page.has_more && ++pages < 10);
  CHECK(subjects == std::vector<std::string>{"first", "second", "third", "fourth"});
  CHECK(page.cursor == in_transaction(*database, newest_sequence));
  CHECK(pages >= 3);

  // Old rows may be taken away; sequences are not given twice.
  in_transaction(*database, [](Transaction& tx) -> Result<void> {
    TRY_DO(tx.run("delete from feed", {}));
    return done();
  });
  CHECK(in_transaction(*database, newest_sequence) == page.cursor);
}

}  // namespace sampan
