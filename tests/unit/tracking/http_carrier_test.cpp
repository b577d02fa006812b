#include "shared/tracking/http_carrier.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace sampan;

namespace {

HttpCarrier answering(const Result<HttpReply>& reply) {
  return HttpCarrier([reply](const HttpRequest&) { return reply; });
}

}  // namespace

TEST_CASE("what a carrier answers, or does not, is told apart for a call that books and one that asks", "[carrier]") {
  struct Case {
    const char* why;
    Result<HttpReply> reply;
    ErrorCode book;
    ErrorCode find;
  };
  const auto refused = [](ErrorCode code) { return Result<HttpReply>(fail(code, "x")); };
  const Case c = GENERATE_COPY(values<Case>({
      {"never went out", refused(ErrorCode::retry_later), ErrorCode::retry_later, ErrorCode::retry_later},
      {"no answer", refused(ErrorCode::outcome_unknown), ErrorCode::outcome_unknown, ErrorCode::retry_later},
      {"a fault of theirs", HttpReply{502, {}, ""}, ErrorCode::outcome_unknown, ErrorCode::retry_later},
      {"half an answer", HttpReply{200, {}, R"({"tracking_num)"}, ErrorCode::outcome_unknown, ErrorCode::bad_reply},
      {"too often", HttpReply{429, {}, "{}"}, ErrorCode::quota, ErrorCode::quota},
      {"a refusal", HttpReply{422, {}, "{}"}, ErrorCode::rejected, ErrorCode::rejected},
  }));
  CAPTURE(c.why);
  HttpCarrier carrier = answering(c.reply);
  const auto booked = carrier.book({ParcelId{"par_1"}, "lane", 100, "DE"});
  REQUIRE(!booked);
  CHECK(booked.error().code == c.book);
  const auto found = carrier.find_booking(ParcelId{"par_1"});
  REQUIRE(!found);
  CHECK(found.error().code == c.find);
}

TEST_CASE("a booking that is not there is none, and no error", "[carrier]") {
  HttpCarrier carrier = answering(HttpReply{404, {}, "{}"});
  const auto found = carrier.find_booking(ParcelId{"par_1"});
  REQUIRE(found);
  CHECK(!found->has_value());
}
