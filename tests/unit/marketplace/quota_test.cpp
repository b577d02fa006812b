#include "proxy/marketplace/quota.hpp"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <thread>
#include <vector>

namespace sampan {
namespace {

// A quota on a clock that the test moves.
struct TestQuota {
  Duration now = hours(1000);
  Quota quota;

  explicit TestQuota(const QuotaRule& rule = {}) : quota(rule, [this] { return now; }) {}

  int allowed(int attempts) {
    int count = 0;
    for (int i = 0; i < attempts; ++i) count += quota.take().has_value() ? 1 : 0;
    return count;
  }
  // "wait 200 ms"; "go" when the call is allowed.
  std::string answer() {
    const auto taken = quota.take();
    if (taken) return "go";
    CHECK(word(taken.error().code) == word(ErrorCode::quota));
    return taken.error().context;
  }
};

}  // namespace

TEST_CASE("after a silence a burst is allowed, then so many calls a second", "[marketplace]") {
  TestQuota test;
  CHECK(test.allowed(20) == 5);
  CHECK(test.answer() == "wait 200 ms");
  test.now.ms += 199;
  CHECK(test.answer() == "wait 1 ms");
  test.now.ms += 1;
  CHECK(test.answer() == "go");
  CHECK(test.answer() == "wait 200 ms");
  test.now.ms += 1000;
  CHECK(test.allowed(20) == 5);
}

TEST_CASE("over a minute no more goes out than the rule says", "[marketplace]") {
  TestQuota test({7, 3, seconds(10), seconds(120)});
  int all = 0;
  for (int ms = 0; ms < 60'000; ms += 10) {
    all += test.allowed(1);
    test.now.ms += 10;
  }
  CHECK(all <= 60 * 7 + 3);
  CHECK(all >= 60 * 7 - 1);
}

TEST_CASE("a quiet night does not save up calls", "[marketplace]") {
  TestQuota test;
  CHECK(test.allowed(5) == 5);
  test.now.ms += hours(8).ms;
  CHECK(test.allowed(100) == 5);
}

TEST_CASE("after a refusal it is silent for ten seconds, doubling to two minutes", "[marketplace]") {
  TestQuota test;
  for (const int64_t expected : {10, 20, 40, 80, 120, 120}) {
    REQUIRE(test.answer() == "go");
    test.quota.was_refused();
    CHECK(test.answer() == "wait " + std::to_string(expected * 1000) + " ms");
    test.now.ms += expected * 1000 - 1;
    CHECK(test.answer() == "wait 1 ms");
    test.now.ms += 1;
  }
}

TEST_CASE("an answer after the silence makes the next one short again", "[marketplace]") {
  TestQuota test;
  for (const int64_t silence : {10, 20}) {
    test.quota.was_refused();
    test.now.ms += silence * 1000;
  }
  REQUIRE(test.answer() == "go");
  test.quota.was_answered();
  test.quota.was_refused();
  CHECK(test.answer() == "wait 10000 ms");
}

TEST_CASE("calls under way that are refused together are one refusal", "[marketplace]") {
  TestQuota test;
  REQUIRE(test.allowed(3) == 3);
  test.quota.was_refused();
  test.now.ms += 50;
  test.quota.was_refused();
  test.quota.was_answered();  // of a call that was sent before the refusal
  test.quota.was_refused();
  CHECK(test.answer() == "wait 9950 ms");
  test.now.ms += 9950;
  test.quota.was_refused();
  CHECK(test.answer() == "wait 20000 ms");
}

TEST_CASE("threads together get no more than one alone", "[marketplace][threads]") {
  TestQuota test({5, 50, seconds(10), seconds(120)});
  std::atomic<int> allowed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { allowed += test.allowed(20); });
  for (std::thread& each : threads) each.join();
  CHECK(allowed == 50);
}

TEST_CASE("a sender under quota sends nothing that is not allowed, and listens to the gateway", "[marketplace]") {
  Duration now = hours(1);
  const auto quota = std::make_shared<Quota>(QuotaRule{}, [&now] { return now; });
  int sent = 0;
  std::string body = "fine";
  const HttpSend send = within_quota(
      [&](const HttpRequest&) -> Result<HttpReply> {
        ++sent;
        if (body.empty()) return fail(ErrorCode::outcome_unknown, "It failed.");
        return HttpReply{200, {}, body};
      },
      quota, [](const HttpReply& reply) { return reply.body == "too many"; });
  const HttpRequest request;
  for (int i = 0; i < 5; ++i) CHECK(send(request)->body == "fine");
  CHECK(word(send(request).error().code) == word(ErrorCode::quota));
  CHECK(sent == 5);

  now.ms += 1000;
  body = "too many";
  CHECK(send(request)->body == "too many");  // the adapter says what it means
  now.ms += 9999;
  CHECK(word(send(request).error().code) == word(ErrorCode::quota));
  CHECK(sent == 6);

  now.ms += 1;
  body = "";
  CHECK(word(send(request).error().code) == word(ErrorCode::outcome_unknown));
  CHECK(sent == 7);
}

TEST_CASE("all that goes out under one app key shares its calls and its silence, another key has its own",
          "[marketplace]") {
  Duration now = hours(1);
  const auto quota_of_a_key = [&now] { return std::make_shared<Quota>(QuotaRule{}, [&now] { return now; }); };
  std::vector<std::string> sent;
  std::string body = "fine";
  const auto sender = [&](const std::shared_ptr<Quota>& quota) {
    return within_quota(
        [&](const HttpRequest& request) -> Result<HttpReply> {
          sent.push_back(request.path);
          return HttpReply{200, {}, body};
        },
        quota, [](const HttpReply& reply) { return reply.body == "too many"; });
  };
  const auto goes = [&](const HttpSend& send, const std::string& path) {
    return send({"POST", path, "", {}, ""}).has_value();
  };
  const auto ours = quota_of_a_key();
  const HttpSend calls = sender(ours);
  const HttpSend refreshes = sender(ours);
  const HttpSend of_another_key = sender(quota_of_a_key());

  for (const char* const api : {"search", "detail", "create", "get"}) CHECK(goes(calls, api));
  CHECK(goes(refreshes, "getToken"));
  CHECK_FALSE(goes(calls, "cancel"));
  CHECK_FALSE(goes(refreshes, "getToken"));
  CHECK(goes(of_another_key, "search"));

  now.ms += 1000;
  body = "too many";
  CHECK(goes(refreshes, "getToken"));
  body = "fine";
  now.ms += 9999;
  CHECK_FALSE(goes(calls, "search"));
  CHECK(goes(of_another_key, "search"));
  now.ms += 1;
  CHECK(goes(calls, "search"));
  CHECK(sent.size() == 9);
}

}  // namespace sampan
