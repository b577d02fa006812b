// The port Sign: the marketplace's canonical string, then its digest.
//
// Source  the canonical strings are in shared/marketplace/<name>/sign_*.hpp, which name their documents
// Test    tests/unit/marketplace/sign_test.cpp, tests/contract/sign_test.mjs
#pragma once

#include "shared/marketplace/sign.hpp"

namespace sampan {

Signed sign(SignMethod method, const SignRequest& request);

}  // namespace sampan
