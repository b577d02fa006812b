// The sandbox's clock as the shop reads it: a file {"base":…,"real_t0":…} that the sandbox replaces when its clock is moved.
//
// Errors  bad_data for a file that cannot be read when the shop starts; a later one that cannot be is not looked at
// Source  design.md 5, "One clock in the sandbox"
#pragma once

#include <functional>
#include <string>

#include "shared/core/error.hpp"
#include "shared/core/instant.hpp"

namespace sampan {

Instant system_now();

// Thread-safe; the file is read again when it was replaced.
Result<std::function<Instant()>> clock_of_file(const std::string& path);

// Replaces the file whole.
Result<void> write_whole(const std::string& path, const std::string& text);

}  // namespace sampan
