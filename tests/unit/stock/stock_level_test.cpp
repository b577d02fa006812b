#include "shared/stock/stock_level.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace sampan {

TEST_CASE("a number limits what may be promised; not known is never zero", "[stock]") {
  struct Case {
    const char* why;
    StockLevel level;
    int64_t wanted;
    int64_t promised;
  };
  const Case c = GENERATE(values<Case>({
      {"more than wanted", {StockKnowledge::number, 9}, 5, 5},
      {"exactly as many", {StockKnowledge::number, 5}, 5, 5},
      {"fewer", {StockKnowledge::number, 3}, 5, 3},
      {"none", {StockKnowledge::number, 0}, 5, 0},
      {"unknown promises all: the preview decides", {StockKnowledge::unknown, 0}, 5, 5},
      {"plenty promises all", {StockKnowledge::plenty, 0}, 5, 5},
      {"a left-over figure beside unknown says nothing", {StockKnowledge::unknown, 2}, 5, 5},
  }));
  CAPTURE(c.why);
  CHECK(available(c.level, c.wanted) == c.promised);
}

TEST_CASE("the stock of a SKU that the seller does not name is unknown", "[stock]") {
  ProductReading reading;
  reading.stock = {{{"red"}, {StockKnowledge::number, 4}}, {{"blue"}, {StockKnowledge::plenty, 0}}};
  CHECK(stock_of(reading, {"red"}) == StockLevel{StockKnowledge::number, 4});
  CHECK(stock_of(reading, {"blue"}) == StockLevel{StockKnowledge::plenty, 0});
  CHECK(stock_of(reading, {"green"}) == StockLevel{StockKnowledge::unknown, 0});
}

}  // namespace sampan
