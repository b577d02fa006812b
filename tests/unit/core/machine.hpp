// A machine against its specification: every pair of a state and an event, in words.
#pragma once

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/transitions.hpp"

namespace sampan {

struct Allowed {
  std::string_view from;
  std::string_view on;
  std::string_view to;
};

// The states that rows lead to from `start`, itself with them.
template <class State, class Table>
std::set<State> reachable_from(const Table& table, State start) {
  std::set<State> reached{start};
  for (size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (const auto& row : table)
      if (reached.count(row.from) > 0) reached.insert(row.to);
  }
  return reached;
}

// `next` is the noun's own way through its table. Exactly the expected pairs are allowed, whatever the table says.
template <class State, class Event, class Next>
void check_pairs(const std::vector<Allowed>& expected, Next next) {
  size_t allowed = 0;
  for (const auto& state : words(static_cast<State*>(nullptr)))
    for (const auto& event : words(static_cast<Event*>(nullptr))) {
      CAPTURE(state.word, event.word);
      const auto row = std::find_if(expected.begin(), expected.end(),
                                    [&](const Allowed& e) { return e.from == state.word && e.on == event.word; });
      const Result<State> to = next(state.value, event.value);
      REQUIRE(to.has_value() == (row != expected.end()));
      if (to) {
        CHECK(word(*to) == row->to);
        ++allowed;
      } else {
        CHECK(to.error().code == ErrorCode::not_allowed_now);
        CHECK(to.error().context == std::string(event.word) + " while " + std::string(state.word));
      }
    }
  CHECK(allowed == expected.size());
}

// `ends` are the final states; every state is reached from `start`, and every other leads on to an end.
template <class State, class Table>
void check_ways(const Table& table, State start, const std::set<std::string_view>& ends) {
  const std::set<State> reached = reachable_from(table, start);
  for (const auto& state : words(static_cast<State*>(nullptr))) {
    CAPTURE(state.word);
    CHECK(reached.count(state.value) == 1);
    CHECK(is_final(table, state.value) == (ends.count(state.word) == 1));
    const std::set<State> onward = reachable_from(table, state.value);
    CHECK(std::any_of(onward.begin(), onward.end(), [&](State s) { return is_final(table, s); }));
  }
}

}  // namespace sampan
