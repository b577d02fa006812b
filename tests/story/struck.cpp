#include "tests/story/struck.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/interfaces/catch_interfaces_capture.hpp>
#include <cstdlib>
#include <iostream>

namespace sampan::story {
namespace {

size_t share_of_points() {
  const char* const share = std::getenv("SAMPAN_STORY_SHARE");
  const long every = share == nullptr ? 1 : std::strtol(share, nullptr, 10);
  REQUIRE(every >= 1);
  return static_cast<size_t>(every);
}

}  // namespace

Ending ending_of(Teller& teller) {
  teller.world.until_idle();
  teller.world.compare_books();
  return {teller.world.journey_of(teller.order_id).stage, teller.charged().minor, teller.refunded().minor};
}

void strike_everywhere(Story story) {
  Teller quiet;
  const Ending expected = story(quiet);
  const auto points = quiet.world.faults().points();
  REQUIRE(points.size() > 20);
  int64_t runs = 0;
  for (size_t point = 0; point < points.size(); point += share_of_points())
    for (const auto& [strike, word_of_strike] : words(static_cast<Strike*>(nullptr))) {
      if (!points[point].is_call && strike != Strike::crash_before && strike != Strike::crash_after) continue;
      INFO(word_of_strike << " at point " << point << " (" << points[point].where << ")");
      Teller struck(Fault{static_cast<int64_t>(point), strike});
      const Ending ending = story(struck);
      REQUIRE(struck.world.faults().has_struck());
      CHECK(word(ending.stage) == word(expected.stage));
      CHECK(ending.charged_minor == expected.charged_minor);
      CHECK(ending.refunded_minor == expected.refunded_minor);
      ++runs;
    }
  std::cout << Catch::getResultCapture().getCurrentTestName() << ": " << points.size() << " points, " << runs
            << " struck runs\n";
}

}  // namespace sampan::story
