#include "shared/core/error.hpp"

#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>

namespace sampan {
namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return fail(ErrorCode::bad_input, "An even number is needed.", std::to_string(n));
  return n / 2;
}

Result<int> quarter(int n) {
  TRY(const int once, half(n));
  TRY_DO(half(once));
  return once / 2;
}

}  // namespace

TEST_CASE("every code has a word of its own and a meaning for the operator", "[error]") {
  std::set<std::string_view> words;
  const int codes = static_cast<int>(ErrorCode::storage) + 1;
  for (int code = 0; code < codes; ++code) {
    words.insert(word(static_cast<ErrorCode>(code)));
    CHECK(meaning(static_cast<ErrorCode>(code)).size() > 10);
  }
  CHECK(words.size() == static_cast<size_t>(codes));
  CHECK(word(ErrorCode::outcome_unknown) == "outcome_unknown");
  CHECK(word(ErrorCode::bad_input) == "bad_input");
  CHECK(word(ErrorCode::storage) == "storage");
}

TEST_CASE("TRY binds a value and hands an error on unchanged", "[error]") {
  CHECK(quarter(8) == 2);
  for (const int n : {3, 6}) {
    const auto refused = quarter(n);
    REQUIRE(!refused.has_value());
    CHECK(refused.error().code == ErrorCode::bad_input);
    CHECK(refused.error().sentence == "An even number is needed.");
    CHECK(refused.error().context == "3");
  }
}

TEST_CASE("the place is put before the context that is already there", "[error]") {
  CHECK(within({ErrorCode::bad_reply, "It cannot be read.", "/price"}, "taobao item 6012").context ==
        "taobao item 6012, /price");
  CHECK(within({ErrorCode::bad_reply, "It cannot be read.", ""}, "taobao item 6012").context == "taobao item 6012");
  CHECK(within({ErrorCode::bad_reply, "It cannot be read.", ""}, "x").code == ErrorCode::bad_reply);
}

TEST_CASE("done is a result without a value", "[error]") { CHECK(done().has_value()); }

}  // namespace sampan
