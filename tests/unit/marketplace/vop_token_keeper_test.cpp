#include "proxy/marketplace/vop_token_keeper.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <thread>
#include <vector>

namespace sampan {
namespace {

// A VOP that hands out tokens by number, each good for a day, or says no.
struct Vop {
  Instant now = *parse_instant("2026-11-24T16:00:00+08:00");
  int64_t asked = 0;
  std::string last_body;
  std::optional<Error> refuses;
  VopTokenKeeper tokens{{"client", "secret", "user", "password"},
                        [this](const HttpRequest& request) -> Result<HttpReply> {
                          ++asked;
                          last_body = request.body;
                          if (refuses) return tl::unexpected(*refuses);
                          return HttpReply{200,
                                           {},
                                           R"({"success":true,"resultCode":"0000","result":{"access_token":"token-)" +
                                               std::to_string(asked) + R"(","refresh_token":"r","time":)" +
                                               std::to_string(now.ms) +
                                               R"(,"expires_in":86400,"refresh_token_expires":1900000000000}})"};
                        },
                        [this] { return now; }};
};

}  // namespace

TEST_CASE("the token of VOP is asked for once, and again before it ends", "[marketplace]") {
  Vop vop;
  CHECK(vop.tokens.token() == "token-1");
  CHECK(vop.last_body.find("timestamp=2026-11-24+16%3A00%3A00") != std::string::npos);
  CHECK(vop.last_body.find("secret") == std::string::npos);
  vop.now = vop.now + hours(23);
  CHECK(vop.tokens.token() == "token-1");
  vop.now = vop.now + minutes(55);
  CHECK(vop.tokens.token() == "token-2");
  CHECK(vop.asked == 2);
}

TEST_CASE("a token that JD refuses is replaced, but not by everybody who was refused", "[marketplace]") {
  Vop vop;
  REQUIRE(vop.tokens.token() == "token-1");
  vop.now = vop.now + hours(1);
  CHECK(vop.tokens.renew());
  CHECK(vop.tokens.renew());  // another thread, refused with the same token
  CHECK(vop.tokens.token() == "token-2");
  CHECK(vop.asked == 2);
}

TEST_CASE("without a token the call that needs it fails as what it is, and JD is left alone for a while",
          "[marketplace]") {
  struct Case {
    ErrorCode theirs;
    ErrorCode ours;
  };
  const Case c = GENERATE(values<Case>({
      {ErrorCode::auth, ErrorCode::auth},
      {ErrorCode::quota, ErrorCode::quota},
      {ErrorCode::outcome_unknown, ErrorCode::retry_later},
      {ErrorCode::bad_request, ErrorCode::retry_later},
  }));
  Vop vop;
  vop.refuses = Error{c.theirs, "No.", {}};
  REQUIRE_FALSE(vop.tokens.token());
  CHECK(word(vop.tokens.token().error().code) == word(c.ours));
  CHECK(vop.asked == 1);
  vop.refuses.reset();
  vop.now = vop.now + seconds(11);
  CHECK(vop.tokens.token() == "token-2");
}

TEST_CASE("many threads ask for one token", "[marketplace][threads]") {
  Vop vop;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { (void)vop.tokens.token(); });
  for (std::thread& thread : threads) thread.join();
  CHECK(vop.asked == 1);
}

}  // namespace sampan
