// The sandbox's one clock: it runs with real time and is moved by acts only, so that what reads (base, real_t0) agrees
// with everybody else who does, after a restart too.
//
// Source  design.md 5, "One clock in the sandbox"
#pragma once

#include "shared/core/json.hpp"

namespace sampan {

struct SandboxClock {
  Instant base{};     // what the sandbox showed
  Instant real_t0{};  // when the system's clock said this
};
FIELDS(SandboxClock, base, real_t0)

inline Instant now_of(const SandboxClock& clock, Instant real_now) { return clock.base + (real_now - clock.real_t0); }

}  // namespace sampan
