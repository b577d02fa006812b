// Text that the page gives us: it is copied, as UTF-8, into room that we make for it.
#pragma once

#include <string>

namespace sampan {

// What the page gave last, taken: the room is empty afterwards.
std::string take_given_text();

}  // namespace sampan
