#include "shared/quote/chargeable_weight.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/unit/quote/shipped_rules.hpp"

namespace sampan {

TEST_CASE("a lane bills the greater of weight and size, up to its next step", "[chargeable_weight]") {
  struct Case {
    const char* why;
    int64_t grams;
    PackedSize mm;
    WeightRule rule;
    int64_t chargeable;
  };
  using enum VolumeRule;
  const Case c = GENERATE(values<Case>({
      {"W1 size is more", 2310, {380, 290, 170}, {5000, always, {}, 500, 0, 70000}, 4000},
      {"W2 weight is more", 20010, {450, 400, 300}, {5000, always, {}, 500, 0, 70000}, 20500},
      {"W3 a divisor of 8000", 1240, {320, 240, 120}, {8000, always, {}, 100, 0, 20000}, 1300},
      {"W4 a divisor of 6000", 430, {280, 200, 90}, {6000, always, {}, 100, 0, 20000}, 900},
      {"W5 no side of 60 cm, size does not count",
       3020,
       {550, 400, 350},
       {8000, side_at_least, 60, 500, 0, 30000},
       3500},
      {"W6 a side of 60 cm", 3020, {600, 400, 350}, {8000, side_at_least, 60, 500, 0, 30000}, 10500},
      {"W7 half of the bubble", 2000, {400, 350, 300}, {6000, half_bubble, {}, 100, 0, 20000}, 4500},
      {"W8 the least weight", 32, {100, 80, 20}, {8000, always, {}, 1, 50, 2000}, 50},
      {"a value on a step stays", 1000, {10, 10, 10}, {8000, always, {}, 500, 0, 30000}, 1000},
      {"a gram over a step is the next", 1001, {10, 10, 10}, {8000, always, {}, 500, 0, 30000}, 1500},
      {"an eighth of a gram over counts", 0, {100, 80, 8001}, {8000, always, {}, 1, 0, 30000}, 8001},
      {"the longest side counts, however it lies",
       3020,
       {400, 350, 600},
       {8000, side_at_least, 60, 500, 0, 30000},
       10500},
      {"half of the bubble never lowers the weight",
       9000,
       {400, 350, 300},
       {6000, half_bubble, {}, 100, 0, 20000},
       9000},
      {"size under twice the weight is ignored",
       3501,
       {400, 350, 300},
       {6000, ignored_under_double, {}, 100, 0, 20000},
       3600},
      {"size of twice the weight is not", 3500, {400, 350, 300}, {6000, ignored_under_double, {}, 100, 0, 20000}, 7000},
      {"a small packet is only weighed", 120, {500, 300, 100}, {{}, never, {}, 10, 50, 2000}, 120},
  }));
  CAPTURE(c.why);
  CHECK(must(chargeable_grams(c.rule, {c.grams, c.mm})) == c.chargeable);
}

TEST_CASE("a parcel that cannot be and a lane without a step are refused", "[chargeable_weight]") {
  const WeightRule rule{5000, VolumeRule::always, {}, 500, 0, 30000};
  CHECK(chargeable_grams(rule, {-1, {1, 1, 1}}).error().code == ErrorCode::bad_input);
  CHECK(chargeable_grams(rule, {1, {1, -1, 1}}).error().code == ErrorCode::bad_input);
  CHECK(chargeable_grams(rule, {2'000'000'000, {1, 1, 1}}).error().code == ErrorCode::overflow);
  CHECK(chargeable_grams({5000, VolumeRule::always, {}, 0, 0, 1}, {1, {1, 1, 1}}).error().code == ErrorCode::bad_data);
  CHECK(chargeable_grams({{}, VolumeRule::always, {}, 1, 0, 1}, {1, {1, 1, 1}}).error().code == ErrorCode::bad_data);
}

TEST_CASE("the packing estimate holds every piece and some air", "[chargeable_weight]") {
  const ParcelMeasure box = must(packing_estimate({{2, 300, {300, 200, 50}}, {1, 700, {100, 340, 200}}}, 120));
  CHECK(box.weight_grams == 1420);
  // The longest sides are 340 by 200; (2·3,000,000 + 6,800,000) mm³ · 1.15 need 217 mm above them.
  CHECK(box.size == PackedSize{340, 217, 200});
}

TEST_CASE("one piece travels in its own packing", "[chargeable_weight]") {
  const ParcelMeasure box = must(packing_estimate({{1, 300, {50, 200, 300}}}, 0));
  CHECK(box.weight_grams == 300);
  CHECK(box.size == PackedSize{300, 200, 50});
}

TEST_CASE("pieces of unknown size weigh, and take no room", "[chargeable_weight]") {
  const ParcelMeasure box = must(packing_estimate({{3, 250, {}}}, 50));
  CHECK(box.weight_grams == 800);
  CHECK(box.size == PackedSize{});
}

}  // namespace sampan
