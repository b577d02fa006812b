#include "shared/core/id.hpp"

#include <catch2/catch_test_macros.hpp>
#include <set>
#include <type_traits>
#include <unordered_set>

namespace sampan {

TEST_CASE("an id of ours is a prefix and the 26 characters of a ULID", "[id]") {
  // The time of the ULID specification's own example, 01ARYZ6S41…
  CHECK(time_ordered("ord_", Instant{1'469'918'176'385}, {}) == "ord_01aryz6s410000000000000000");
  CHECK(time_ordered("", Instant{0}, {}) == "00000000000000000000000000");
  CHECK(time_ordered("", Instant{0}, {0xffff, 0xffff'ffff'ffff'ffff}) == "0000000000zzzzzzzzzzzzzzzz");
  CHECK(time_ordered("", Instant{0}, {0, 31}) == "0000000000000000000000000z");
  CHECK(time_ordered("", Instant{0}, {0x8000, 0}) == "0000000000g000000000000000");
}

TEST_CASE("ids sort by the time they were made at", "[id]") {
  const Randomness high{0xffff, ~uint64_t{0}};
  std::string before;
  for (const int64_t ms :
       {int64_t{0}, int64_t{1}, int64_t{31}, int64_t{32}, int64_t{1'795'507'200'000}, int64_t{281'474'976'710'655}}) {
    const std::string earliest = time_ordered("ord_", Instant{ms}, {});
    CHECK(before < earliest);
    before = time_ordered("ord_", Instant{ms}, high);
    CHECK(earliest < before);
  }
}

TEST_CASE("only the lower sixteen bits of the high half count", "[id]") {
  CHECK(time_ordered("", Instant{5}, {0xabcd'0000'0001'2345, 7}) == time_ordered("", Instant{5}, {0x2345, 7}));
}

TEST_CASE("an order is never looked up as a purchase", "[id]") {
  STATIC_CHECK(!std::is_convertible_v<OrderId, PurchaseId>);
  STATIC_CHECK(!std::is_convertible_v<std::string, OrderId>);
  STATIC_CHECK(!std::is_same_v<ProductId, SkuId>);
}

TEST_CASE("each kind of ours has a prefix of its own", "[id]") {
  const std::set<std::string_view> prefixes{
      ShopperIdTag::prefix,   CartIdTag::prefix,     CartLineIdTag::prefix, QuoteIdTag::prefix,  OrderIdTag::prefix,
      OrderLineIdTag::prefix, PurchaseIdTag::prefix, ShipmentIdTag::prefix, ParcelIdTag::prefix, PaymentIdTag::prefix,
      RefundIdTag::prefix,    EntryIdTag::prefix,    JobIdTag::prefix};
  CHECK(prefixes.size() == 13);
  for (const std::string_view prefix : prefixes) {
    CHECK(prefix.size() == 4);
    CHECK(prefix.back() == '_');
  }
}

TEST_CASE("ids compare and can be a key", "[id]") {
  const std::unordered_set<SkuId> skus{{"b"}, {"a"}, {"b"}};
  CHECK(skus.size() == 2);
  CHECK(SkuId{"a"} < SkuId{"b"});
  CHECK(SkuId{"a"} == SkuId{"a"});
  CHECK(SkuId{}.is_empty());
}

}  // namespace sampan
