// An enum as words: the same word in C++, JSON, SQL, logs and documents.
//
// An enum that is stored or sent has, beside it, its table:
//   WORDS(OrderState, awaiting_payment, paid, cancelled)
// word(OrderState::paid) is "paid"; parse_word<OrderState>("paid") is OrderState::paid.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "shared/core/for_each.hpp"

namespace sampan {

template <class E>
struct WordOf {
  E value;
  std::string_view word;
};

// `words(E*)` is found by argument-dependent lookup beside the enum.
template <class E>
concept Worded = requires(E* e) { words(e); };

template <Worded E>
constexpr std::string_view word(E value) {
  for (const auto& row : words(static_cast<E*>(nullptr)))
    if (row.value == value) return row.word;
  return {};
}

template <Worded E>
constexpr std::optional<E> parse_word(std::string_view text) {
  for (const auto& row : words(static_cast<E*>(nullptr)))
    if (row.word == text) return row.value;
  return std::nullopt;
}

}  // namespace sampan

#define SAMPAN_WORD_(E, name) ::sampan::WordOf<E>{E::name, #name},
#define WORDS(E, ...) \
  constexpr auto words(const E*) { return std::array{SAMPAN_FOR_EACH(SAMPAN_WORD_, E, __VA_ARGS__)}; }
