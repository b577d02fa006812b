#include "proxy/marketplace/token_keeper.hpp"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <condition_variable>
#include <thread>
#include <vector>

namespace sampan {
namespace {

using alibaba1688::Tokens;

constexpr Instant noon{1'795'000'000'000};

// A gateway that hands out access-1, access-2, … for ten hours each, and a disk.
struct Gateway {
  Instant now = noon;
  int asked = 0;
  std::vector<std::string> asked_with;
  std::optional<Error> refuses;
  bool rotates = false;
  std::vector<Tokens> disk;
  std::optional<Error> disk_fails;

  TokenKeeper keeper(Tokens tokens) {
    return TokenKeeper(
        std::move(tokens),
        [this](const std::string& refresh_token) -> Result<Tokens> {
          ++asked;
          asked_with.push_back(refresh_token);
          if (refuses) return tl::unexpected(*refuses);
          const std::string number = std::to_string(asked);
          return Tokens{"access-" + number, now + hours(10), rotates ? "refresh-" + number : ""};
        },
        [this](const Tokens& tokens_to_keep) -> Result<void> {
          if (disk_fails) return tl::unexpected(*disk_fails);
          disk.push_back(tokens_to_keep);
          return done();
        },
        [this] { return now; });
  }
};

std::string said(const Result<std::string>& token) { return token ? *token : std::string(word(token.error().code)); }

}  // namespace

TEST_CASE("a token is used until shortly before its end, then there is another", "[marketplace]") {
  Gateway gateway;
  TokenKeeper keeper = gateway.keeper({"first", noon + hours(10), "refresh-0"});
  CHECK(said(keeper.access_token({})) == "first");
  gateway.now = noon + hours(9);
  CHECK(said(keeper.access_token({})) == "first");
  CHECK(gateway.asked == 0);
  gateway.now = noon + hours(9) + minutes(30);
  CHECK(said(keeper.access_token({})) == "access-1");
  CHECK(said(keeper.access_token({})) == "access-1");
  CHECK(gateway.asked_with == std::vector<std::string>{"refresh-0"});
}

TEST_CASE("a grant without an access token begins with a refresh", "[marketplace]") {
  Gateway gateway;
  TokenKeeper keeper = gateway.keeper({"", std::nullopt, "refresh-0"});
  CHECK(said(keeper.access_token({})) == "access-1");
}

TEST_CASE("a refused token is replaced once; who comes late with it gets the new one", "[marketplace]") {
  Gateway gateway;
  TokenKeeper keeper = gateway.keeper({"first", std::nullopt, "refresh-0"});
  CHECK(said(keeper.access_token({})) == "first");
  CHECK(said(keeper.access_token("first")) == "access-1");
  CHECK(said(keeper.access_token("first")) == "access-1");
  CHECK(gateway.asked == 1);
}

TEST_CASE("a new token that is refused at once is for a person, not for another refresh", "[marketplace]") {
  Gateway gateway;
  TokenKeeper keeper = gateway.keeper({"first", std::nullopt, "refresh-0"});
  CHECK(said(keeper.access_token("first")) == "access-1");
  CHECK(said(keeper.access_token("access-1")) == "auth");
  CHECK(gateway.asked == 1);
  gateway.now = gateway.now + minutes(2);
  CHECK(said(keeper.access_token("access-1")) == "access-2");
}

TEST_CASE("a console's token without a refresh token is used as it is, and refused it is for a person",
          "[marketplace]") {
  Gateway gateway;
  TokenKeeper keeper = gateway.keeper({"console", std::nullopt, ""});
  gateway.now = noon + days(400);
  CHECK(said(keeper.access_token({})) == "console");
  const auto refused = keeper.access_token("console");
  CHECK(said(refused) == "auth");
  CHECK(refused.error().sentence.find("refresh_token") != std::string::npos);
  CHECK(refused.error().context.find("console") == std::string::npos);
  CHECK(said(keeper.access_token({})) == "console");
  CHECK(gateway.asked == 0);
}

TEST_CASE("a pair is on the disk before it is used, the refresh token of before where there is no newer",
          "[marketplace]") {
  Gateway gateway;
  TokenKeeper keeper = gateway.keeper({"first", std::nullopt, "refresh-0"});
  gateway.disk_fails = Error{ErrorCode::storage, "The disk is full."};
  CHECK(said(keeper.access_token("first")) == "storage");
  gateway.disk_fails.reset();
  CHECK(said(keeper.access_token({})) == "access-1");
  CHECK(gateway.asked == 1);
  REQUIRE(gateway.disk.size() == 1);
  CHECK(gateway.disk[0].access_token == "access-1");
  CHECK(gateway.disk[0].access_ends_at == noon + hours(10));
  CHECK(gateway.disk[0].refresh_token == "refresh-0");

  gateway.rotates = true;
  for (int i = 0; i < 2; ++i) {
    gateway.now = gateway.now + hours(11);
    REQUIRE(keeper.access_token({}));
  }
  CHECK(gateway.asked_with == std::vector<std::string>{"refresh-0", "refresh-0", "refresh-2"});
  CHECK(gateway.disk.back().refresh_token == "refresh-3");
}

TEST_CASE("a refresh that fails ahead of the end disturbs nobody, after it everybody, and is not repeated at once",
          "[marketplace]") {
  Gateway gateway;
  TokenKeeper keeper = gateway.keeper({"first", noon + hours(10), "refresh-0"});
  gateway.refuses = Error{ErrorCode::retry_later, "The gateway is down."};
  gateway.now = noon + hours(10) - minutes(1);
  CHECK(said(keeper.access_token({})) == "first");
  CHECK(said(keeper.access_token({})) == "first");
  CHECK(gateway.asked == 1);
  gateway.now = noon + hours(10);
  CHECK(said(keeper.access_token({})) == "retry_later");
  CHECK(gateway.asked == 2);
  gateway.now = gateway.now + seconds(9);
  CHECK(said(keeper.access_token({})) == "retry_later");
  CHECK(gateway.asked == 2);
  gateway.refuses.reset();
  gateway.now = gateway.now + seconds(1);
  CHECK(said(keeper.access_token({})) == "access-3");
}

TEST_CASE("a refused refresh token is for a person", "[marketplace]") {
  Gateway gateway;
  TokenKeeper keeper = gateway.keeper({"first", std::nullopt, "refresh-0"});
  gateway.refuses = Error{ErrorCode::auth, "The operator must act."};
  CHECK(said(keeper.access_token("first")) == "auth");
  CHECK(said(keeper.access_token({})) == "auth");  // the refused token is not used again meanwhile
  CHECK(gateway.asked == 1);
}

TEST_CASE("threads that need a new token together wait for one refresh", "[marketplace][threads]") {
  constexpr int threads = 8;
  std::mutex mutex;
  std::condition_variable arrived;
  std::atomic<int> under_way = 0;
  std::atomic<int> asked = 0;
  TokenKeeper keeper(
      {"first", std::nullopt, "refresh-0"},
      [&](const std::string&) -> Result<Tokens> {
        ++asked;
        std::unique_lock lock(mutex);
        arrived.wait(lock, [&] { return under_way == threads; });  // all have begun to ask
        return Tokens{"second", std::nullopt, ""};
      },
      [](const Tokens&) { return done(); }, [] { return noon; });
  std::vector<std::string> got(threads);
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i)
    running.emplace_back([&, i] {
      {
        const std::lock_guard lock(mutex);
        ++under_way;
      }
      arrived.notify_all();
      got[static_cast<size_t>(i)] = said(keeper.access_token("first"));
    });
  for (std::thread& each : running) each.join();
  CHECK(got == std::vector<std::string>(threads, "second"));
  CHECK(asked == 1);
}

}  // namespace sampan
