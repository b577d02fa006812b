// A machine as a table of rows (from, on, to): the screen, the acts, the documents and the tests read the same one.
//
// Errors  not_allowed_now for a pair that has no row
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "shared/core/error.hpp"
#include "shared/core/words.hpp"

namespace sampan {

template <class State, class Event>
struct Transition {
  State from;
  Event on;
  State to;
};

// One event in one state has one outcome.
template <class Table>
constexpr bool is_deterministic(const Table& table) {
  for (size_t i = 0; i < table.size(); ++i)
    for (size_t j = i + 1; j < table.size(); ++j)
      if (table[i].from == table[j].from && table[i].on == table[j].on) return false;
  return true;
}

template <class Table, class State, class Event>
constexpr bool allows(const Table& table, State from, Event on) {
  for (const auto& row : table)
    if (row.from == from && row.on == on) return true;
  return false;
}

template <class State, class Table, class Event>
Result<State> next_state(const Table& table, State from, Event on) {
  for (const auto& row : table)
    if (row.from == from && row.on == on) return row.to;
  return fail(ErrorCode::not_allowed_now, "This cannot be done now.",
              std::string(word(on)) + " while " + std::string(word(from)));
}

// No row leads out of it.
template <class Table, class State>
constexpr bool is_final(const Table& table, State state) {
  for (const auto& row : table)
    if (row.from == state) return false;
  return true;
}

}  // namespace sampan
