// On whose behalf a row is loaded: nothing is loaded without one, and another's thing is "not found".
#pragma once

#include "shared/core/id.hpp"

namespace sampan {

struct Principal {
  enum class Kind { shopper, shop };  // `shop`: the shop's own jobs and its operator
  Kind kind = Kind::shopper;
  ShopperId shopper_id;
};

inline Principal the_shop() { return {Principal::Kind::shop, {}}; }
inline Principal shopper(const ShopperId& id) { return {Principal::Kind::shopper, id}; }

inline bool may_see(const Principal& principal, const ShopperId& owner) {
  return principal.kind == Principal::Kind::shop || (!owner.is_empty() && principal.shopper_id == owner);
}

}  // namespace sampan
