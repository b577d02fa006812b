// A story told once without a fault, and then again with the shop struck wherever it can be.
#pragma once

#include "tests/story/teller.hpp"

namespace sampan::story {

// How a story ended, for comparing a struck run with the quiet one.
struct Ending {
  JourneyStage stage{};
  int64_t charged_minor = 0;
  int64_t refunded_minor = 0;
};

// What is left runs to its end, and all books are compared.
Ending ending_of(Teller& teller);

using Story = Ending (*)(Teller&);

// At every commit and at every call, in every way: it ends as it did undisturbed.
// SAMPAN_STORY_SHARE=40 strikes every 40th point, for a quick look; unset strikes all.
void strike_everywhere(Story story);

}  // namespace sampan::story
