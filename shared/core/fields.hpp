// A struct described once: its JSON, its stored form and its schema follow from this line beside it:
//   FIELDS(CartLine, line_id, product, quantity, policy)
// Every member is named; a test of shared/protocol/json would miss one that is not.
#pragma once

#include <string_view>
#include <tuple>

#include "shared/core/for_each.hpp"

namespace sampan {

template <class Owner, class Member>
struct Field {
  std::string_view name;
  Member Owner::* member;
};

template <class Owner, class Member>
constexpr Field<Owner, Member> field(std::string_view name, Member Owner::* member) {
  return {name, member};
}

// `fields(T*)` is found by argument-dependent lookup beside the struct.
template <class T>
concept Described = requires(T* t) { fields(t); };

template <Described T, class Visit>
constexpr void for_each_field(Visit&& visit) {
  std::apply([&](const auto&... each) { (visit(each), ...); }, fields(static_cast<T*>(nullptr)));
}

}  // namespace sampan

#define SAMPAN_FIELD_(T, name) , ::sampan::field(#name, &T::name)
#define FIELDS(T, ...) \
  constexpr auto fields(const T*) { return ::sampan::tuple_tail(0 SAMPAN_FOR_EACH(SAMPAN_FIELD_, T, __VA_ARGS__)); }

namespace sampan {
// The leading 0 lets the list above begin with a comma.
template <class... F>
constexpr std::tuple<F...> tuple_tail(int, F... each) {
  return {each...};
}
}  // namespace sampan
