// A call of the protocol by its address and the types of what goes in and what comes back.
//
// Shape   a call's command is one JSON object: its body, with what stands in the path and the query laid over it
#pragma once

#include <string_view>

#include "shared/core/words.hpp"

namespace sampan {

enum class Who {
  anyone,
  shopper_begins,  // a session begins with this call when there is none
  shopper,
  the_operator,
};
WORDS(Who, anyone, shopper_begins, shopper, the_operator)

enum class Repeat {
  plain,       // asks only, or makes a thing of its own each time
  idempotent,  // needs an Idempotency-Key; makes no call outside, and is one transaction with its kept reply
};

template <class Command, class Reply>
struct Call {
  std::string_view method;  // "POST"
  std::string_view path;    // "/v1/orders/{order_id}"
  Who who{};
  Repeat repeat{};
  std::string_view name;  // "place_order", the act
  std::string_view sentence;
};

}  // namespace sampan
