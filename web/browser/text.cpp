#include "web/browser/text.hpp"

#include <emscripten.h>

#include <utility>

namespace sampan {
namespace {

std::string given;

}  // namespace

std::string take_given_text() { return std::exchange(given, {}); }

}  // namespace sampan

// The page calls it before it writes `size` bytes there.
extern "C" EMSCRIPTEN_KEEPALIVE char* make_room_for_text(int size) {
  sampan::given.assign(static_cast<size_t>(size), '\0');
  return sampan::given.data();
}
