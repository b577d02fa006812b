#include "shared/core/words.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "shared/core/fields.hpp"
#include "shared/core/transitions.hpp"

namespace sampan {
namespace {

enum class Door { open, shut, locked };
WORDS(Door, open, shut, locked)

enum class Push { close, turn_key };
WORDS(Push, close, turn_key)

struct Room {
  std::string name;
  int windows = 0;
  Door door{};
};
FIELDS(Room, name, windows, door)

struct Cell {
  int bars = 0;
};
FIELDS(Cell, bars)

constexpr std::array table{
    Transition<Door, Push>{Door::open, Push::close, Door::shut},
    Transition<Door, Push>{Door::shut, Push::turn_key, Door::locked},
};
constexpr std::array torn{
    Transition<Door, Push>{Door::open, Push::close, Door::shut},
    Transition<Door, Push>{Door::open, Push::close, Door::locked},
};

}  // namespace

TEST_CASE("an enumerator is the same word everywhere", "[words]") {
  STATIC_CHECK(word(Door::locked) == "locked");
  STATIC_CHECK(parse_word<Door>("shut") == Door::shut);
  STATIC_CHECK(!parse_word<Door>("ajar"));
  STATIC_CHECK(!parse_word<Door>("Open"));
  STATIC_CHECK(!parse_word<Door>(""));
  STATIC_CHECK(word(static_cast<Door>(7)).empty());
}

TEST_CASE("a struct names its fields once, in order", "[fields]") {
  std::vector<std::string> names;
  for_each_field<Room>([&](const auto& each) { names.emplace_back(each.name); });
  CHECK(names == std::vector<std::string>{"name", "windows", "door"});
  names.clear();
  for_each_field<Cell>([&](const auto& each) { names.emplace_back(each.name); });
  CHECK(names == std::vector<std::string>{"bars"});
  STATIC_CHECK(Described<Room>);
  STATIC_CHECK(!Described<std::string>);
  STATIC_CHECK(Worded<Door>);
  STATIC_CHECK(!Worded<int>);
}

TEST_CASE("a field reaches its member", "[fields]") {
  Room room;
  for_each_field<Room>([&](const auto& each) {
    if constexpr (std::is_same_v<decltype(room.*each.member), int&>) room.*each.member = 3;
  });
  CHECK(room.windows == 3);
}

TEST_CASE("a machine is its table", "[transitions]") {
  STATIC_CHECK(is_deterministic(table));
  STATIC_CHECK(!is_deterministic(torn));
  STATIC_CHECK(allows(table, Door::open, Push::close));
  STATIC_CHECK(!allows(table, Door::locked, Push::close));
  STATIC_CHECK(is_final(table, Door::locked));
  STATIC_CHECK(!is_final(table, Door::open));
  CHECK(next_state(table, Door::open, Push::close) == Door::shut);
  const auto refused = next_state(table, Door::open, Push::turn_key);
  REQUIRE(!refused.has_value());
  CHECK(refused.error().code == ErrorCode::not_allowed_now);
  CHECK(refused.error().context == "turn_key while open");
}

}  // namespace sampan
